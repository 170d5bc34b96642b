//! What is known of an article: title, source and date, to be corrected, what its web page said, and how its bytes were
//! read.

use super::{Beside, answers, fact, modal, typed};
use crate::model::Article;
use crate::state::Command;
use crate::state::table::Request;
use crate::ui::part::Draw;
use crate::ui::{Dispatch, Same};
use crate::words;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What bytes can be read as; names of the WHATWG Encoding Standard.
const ENCODINGS: [&str; 10] = [
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "ISO-8859-2",
    "windows-1251",
    "Shift_JIS",
    "GB18030",
    "Big5",
    "EUC-KR",
];

#[derive(Clone, PartialEq)]
pub struct DetailsProps {
    pub article: Same<Article>,
    /// Whether nothing is marked on it yet.
    pub unmarked: bool,
    /// Whether its bytes are at hand.
    pub can_reread: bool,
    pub dispatch: Dispatch,
}

impl Draw for DetailsProps {
    fn draw(&self) -> Html {
        let article = &self.article;
        let onsubmit = {
            let (dispatch, id) = (self.dispatch.clone(), article.id.clone());
            Callback::from(move |event: SubmitEvent| {
                event.prevent_default();
                let [title, source, date] = ["title", "source", "date"].map(|name| typed(&event, name));
                dispatch.send(Command::Correct(id.clone(), title, source, date));
            })
        };
        let content = html! {
            <>
                <form id="answer" {onsubmit}>
                    { field(words::TITLE, "title", &article.title, "") }
                    { field(words::SOURCE, "source", &article.source, "") }
                    { field(words::DATE, "date", &article.date, words::DATE_FORM) }
                    { fact(words::BYLINE, &article.byline) }
                    { fact(words::EXTRACTED_BY, &article.extractor) }
                    { encoding(self) }
                </form>
                { answers(words::SAVE_DETAILS) }
            </>
        };
        modal(words::ARTICLE_DETAILS, "details", Beside::Stays, &self.dispatch, content)
    }
}

/// A field that keeps what is typed; it is read when the form is sent.
fn field(label: &'static str, name: &'static str, value: &str, placeholder: &'static str) -> Html {
    html! {
        <label class="field">
            <span>{ label }</span>
            <input
                type="text"
                {name}
                dir="auto"
                autocomplete="off"
                autofocus={name == "title"}
                value={value.to_owned()}
                {placeholder}
            />
        </label>
    }
}

/// How the bytes were read; a choice as long as that can change nothing but the text.
fn encoding(props: &DetailsProps) -> Html {
    let article = &props.article;
    if article.encoding.is_empty() {
        return html! {};
    }
    if !(props.unmarked && props.can_reread) {
        let why = if props.unmarked { words::ENCODING_NEEDS_FILE } else { words::ENCODING_FIXED };
        return html! {
            <p class="field"><span>{ words::ENCODING }</span><span>{ &article.encoding }<small>{ why }</small></span></p>
        };
    }
    let onchange = {
        let (dispatch, id) = (props.dispatch.clone(), article.id.clone());
        Callback::from(move |event: Event| {
            let encoding = event.target_unchecked_into::<HtmlSelectElement>().value();
            dispatch.ask(Request::ReadAs(id.clone(), encoding));
        })
    };
    let is = |name: &str| article.encoding.eq_ignore_ascii_case(name);
    let other = (!ENCODINGS.iter().any(|name| is(name))).then(|| article.encoding.clone());
    let names = ENCODINGS.iter().map(|&name| name.to_owned()).chain(other);
    html! {
        <label class="field">
            <span>{ words::ENCODING }</span>
            <select {onchange}>
                { for names.map(|name| html! { <option value={name.clone()} selected={is(&name)}>{ name }</option> }) }
            </select>
        </label>
    }
}
