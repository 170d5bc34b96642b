//! Dialogs that only ask for a choice: what to export, whether to erase, whether to wait for a file, and
//! that one can't be opened.

use super::{Beside, cancel, modal};
use crate::state::Command;
use crate::state::table::Request;
use crate::ui::{Dispatch, Shown};
use crate::words;
use yew::prelude::*;

/// Where the site has the description of the project file.
const SCHEMA: &str = "static/schema/annotator-project-1.json";

/// What to save as a file.
pub fn export(shown: &Shown, dispatch: &Dispatch) -> Html {
    let (open, articles) = (shown.state.view.open.as_ref(), shown.state.workspace.article_count());
    let one = open.map(|id| {
        html! {
            <button type="button" class="primary" autofocus=true onclick={dispatch.on(Command::Export(Some(id.clone())))}>
                { words::EXPORT_ONE }
            </button>
        }
    });
    let class = if open.is_some() { "second" } else { "primary" };
    let content = html! {
        <>            <p>{ words::EXPORT_HINT }</p>
            <div class="answers">
                <button type="button" Class={class} onclick={dispatch.on(Command::Export(None))}>
                    { words::with_count(words::EXPORT_ALL, articles) }
                </button>
                { one }
            </div>
            if shown.can_choose {
                { own_file(shown.state.file.as_deref(), dispatch) }
            }
            if let Some(name) = &shown.exported {
                <p class="hint-words">{ words::saved_file(name) }</p>
            }
            if !shown.alone {
                <p class="hint-words"><a href={SCHEMA} target="_blank" rel="noopener">{ words::SCHEMA_LINK }</a></p>
            }
        </>
    };
    modal(words::EXPORT, "export", Beside::Closes, dispatch, content)
}

/// The file that is written again and again, or the offer of one.
fn own_file(file: Option<&str>, dispatch: &Dispatch) -> Html {
    let choose = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.ask(Request::ChooseFile))
    };
    let (name, hint) = match file {
        Some(file) => (words::OTHER_FILE, words::goes_to(file)),
        None => (words::OWN_FILE, words::OWN_FILE_HINT.into()),
    };
    html! {
        <div class="own-file">
            <p>{ hint }</p>
            <div class="answers">
                <button type="button" class="second" onclick={choose}>{ name }</button>
                if file.is_some() {
                    <button type="button" class="second" onclick={dispatch.on(Command::Save)}>{ words::SAVE_NOW }</button>
                }
            </div>
        </div>
    }
}

/// How much of a large file has been read.
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
            <p class="hint-words">{ words::others_opened(opened) }</p>
        </>
    };
    modal(words::cant_open(refused.len()), "", Beside::Closes, dispatch, content)
}

/// One clear question before everything goes.
pub fn erase(dispatch: &Dispatch) -> Html {
    let content = html! {
        <>            <p>{ words::ERASE_MORE }</p>
            <div class="answers">
                { cancel(true) }
                <button type="button" class="danger" onclick={dispatch.on(Command::Erase)}>{ words::ERASE_DO }</button>
            </div>
        </>
    };
    modal(words::ERASE_QUESTION, "", Beside::Closes, dispatch, content)
}
