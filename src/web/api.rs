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
use crate::state::{Command, NewArticle, State};
use crate::text::{Offset, Span, Text};
use crate::web::app::{Glance, Msg};
use crate::web::clock;
use crate::web::dom::window;
use crate::words;
use js_sys::{Function, Object, Reflect};
use serde::{Serialize, Serializer};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use yew::Callback;

/// What it is called on the window.
pub const NAME: &str = "annotator";

/// What scripts are given. A type for each kind of thing would bring the code that makes objects of it once
/// more for each.
enum Given<'a> {
    Text(&'a str),
    Number(u32),
    List(Vec<Self>),
    Object(Vec<(&'a str, Self)>),
}

impl Serialize for Given<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => to.serialize_str(text),
            Self::Number(number) => to.serialize_u32(*number),
            Self::List(items) => to.collect_seq(items),
            Self::Object(fields) => to.collect_map(fields.iter().map(|(name, value)| (name, value))),
        }
    }
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
    let _ = Reflect::set(&window(), &NAME.into(), &Object::freeze(&api));
}

/// A plain object of a value.
fn plain(value: &Given<'_>) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
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
        tell.emit(Msg::Ask(Command::Load(vec![new]).into()));
    })
    .into_js_value()
}

fn annotate(tell: Callback<Msg>) -> JsValue {
    Closure::<dyn Fn(String, u32, u32)>::new(move |label: String, start: u32, end: u32| {
        let span = Span::between(Offset::new(start), Offset::new(end));
        tell.emit(Msg::Ask(Command::Annotate(LabelId::new(label), span).into()));
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
    plain(&Given::Object(vec![
        ("kind", Given::Text(kind)),
        ("title", Given::Text(&entry.title)),
        ("at", Given::Text(entry.at.as_str())),
        ("changes", Given::Number(entry.changes.len() as u32)),
    ]))
}

fn given_annotations(state: &State) -> JsValue {
    let sheet = state.sheet();
    let given = state.text().map(|text| sheet.iter().map(|annotation| given(annotation, text)).collect());
    plain(&Given::List(given.unwrap_or_default()))
}

/// An annotation as scripts see it. Offsets are code points, ends exclusive; UTF-16 units beside
/// them, since those index JavaScript's strings.
fn given<'a>(annotation: &'a Annotation, text: &'a Text) -> Given<'a> {
    let span = annotation.span;
    let attributes = annotation.attributes.iter().map(|(id, value)| (id.as_str(), Given::Text(value)));
    Given::Object(vec![
        ("id", Given::Text(annotation.id.as_str())),
        ("label", Given::Text(annotation.label.as_str())),
        ("start", Given::Number(span.start().get())),
        ("end", Given::Number(span.end().get())),
        ("startUtf16", Given::Number(text.utf16(span.start()).get())),
        ("endUtf16", Given::Number(text.utf16(span.end()).get())),
        ("quote", Given::Text(text.slice(span))),
        ("attributes", Given::Object(attributes.collect())),
        ("note", Given::Text(&annotation.note)),
    ])
}

fn given_article(state: &State) -> JsValue {
    let Some(article) = state.article() else {
        return JsValue::NULL;
    };
    plain(&Given::Object(vec![
        ("id", Given::Text(article.id.as_str())),
        ("title", Given::Text(&article.name())),
        ("source", Given::Text(&article.source)),
        ("date", Given::Text(&article.date)),
        ("text", Given::Text(article.text.as_str())),
        ("sha256", Given::Text(article.text.hash().as_str())),
        ("codePoints", Given::Number(article.text.len().get())),
        ("annotations", Given::Number(state.sheet().len() as u32)),
    ]))
}
