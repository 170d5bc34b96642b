//! The other side of [`crate::web::aside`]: files are opened and decoded, and requests answered. It runs in a worker
//! or, where there can be none, in the page.
//!
//! Only the program that knows all formats has it. It keeps what is here between two requests and changes nothing.

use crate::exchange::{Arrival, Ask, Desk};
use crate::formats::file::InFile;
use crate::limits;
use crate::web::files;
use crate::words;
use crate::zip::{self, Entry, Problem};
use js_sys::{Array, Function, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

#[wasm_bindgen(module = "/src/web/opened.js")]
extern "C" {
    /// The bytes of a file; null where they can't be had.
    #[wasm_bindgen(js_name = bytesOf, catch)]
    async fn bytes_of(file: &File) -> Result<JsValue, JsValue>;
    /// What some bytes inflate to; null where they are damaged or come to more than the limit.
    #[wasm_bindgen(js_name = inflate, catch)]
    async fn inflated(bytes: Uint8Array, limit: u32) -> Result<JsValue, JsValue>;
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Answers a request: the bytes of the answer, or null where the request is none. `hear` is told how much has
/// been read, from 0 to 1. For the loader.
#[wasm_bindgen]
pub async fn answer(request: Vec<u8>, given: Array, hear: Function) -> JsValue {
    let Some(asked) = Ask::unpack(&request) else { return JsValue::NULL };
    let mut arrived = Vec::new();
    for place in 0..given.length() {
        if let Ok(file) = given.get(place).dyn_into::<File>() {
            open(&file, place, &mut arrived).await;
        }
    }
    let progress = |part: f64| drop(hear.call1(&JsValue::NULL, &part.into()));
    let answer = DESK.with_borrow_mut(|desk| desk.answer(asked, arrived, words::GENERATOR, &progress));
    Uint8Array::from(answer.pack().as_slice()).into()
}

/// Opens a file, or all that are in it where it is an archive.
async fn open(file: &File, place: u32, arrived: &mut Vec<Arrival>) {
    let (name, place) = (file.name(), Some(place));
    if file.size() > limits::FILE_BYTES.into() {
        return arrived.push(Arrival { name, place, file: Err(words::FILE_TOO_LARGE.into()) });
    }
    let Some(bytes) = bytes_of(file).await.ok().and_then(bytes) else {
        return arrived.push(Arrival { name, place, file: Err(words::FILE_UNREADABLE.into()) });
    };
    // Office documents are archives as well, which nobody means.
    if !zip::is_zip(&bytes) || !name.to_ascii_lowercase().ends_with(".zip") {
        return arrived.push(Arrival { file: decoded(&name, &bytes), name, place });
    }
    let entries = match zip::read(&bytes) {
        Ok(entries) => entries,
        Err(why) => return arrived.push(Arrival { name, place, file: Err(why.to_string()) }),
    };
    let mut left = limits::FILE_BYTES;
    for entry in entries {
        let content = if entry.size > left { Err(Problem::TooLarge) } else { unpacked(&entry).await };
        left -= content.as_ref().map_or(0, |bytes| bytes.len() as u32).min(left);
        let file = content.map_err(|why| why.to_string()).and_then(|bytes| decoded(&entry.name, &bytes));
        arrived.push(Arrival { name: entry.name, place: None, file });
    }
}

/// The content of a file in an archive.
async fn unpacked(entry: &Entry<'_>) -> Result<Vec<u8>, Problem> {
    let packed = entry.packed?;
    let content = match entry.is_deflated {
        true => inflated(Uint8Array::from(packed), entry.size).await.ok().and_then(bytes),
        false => Some(packed.to_vec()),
    };
    entry.checked(content.ok_or(Problem::Damaged)?.into()).map(|bytes| bytes.into_owned())
}

fn bytes(value: JsValue) -> Option<Vec<u8>> {
    value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec())
}

fn decoded(name: &str, bytes: &[u8]) -> Result<InFile, String> {
    files::decode(bytes).map(|(text, encoding)| InFile { name: name.to_owned(), text, encoding })
}
