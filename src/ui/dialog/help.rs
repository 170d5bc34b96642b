//! Every command and its keys, as the table has them.

use super::Modal;
use crate::state::listing::{self, KeyPart};
use crate::state::table::{Entry, Group, TABLE};
use crate::ui::Dispatch;
use crate::words;
use yew::prelude::*;

#[derive(Properties, Clone, PartialEq)]
pub struct HelpProps {
    pub dispatch: Dispatch,
}

#[component]
pub fn Help(props: &HelpProps) -> Html {
    html! {
        <Modal title={words::HELP} class="help" dispatch={props.dispatch.clone()}>
            <div class="groups" tabindex="0" role="region" aria-labelledby="dialog-title">
                { for Group::ALL.into_iter().map(group) }
            </div>
            <p class="hint-words">{ words::HELP_MAC }</p>
        </Modal>
    }
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
