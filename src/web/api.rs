//! The programming interface: `window.annotator`, for scripts of the same window only.
//!
//! ```js
//! annotator.load("text", { title: "…" })     // adds an article and opens it
//! annotator.annotate("quote", 0, 12)         // marks a span of the open article, in code points
//! annotator.annotations()                    // the open article's annotations, in text order
//! annotator.article()                        // the open article: id, title, text, counts
//! annotator.exportProject()                  // the whole workspace as a project file, as a string
//! const stop = annotator.subscribe(change => …)  // called after every change; stop() ends it
//! ```
//! Everything given out is a plain copy: changing it changes nothing here.

use crate::formats::project;
use crate::model::record::{Entry, EntryKind};
use crate::model::{Annotation, LabelId};
use crate::state::table::Request;
use crate::state::{Command, NewArticle, State};
use crate::text::{Offset, Span, Text};
use crate::web::app::{Glance, Msg};
use crate::web::clock;
use crate::web::dom::window;
use crate::words;
use js_sys::{Function, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use yew::Callback;

/// An annotation as scripts see it. Offsets are code points, ends exclusive; UTF-16 units beside
/// them, since those index JavaScript's strings.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GivenAnnotation<'a> {
    id: &'a str,
    label: &'a str,
    start: u32,
    end: u32,
    start_utf16: u32,
    end_utf16: u32,
    quote: &'a str,
    attributes: BTreeMap<&'a str, &'a str>,
    note: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GivenArticle<'a> {
    id: &'a str,
    title: String,
    source: &'a str,
    date: &'a str,
    text: &'a str,
    sha256: &'a str,
    code_points: u32,
    annotations: usize,
}

#[derive(Serialize)]
struct GivenChange<'a> {
    kind: &'a str,
    title: &'a str,
    at: &'a str,
    changes: usize,
}

/// Puts the interface on the window.
pub fn publish(tell: Callback<Msg>, glance: Glance) {
    let api = Object::new();
    let put = |name: &str, value: JsValue| {
        let _ = Reflect::set(&api, &name.into(), &value);
    };
    put("version", words::GENERATOR.into());
    put("load", load(tell.clone()));
    put("annotate", annotate(tell.clone()));
    put("subscribe", subscribe(tell));
    let seen = glance.clone();
    put("annotations", getter(move || given_annotations(&seen.borrow())));
    let seen = glance.clone();
    put("article", getter(move || given_article(&seen.borrow())));
    put(
        "exportProject",
        getter(move || {
            project::write(&glance.borrow().workspace, None, &clock::now(), words::GENERATOR).content.into()
        }),
    );
    let _ = Reflect::set(&window(), &"annotator".into(), &Object::freeze(&api));
}

/// A plain object of a value.
fn plain<T: Serialize>(value: &T) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

fn getter(get: impl Fn() -> JsValue + 'static) -> JsValue {
    Closure::<dyn Fn() -> JsValue>::new(get).into_js_value()
}

fn load(tell: Callback<Msg>) -> JsValue {
    Closure::<dyn Fn(String, JsValue)>::new(move |text: String, options: JsValue| {
        let title = Reflect::get(&options, &"title".into()).ok().and_then(|title| title.as_string());
        let new = NewArticle {
            text: Rc::new(Text::new(text)),
            fallback_title: title.unwrap_or_default(),
            encoding: String::new(),
        };
        tell.emit(Msg::Ask(Request::Do(Command::Load(vec![new]))));
    })
    .into_js_value()
}

fn annotate(tell: Callback<Msg>) -> JsValue {
    Closure::<dyn Fn(String, u32, u32)>::new(move |label: String, start: u32, end: u32| {
        let span = Span::between(Offset::new(start), Offset::new(end));
        tell.emit(Msg::Ask(Request::Do(Command::Annotate(LabelId::new(label), span))));
    })
    .into_js_value()
}

fn subscribe(tell: Callback<Msg>) -> JsValue {
    let next = Cell::new(0);
    Closure::<dyn Fn(Function) -> JsValue>::new(move |function: Function| {
        let id = next.get();
        next.set(id + 1);
        tell.emit(Msg::Subscribed(id, function));
        let tell = tell.clone();
        Closure::<dyn Fn()>::new(move || tell.emit(Msg::Unsubscribed(id))).into_js_value().unchecked_into()
    })
    .into_js_value()
}

/// What subscribers are told of an entry.
pub fn change_notice(entry: &Entry) -> JsValue {
    let kind = match entry.kind {
        EntryKind::Do | EntryKind::Continue => "do",
        EntryKind::Undo => "undo",
        EntryKind::Redo => "redo",
    };
    plain(&GivenChange { kind, title: &entry.title, at: entry.at.as_str(), changes: entry.changes.len() })
}

fn given_annotations(state: &State) -> JsValue {
    let Some(text) = state.text() else {
        return plain(&Vec::<u32>::new());
    };
    let sheet = state.sheet();
    let given: Vec<_> = sheet.iter().map(|annotation| given(annotation, text)).collect();
    plain(&given)
}

fn given<'a>(annotation: &'a Annotation, text: &'a Text) -> GivenAnnotation<'a> {
    let span = annotation.span;
    GivenAnnotation {
        id: annotation.id.as_str(),
        label: annotation.label.as_str(),
        start: span.start().get(),
        end: span.end().get(),
        start_utf16: text.utf16(span.start()).get(),
        end_utf16: text.utf16(span.end()).get(),
        quote: text.slice(span),
        attributes: annotation.attributes.iter().map(|(id, value)| (id.as_str(), &**value)).collect(),
        note: &annotation.note,
    }
}

fn given_article(state: &State) -> JsValue {
    let Some(article) = state.article() else {
        return JsValue::NULL;
    };
    plain(&GivenArticle {
        id: article.id.as_str(),
        title: article.name(),
        source: &article.source,
        date: &article.date,
        text: article.text.as_str(),
        sha256: article.text.hash().as_str(),
        code_points: article.text.len().get(),
        annotations: state.sheet().len(),
    })
}
