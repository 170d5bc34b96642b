//! Dialogs: one at a time, on top of the page. The element is there only while the state has a
//! dialog; the browser layer makes it modal. Escape and every way to close it end in the browser's
//! own `close`, which gives the focus back, and from there in the state.

mod check;
mod choose;
mod details;
mod export;
mod help;
mod import;
mod pages;
mod paste;
mod settings;

use super::icon::Icon;
use super::part::{keyed, part};
use super::{Dispatch, FrameProps, Same};
use crate::state::table::{Action, keys};
use crate::state::{Command, Dialog};
use crate::words;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The dialog that is open, if any.
pub fn view(props: &FrameProps) -> Html {
    let FrameProps { shown, dispatch, .. } = props;
    let state = &shown.state;
    let dispatch = dispatch.clone();
    match &state.view.dialog {
        None => html! {},
        Some(Dialog::Help) => help::help(&dispatch),
        Some(Dialog::Paste { refused }) => part(paste::PasteProps { refused: *refused, dispatch }),
        Some(Dialog::Details(id)) => match state.workspace.article(id) {
            Some(article) => {
                let unmarked = state.workspace.sheets_of(id).next().is_none();
                let key = format!("{id} {}", article.encoding);
                let can_reread = shown.can_reread;
                keyed(&key, details::DetailsProps { article: Same::from(article), unmarked, can_reread, dispatch })
            }
            None => html! {},
        },
        Some(Dialog::Export(export)) => part(export::ExportProps {
            export: Same::from(export),
            open: state.view.open.clone(),
            articles: state.workspace.article_count(),
            can_choose: shown.can_choose,
            file: state.file.clone(),
            exported: shown.exported.clone(),
            alone: shown.alone,
            dispatch,
        }),
        Some(Dialog::Check) => match state.view.check.as_ref().zip(state.article()) {
            Some((check, article)) if check.article == article.id => {
                let sheet = state.sheet();
                let (check, article) = (Same::from(check), Same::from(article));
                let scheme = Same::from(state.workspace.scheme());
                // An element of its own, since one comes here from another dialog.
                keyed("check", check::CheckProps { check, article, sheet, scheme, dispatch })
            }
            _ => html! {},
        },
        Some(Dialog::Reading { file, percent }) => choose::reading(file, *percent, &dispatch),
        Some(Dialog::Import(preview)) => part(import::ImportProps { preview: Same::from(preview), dispatch }),
        Some(Dialog::Pages(pages)) => part(pages::PagesProps { pages: Same::from(pages), dispatch }),
        Some(Dialog::Unreadable { refused, opened }) => choose::unreadable(refused, *opened, &dispatch),
        Some(Dialog::Erase) => choose::erase(&dispatch),
        Some(Dialog::Settings) => {
            let code = state.workspace.annotator().clone();
            let (preferences, aside, trap) = (state.preferences, state.aside, shown.trap);
            part(settings::SettingsProps { preferences, code, trap, aside, dispatch })
        }
    }
}

/// Whether a press beside a dialog closes it: not where one types.
#[derive(Clone, Copy, PartialEq)]
enum Beside {
    Closes,
    Stays,
}

/// A heading with a way out, and what the dialog is about.
fn modal(title: &'static str, class: &'static str, beside: Beside, dispatch: &Dispatch, content: Html) -> Html {
    let onpointerdown = (beside == Beside::Closes).then(|| {
        let dispatch = dispatch.clone();
        Callback::from(move |event: PointerEvent| {
            // The dialog's content covers it: what hits the element itself hit its backdrop.
            if event.target_dyn_into::<Element>().is_some_and(|target| target.tag_name() == "DIALOG") {
                dispatch.send(Command::CloseDialog);
            }
        })
    });
    html! {
        <dialog
            data-modal=""
            Class={(!class.is_empty()).then_some(class)}
            aria-labelledby="dialog-title"
            onclose={dispatch.on(Command::CloseDialog)}
            {onpointerdown}
        >
            <div class="sheet">
                <div class="dialog-head">
                    <h2 id="dialog-title">{ title }</h2>
                    <form method="dialog">
                        <button
                            class="tool"
                            aria-label={words::CLOSE}
                            title={words::tip(words::CLOSE, keys(Action::Escape))}
                        >{ Icon::Close.view() }</button>
                    </form>
                </div>
                { content }
            </div>
        </dialog>
    }
}

/// Something that is known of an article; nothing where it is not.
fn fact(name: &'static str, value: &str) -> Html {
    if value.is_empty() {
        return html! {};
    }
    html! { <p class="field"><span>{ name }</span><span dir="auto">{ value }</span></p> }
}

/// What is said in a lower voice.
fn hint(words: &str) -> Html {
    html! { <p class="hint-words" dir="auto">{ words }</p> }
}

/// A way out with a word.
fn cancel(focus: bool) -> Html {
    html! { <form method="dialog"><button class="second" autofocus={focus}>{ words::CANCEL }</button></form> }
}

/// The answers to a form with the id `answer`, which stands above: not now, or what it is for.
fn answers(name: &'static str) -> Html {
    html! {
        <div class="answers">
            { cancel(false) }
            <button class="primary" form="answer">{ name }</button>
        </div>
    }
}

/// What stands in the field with a name of the form that is being sent.
fn typed(event: &SubmitEvent, name: &str) -> String {
    let form: Element = event.target_unchecked_into();
    let field = form.query_selector(&format!("[name={name}]")).ok().flatten();
    match field.as_ref().map(|field| (field.dyn_ref::<HtmlInputElement>(), field.dyn_ref::<HtmlTextAreaElement>())) {
        Some((Some(input), _)) => input.value(),
        Some((_, Some(area))) => area.value(),
        _ => String::new(),
    }
}
