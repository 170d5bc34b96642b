//! What lies over the page or between its parts and passes: the line that says why nothing is saved,
//! the hint of the first visit, a message, the place to drop files.

use super::Dispatch;
use super::icon::Icon;
use crate::state::table::{Action, keys};
use crate::state::{Command, Preferences, Saving, Toast};
use crate::words;
use yew::prelude::*;

/// Why nothing is saved, with a way to save it.
pub fn unsaved(saving: &Saving, dispatch: &Dispatch) -> Html {
    match saving {
        Saving::Failed(reason) => html! {
            <section class="unsaved" aria-label={words::NOT_SAVED}>
                <p>{ words::not_saved(reason) }</p>
                <button type="button" class="primary" onclick={dispatch.on(Command::Export(None))}>
                    { words::DOWNLOAD_ALL }
                </button>
            </section>
        },
        _ => html! {},
    }
}

/// The one line of the first visit.
///
/// Before anything was touched or pressed nobody can tell which hint fits; the style sheet shows the one
/// for the pointer that the machine has.
pub fn hint(preferences: Preferences, dispatch: &Dispatch) -> Html {
    if preferences.hints_seen {
        return html! {};
    }
    let seen = Command::Prefer(Preferences { hints_seen: true, ..preferences });
    html! {
        <div class="hint">
            <p class="for-keys">{ words::HINT }</p>
            <p class="for-fingers">{ words::HINT_TOUCH }</p>
            { dismiss(dispatch.on(seen)) }
        </div>
    }
}

/// A message that passes. A screen reader is told of it by the browser layer.
pub fn toast(toast: Option<&Toast>, dispatch: &Dispatch) -> Html {
    let Some(toast) = toast else {
        return html! {};
    };
    html! {
        <section class="toast" aria-label={words::MESSAGE}>
            <p>{ &*toast.text }</p>
            if toast.undo {
                <button
                    type="button"
                    class="undo"
                    title={words::tip(words::UNDO, keys(Action::Undo))}
                    onclick={dispatch.on(Command::Undo)}
                >{ words::UNDO }</button>
            }
            { dismiss(dispatch.on(Command::DismissToast)) }
        </section>
    }
}

fn dismiss(onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="tool" aria-label={words::DISMISS} title={words::DISMISS} {onclick}>
            { Icon::Close.view() }
        </button>
    }
}

/// Where files can be let go: anywhere.
pub fn drop_place(dropping: bool) -> Html {
    if dropping {
        html! { <div class="drop"><p>{ words::DROP_HERE }</p></div> }
    } else {
        html! {}
    }
}
