//! Every command and its keys, as the table has them.

use super::{Beside, hint, modal};
use crate::state::listing::{self, KeyPart};
use crate::state::table::{Entry, Group, TABLE};
use crate::ui::Dispatch;
use crate::words;
use yew::prelude::*;

/// The sheet.
pub fn help(dispatch: &Dispatch) -> Html {
    let content = html! {
        <>            <div class="groups" tabindex="0" role="region" aria-labelledby="dialog-title">
                { for Group::ALL.into_iter().map(group) }
            </div>
            { hint(words::HELP_MAC) }
            { hint(words::HELP_FILES) }
            <details class="issues limits">
                <summary>{ words::LIMITS }</summary>
                <ul>{ for words::LIMITS_OF.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            </details>
        </>
    };
    modal(words::HELP, "help", Beside::Closes, dispatch, content)
}

fn group(group: Group) -> Html {
    let line = |entry: &Entry| {
        html! {
            <div key={entry.title}>
                <dt>{ for listing::key_parts(entry.keys).into_iter().map(part) }</dt>
                <dd>{ entry.title }</dd>
            </div>
        }
    };
    html! {
        <section>
            <h3>{ group.title() }</h3>
            <dl>{ for TABLE.iter().filter(|entry| entry.group == group).map(line) }</dl>
        </section>
    }
}

fn part(part: KeyPart) -> Html {
    match part {
        KeyPart::Key(key) => html! { <kbd>{ key }</kbd> },
        KeyPart::Word(word) => html! { <span>{ format!(" {word} ") }</span> },
    }
}
