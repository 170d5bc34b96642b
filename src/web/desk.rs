//! The other side of [`crate::web::aside`]: files are opened and decoded, and requests answered. It runs in a worker
//! or, where there can be none, in the page.
//!
//! Only the program that knows all formats has it. It keeps what is here between two requests and changes nothing.

use crate::exchange::{Arrival, Ask, Desk};
use crate::formats::file::InFile;
use crate::limits;
use crate::web::files;
use crate::words;
use js_sys::{Array, Function, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen(module = "/src/web/unzip.js")]
extern "C" {
    /// A file, or all that are in a zip archive: pairs of a name and bytes; no bytes where they are more than the
    /// limit, a text where they can't be had and why.
    #[wasm_bindgen(catch)]
    async fn opened(file: JsValue, limit: u32) -> Result<JsValue, JsValue>;
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
    for file in given.iter() {
        if let Ok(all) = opened(file, limits::FILE_BYTES).await {
            arrived.extend(Array::from(&all).iter().map(|one| arrival(&Array::from(&one))));
        }
    }
    let progress = |part: f64| drop(hear.call1(&JsValue::NULL, &part.into()));
    let answer = DESK.with_borrow_mut(|desk| desk.answer(asked, arrived, words::GENERATOR, &progress));
    Uint8Array::from(answer.pack().as_slice()).into()
}

/// A file that was opened, decoded.
fn arrival(pair: &Array) -> Arrival {
    let (name, content) = (pair.get(0).as_string().unwrap_or_default(), pair.get(1));
    let file = match (content.as_string(), content.dyn_ref::<Uint8Array>()) {
        (Some(why), _) => Err(why),
        (_, Some(bytes)) => files::decode(&bytes.to_vec()),
        _ => Err(words::FILE_TOO_LARGE.into()),
    };
    let file = file.map(|(text, encoding)| InFile { name: name.clone(), text, encoding });
    (name, file)
}
