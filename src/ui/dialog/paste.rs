//! A place to paste an article.

use super::{Beside, answers, modal, typed};
use crate::state::table::Request;
use crate::ui::Dispatch;
use crate::ui::part::Draw;
use crate::words;
use yew::prelude::*;

/// What the dialog shows.
#[derive(Clone, PartialEq)]
pub struct PasteProps {
    /// Whether there was nothing in it to add.
    pub refused: bool,
    pub dispatch: Dispatch,
}

impl Draw for PasteProps {
    fn draw(&self) -> Html {
        let onsubmit = {
            let dispatch = self.dispatch.clone();
            Callback::from(move |event: SubmitEvent| {
                event.prevent_default();
                // The field keeps its own text, which may be a megabyte; it is read once.
                dispatch.ask(Request::Pasted(typed(&event, "text")));
            })
        };
        let content = html! {
            <>
                <form id="answer" {onsubmit}>
                    <textarea
                        id="paste-text"
                        name="text"
                        aria-label={words::ARTICLE_TEXT}
                        aria-describedby={self.refused.then_some("paste-empty")}
                        aria-invalid={self.refused.then_some("true")}
                        placeholder={words::PASTE_HERE}
                        dir="auto"
                        spellcheck="false"
                        autofocus=true
                    />
                    if self.refused {
                        <p id="paste-empty" class="wrong" role="alert">{ words::EMPTY_PASTE }</p>
                    }
                </form>
                { answers(words::ADD_ARTICLE) }
            </>
        };
        modal(words::PASTE_ARTICLE, "paste", Beside::Stays, &self.dispatch, content)
    }
}
