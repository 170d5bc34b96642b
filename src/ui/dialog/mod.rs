//! Dialogs: one at a time, on top of the page. The element is there only while the state has a
//! dialog; the browser layer makes it modal. Escape and every way to close it end in the browser's
//! own `close`, which gives the focus back, and from there in the state.

mod choose;
mod details;
mod help;
mod import;
mod paste;
mod settings;

use super::icon::Icon;
use super::{Dispatch, FrameProps, Same};
use crate::state::table::{Action, keys};
use crate::state::{Command, Dialog};
use crate::words;
use web_sys::Element;
use yew::prelude::*;

/// The dialog that is open, if any.
pub fn view(props: &FrameProps) -> Html {
    let FrameProps { shown, dispatch, .. } = props;
    let state = &shown.state;
    let dispatch = dispatch.clone();
    match &state.view.dialog {
        None => html! {},
        Some(Dialog::Help) => html! { <help::Help {dispatch} /> },
        Some(Dialog::Paste) => html! { <paste::Paste {dispatch} /> },
        Some(Dialog::Details(id)) => match state.workspace.article(id) {
            Some(article) => {
                let unmarked = state.workspace.sheets_of(id).next().is_none();
                let key = format!("{id} {}", article.encoding);
                html! {
                    <details::Details {key} article={Same::from(article)} {unmarked} can_reread={shown.can_reread}
                        {dispatch} />
                }
            }
            None => html! {},
        },
        Some(Dialog::Export) => {
            let (open, count) = (state.view.open.clone(), state.workspace.article_count());
            choose::export(open.as_ref(), count, shown.exported.as_deref(), &dispatch)
        }
        Some(Dialog::Import(preview)) => html! { <import::Import preview={Same::from(preview)} {dispatch} /> },
        Some(Dialog::Unreadable(file, why)) => choose::unreadable(file, why, &dispatch),
        Some(Dialog::Erase) => choose::erase(&dispatch),
        Some(Dialog::Settings) => {
            let code = state.workspace.annotator().clone();
            html! { <settings::Settings preferences={state.preferences} {code} {dispatch} /> }
        }
    }
}

#[derive(Properties, Clone, PartialEq)]
struct ModalProps {
    title: AttrValue,
    #[prop_or_default]
    class: Classes,
    /// Whether a press beside the dialog closes it: not where one types.
    #[prop_or(true)]
    light: bool,
    children: Html,
    dispatch: Dispatch,
}

/// A heading with a way out, and what the dialog is about.
#[component]
fn Modal(props: &ModalProps) -> Html {
    let onpointerdown = props.light.then(|| {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: PointerEvent| {
            // The dialog's content covers it: what hits the element itself hit its backdrop.
            if event.target_dyn_into::<Element>().is_some_and(|target| target.local_name() == "dialog") {
                dispatch.send(Command::CloseDialog);
            }
        })
    });
    html! {
        <dialog
            data-modal=""
            class={props.class.clone()}
            aria-labelledby="dialog-title"
            onclose={props.dispatch.on(Command::CloseDialog)}
            {onpointerdown}
        >
            <div class="sheet">
                <div class="dialog-head">
                    <h2 id="dialog-title">{ &props.title }</h2>
                    <form method="dialog">
                        <button
                            class="tool"
                            aria-label={words::CLOSE}
                            title={words::tip(words::CLOSE, keys(Action::Escape))}
                        >{ Icon::Close.view() }</button>
                    </form>
                </div>
                { props.children.clone() }
            </div>
        </dialog>
    }
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
