//! The two copies as the program sees them: what `copies.js` has read as [`Contents`], and what is to be
//! done to them in a form that it understands. What was read may be anything, so that everything is looked
//! at before it is taken for what it should be.

use crate::keep::{self, Contents, Key, Marker};
use crate::text::{Text, TextHash};
use crate::words;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen(module = "/src/web/copies.js")]
extern "C" {
    /// Has the copies read, which are being opened since the page is; the function hears of everything.
    #[wasm_bindgen(catch)]
    pub fn start(program: &JsValue) -> Result<(), JsValue>;
    /// Takes an entry with the names and the bytes of its texts.
    pub fn append(entry: &[u8], texts: Array, articles: f64);
    /// Keeps a snapshot of what was after an entry, and folds the log below a number.
    pub fn snapshot(number: f64, bytes: &[u8], fold: f64);
    /// Keeps something that is no data, such as where things were left, by name.
    pub fn keep(name: &str, value: &JsValue);
    /// "resume": what others wrote was taken in. "erase": everything is to go.
    pub fn act(what: &str);
}

#[wasm_bindgen(module = "/src/web/database.js")]
extern "C" {
    /// The records that were set aside, as a text.
    #[wasm_bindgen(js_name = setAside, catch)]
    pub async fn set_aside() -> Result<JsValue, JsValue>;
}

/// What was read of a copy: keys and values of one store after the other, and how many records stand aside.
pub struct Raw(Array);

impl Raw {
    /// What was read, if the copy could be.
    pub fn of(read: &JsValue) -> Option<Self> {
        read.dyn_ref::<Array>().map(|parts| Self(parts.clone()))
    }

    fn pairs(&self, part: u32) -> impl Iterator<Item = (JsValue, JsValue)> {
        let [keys, values] = [part * 2, part * 2 + 1].map(|at| self.0.get(at).unchecked_into::<Array>());
        (0..keys.length()).map(move |at| (keys.get(at), values.get(at)))
    }

    fn records(&self, part: u32) -> Vec<(u64, Vec<u8>)> {
        let number = |key: JsValue| key.as_f64().map(|key| key as u64).filter(|number| keep::number(*number));
        self.pairs(part).filter_map(|(key, value)| Some((number(key)?, bytes(&value)))).collect()
    }

    /// What was kept by a name.
    pub fn kept(&self, name: &str) -> Option<JsValue> {
        self.pairs(3).find(|(key, _)| key.as_string().as_deref() == Some(name)).map(|(_, value)| value)
    }

    fn word(&self, name: &str) -> Option<String> {
        self.kept(name)?.as_string()
    }

    /// What it holds.
    pub fn contents(&self) -> Contents {
        let name = |key: JsValue| key.as_string().filter(|name| TextHash::parse(name).is_some());
        Contents {
            log: self.records(0),
            snapshots: self.records(1),
            texts: self.pairs(2).filter_map(|(key, value)| Some((name(key)?, bytes(&value)))).collect(),
            marker: self.word("marker").and_then(|marker| Marker::parse(&marker)),
            erased: self.word("erased"),
        }
    }

    /// How many records stand aside.
    pub fn aside(&self) -> usize {
        self.0.get(8).as_f64().unwrap_or_default() as usize
    }
}

/// The bytes of a record; none where it is none of ours.
pub fn bytes(value: &JsValue) -> Vec<u8> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default()
}

/// What is to be done to a record: its store, its key, and what it must be, if not moved aside.
pub fn step(store: &str, key: Key<'_>, value: Option<&[u8]>) -> JsValue {
    let key = match key {
        Key::Number(number) => JsValue::from(number as f64),
        Key::Name(name) => name.into(),
    };
    let value = value.map_or(JsValue::UNDEFINED, |value| Uint8Array::from(value).into());
    Array::of3(&store.into(), &key, &value).into()
}

/// A text with its name.
pub fn text(text: &Text) -> Array {
    Array::of2(&text.hash().as_str().into(), &Uint8Array::from(text.as_str().as_bytes()))
}

/// Why something failed, in the browser's own words where there are no better ones.
pub fn reason(name: &JsValue, message: &JsValue) -> String {
    match name.as_string().as_deref() {
        Some("late") => words::UNANSWERED.into(),
        Some("QuotaExceededError") => words::NO_ROOM.into(),
        Some("SecurityError") => words::NO_STORE.into(),
        Some("TypeError") | None => words::DATABASE_FAILED.into(),
        _ => message.as_string().filter(|message| !message.is_empty()).unwrap_or(words::DATABASE_FAILED.into()),
    }
}
