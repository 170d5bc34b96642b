//! What the page's loader knows and the program does not: where things are. On the site they stand beside the
//! page; in the one file they stand in it. The loader also hears of new versions of the site; the two speak of
//! them by events of the window.
//!
//! Without a loader of ours, as under Trunk, there is nobody to ask, and everything stands beside the page.

use crate::web::dom::window;
use js_sys::{Array, Function, Promise};
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, Response};

/// The event that tells of a new version.
pub const NEW_VERSION: &str = "newversion";

struct Loader {
    desk: Function,
    take_apart: Function,
    beside: Option<Function>,
}

thread_local! {
    static LOADER: RefCell<Option<Loader>> = const { RefCell::new(None) };
}

/// Tells the program whom to ask about files and about web pages and, in the one file, how to get at what would stand beside the page:
/// a response for each name. For the page's loader.
#[wasm_bindgen]
pub fn set_loader(desk: Function, take_apart: Function, beside: Option<Function>) {
    LOADER.with(|loader| *loader.borrow_mut() = Some(Loader { desk, take_apart, beside }));
}

/// Has the files of web pages taken apart; `hear` gets a list of what each came to (`xtask/web/extract.js` says in
/// which form), or an empty one where nobody can do that.
pub fn take_apart(files: &Array, hear: &Function) {
    let ask = LOADER.with(|loader| loader.borrow().as_ref().map(|loader| loader.take_apart.clone()));
    let _ = match ask {
        Some(ask) => ask.call2(&JsValue::NULL, files, hear),
        None => hear.call1(&JsValue::NULL, &Array::new()),
    };
}

/// Somebody to ask about files, whose answers `hear` gets; undefined where there is no loader.
pub fn desk(hear: &JsValue) -> JsValue {
    let maker = LOADER.with(|loader| loader.borrow().as_ref().map(|loader| loader.desk.clone()));
    maker.and_then(|maker| maker.call1(&JsValue::NULL, hear).ok()).unwrap_or_default()
}

/// Whether all there is stands in one file.
pub fn is_one_file() -> bool {
    beside().is_some()
}

/// How to get at what would stand beside the page, in the one file.
fn beside() -> Option<Function> {
    LOADER.with(|loader| loader.borrow().as_ref().and_then(|loader| loader.beside.clone()))
}

/// Starts the new version: the page is loaded anew.
pub fn update() {
    if let Ok(event) = Event::new("useversion") {
        let _ = window().dispatch_event(&event);
    }
}

/// The text of a file that comes with the page.
pub async fn text_beside(name: &str) -> Result<String, JsValue> {
    let asked = match beside() {
        Some(beside) => beside.call1(&JsValue::NULL, &name.into())?.dyn_into::<Promise>()?,
        None => window().fetch_with_str(name),
    };
    let response: Response = JsFuture::from(asked).await?.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)
}
