//! What is known of an article, to be corrected: title, source, date, and how its bytes were read.

use super::{Modal, answers};
use crate::model::Article;
use crate::state::Command;
use crate::state::table::Request;
use crate::ui::{Dispatch, Same};
use crate::words;
use web_sys::{HtmlInputElement, HtmlSelectElement};
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

#[derive(Properties, Clone, PartialEq)]
pub struct DetailsProps {
    pub article: Same<Article>,
    /// Whether nothing is marked on it yet.
    pub unmarked: bool,
    /// Whether its bytes are at hand.
    pub can_reread: bool,
    pub dispatch: Dispatch,
}

#[component]
pub fn Details(props: &DetailsProps) -> Html {
    let article = &props.article;
    let title = use_state_eq(|| article.title.clone());
    let source = use_state_eq(|| article.source.clone());
    let date = use_state_eq(|| article.date.clone());
    let onsubmit = {
        let (dispatch, id) = (props.dispatch.clone(), article.id.clone());
        let (title, source, date) = ((*title).clone(), (*source).clone(), (*date).clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.send(Command::Correct(id.clone(), title.clone(), source.clone(), date.clone()));
        })
    };
    html! {
        <Modal title={words::ARTICLE_DETAILS} class="details" light=false dispatch={props.dispatch.clone()}>
            <form id="answer" {onsubmit}>
                { field(words::TITLE, &title, "", true) }
                { field(words::SOURCE, &source, "", false) }
                { field(words::DATE, &date, words::DATE_FORM, false) }
                { encoding(props) }
            </form>
            { answers(words::SAVE_DETAILS) }
        </Modal>
    }
}

fn field(name: &'static str, value: &UseStateHandle<String>, placeholder: &'static str, first: bool) -> Html {
    let setter = value.setter();
    let oninput =
        Callback::from(move |event: InputEvent| setter.set(event.target_unchecked_into::<HtmlInputElement>().value()));
    html! {
        <label class="field">
            <span>{ name }</span>
            <input
                type="text"
                dir="auto"
                autocomplete="off"
                autofocus={first}
                value={(**value).clone()}
                {placeholder}
                {oninput}
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
