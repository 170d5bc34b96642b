//! Dialogs that only ask for a choice: whether to erase, whether to wait for files; and that one can't be opened.

use super::{Beside, cancel, hint, modal};
use crate::state::Command;
use crate::ui::{Dispatch, button};
use crate::words;
use yew::prelude::*;

/// How much of large files has been read.
pub fn reading(file: &str, percent: u8, dispatch: &Dispatch) -> Html {
    let content = html! {
        <>
            <p class="file">{ file }</p>
            <progress max="100" value={percent.to_string()} aria-label={words::READING}></progress>
            <div class="answers">{ cancel(true) }</div>
        </>
    };
    modal(words::READING, "reading", Beside::Stays, dispatch, content)
}

/// Which files can't be opened, and why.
pub fn unreadable(refused: &[(String, String)], opened: usize, dispatch: &Dispatch) -> Html {
    let line = |(file, why): &(String, String)| {
        html! {
            <>
                <p class="file">{ file }</p>
                <p>{ words::sentence(why) }</p>
            </>
        }
    };
    let content = html! {
        <>
            { for refused.iter().map(line) }
            { hint(&words::others_opened(opened)) }
        </>
    };
    modal(words::cant_open(refused.len()), "", Beside::Closes, dispatch, content)
}

/// One clear question before everything goes.
pub fn erase(dispatch: &Dispatch) -> Html {
    let content = html! {
        <>
            <p>{ words::ERASE_MORE }</p>
            <div class="answers">
                { cancel(true) }
                { button("danger", words::ERASE_DO, None, dispatch.on(Command::Erase)) }
            </div>
        </>
    };
    modal(words::ERASE_QUESTION, "", Beside::Closes, dispatch, content)
}
