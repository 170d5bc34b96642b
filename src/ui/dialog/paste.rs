//! A place to paste an article.

use super::{Modal, answers};
use crate::state::table::Request;
use crate::ui::Dispatch;
use crate::words;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

#[derive(Properties, Clone, PartialEq)]
pub struct PasteProps {
    pub dispatch: Dispatch,
}

#[component]
pub fn Paste(props: &PasteProps) -> Html {
    let empty = use_state_eq(|| false);
    // The field keeps its own text, which may be a megabyte; it is read once.
    let field = use_node_ref();
    let onsubmit = {
        let (dispatch, empty, field) = (props.dispatch.clone(), empty.setter(), field.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = field.cast::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default();
            let nothing = text.trim().is_empty();
            empty.set(nothing);
            if !nothing {
                dispatch.ask(Request::Pasted(text));
            }
        })
    };
    let oninput = {
        let empty = empty.setter();
        Callback::from(move |_: InputEvent| empty.set(false))
    };
    html! {
        <Modal title={words::PASTE_ARTICLE} class="paste" light=false dispatch={props.dispatch.clone()}>
            <form id="answer" {onsubmit}>
                <textarea
                    id="paste-text"
                    ref={field}
                    aria-label={words::ARTICLE_TEXT}
                    aria-describedby={empty.then_some("paste-empty")}
                    aria-invalid={empty.then_some("true")}
                    placeholder={words::PASTE_HERE}
                    dir="auto"
                    spellcheck="false"
                    autofocus=true
                    {oninput}
                />
                if *empty {
                    <p id="paste-empty" class="wrong" role="alert">{ words::EMPTY_PASTE }</p>
                }
            </form>
            { answers(words::ADD_ARTICLE) }
        </Modal>
    }
}
