//! What lies over the page or between its parts and passes: the line that says why nothing is saved, the one
//! that tells of a new version, the hint of the first visit, how an article was read, a message, the place to drop files.

use super::icon::Icon;
use super::{Dispatch, Shown, button, second, tool};
use crate::model::Article;
use crate::state::table::{Action, Request, keys};
use crate::state::{Command, Dialog, Help, Notice, Preferences, Saving, Toast, Update, listing};
use crate::words;
use yew::prelude::*;

/// Why nothing is saved, with a way to save it.
pub fn unsaved(saving: &Saving, dispatch: &Dispatch) -> Html {
    match saving {
        Saving::Failed(reason) => {
            let help = button("primary", words::DOWNLOAD_ALL, None, dispatch.on(Command::Export(None)));
            line("unsaved", words::NOT_SAVED, &words::not_saved(reason), help, None)
        }
        _ => html! {},
    }
}

/// That a new version of the app is there, with a way to get it; the one that runs goes on without it.
pub fn update(update: Update, dispatch: &Dispatch) -> Html {
    let get = || button("", words::UPDATE, None, dispatch.on(Command::Update(Update::Wanted)));
    let (text, help) = match update {
        Update::None => return html! {},
        Update::Ready => (words::NEW_VERSION, get()),
        Update::Wanted => (words::UPDATE_WAITS, html! {}),
    };
    line("hint update", words::UPDATE, text, help, Some(dispatch.on(Command::Update(Update::None))))
}

/// What became of what is kept, with what may help.
pub fn notice(notice: Option<&Notice>, dispatch: &Dispatch) -> Html {
    let Some(Notice { text, help }) = notice else {
        return html! {};
    };
    let help = match help {
        Help::Nothing => html! {},
        Help::OpenFile => asking(words::OPEN_FILES, Request::OpenFiles, dispatch),
        Help::SaveAside => save_aside(dispatch),
    };
    line("notice", words::NOTICE, text, help, Some(dispatch.on(Command::DismissNotice)))
}

/// Saves what was set aside in the store.
pub fn save_aside(dispatch: &Dispatch) -> Html {
    asking(words::SAVE_ASIDE, Request::SaveAside, dispatch)
}

fn asking(name: &'static str, request: Request, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_| dispatch.ask(request.clone()));
    second(name, onclick)
}

/// The one line of the first visit.
///
/// Before anything was touched or pressed nobody can tell which hint fits; the style sheet shows the one
/// for the pointer that the machine has.
pub fn hint(shown: &Shown, dispatch: &Dispatch) -> Html {
    let preferences = shown.state.preferences;
    if preferences.hints_seen {
        return html! {};
    }
    let seen = Command::Prefer(Preferences { hints_seen: true, ..preferences });
    html! {
        <div class="hint">
            <div>
                <p class="for-keys">{ words::HINT }</p>
                <p class="for-fingers">{ words::HINT_TOUCH }</p>
                if let Some(first) = shown.trap.and_then(|trap| trap.first) {
                    <p>{ first }</p>
                }
            </div>
            { dismiss(dispatch.on(seen)) }
        </div>
    }
}

/// How the bytes of an article were read, where that was a guess and can still be changed.
pub fn guessed(shown: &Shown, dispatch: &Dispatch) -> Html {
    let state = &shown.state;
    let change = |article: &Article| dispatch.on(Command::ShowDialog(Dialog::Details(article.id.clone())));
    match state.article().filter(|article| listing::is_guess(article) && shown.can_reread) {
        Some(article) if state.workspace.sheets_of(&article.id).next().is_none() => html! {
            <div class="hint">
                <p>{ words::read_as(&article.encoding) }</p>
                { button("", words::CHANGE, Some(words::tip(words::ARTICLE_DETAILS, keys(Action::Details))), change(article)) }
            </div>
        },
        _ => html! {},
    }
}

/// A message that passes. A screen reader is told of it by the browser layer.
pub fn toast(toast: Option<&Toast>, dispatch: &Dispatch) -> Html {
    let Some(toast) = toast else {
        return html! {};
    };
    let undo =
        || button("undo", words::UNDO, Some(words::tip(words::UNDO, keys(Action::Undo))), dispatch.on(Command::Undo));
    let help = if toast.undo {
        undo()
    } else {
        html! {}
    };
    line("toast", words::MESSAGE, &toast.text, help, Some(dispatch.on(Command::DismissToast)))
}

/// Something that is said in a line of its own, with what helps there and, where it can be, a way to have it gone.
pub fn line(
    class: &'static str,
    name: &'static str,
    text: &str,
    help: Html,
    gone: Option<Callback<MouseEvent>>,
) -> Html {
    html! {
        <section Class={class} aria-label={name}>
            <p>{ text }</p>
            { help }
            { gone.map(dismiss) }
        </section>
    }
}

/// Takes away what it stands on.
fn dismiss(onclick: Callback<MouseEvent>) -> Html {
    tool(Icon::Close, words::DISMISS.into(), words::DISMISS.into(), onclick)
}

/// Where files can be let go: anywhere.
pub fn drop_place(dropping: bool) -> Html {
    if dropping {
        html! { <div class="drop"><p>{ words::DROP_HERE }</p></div> }
    } else {
        html! {}
    }
}
