//! The window and its document, which a page always has, and what only some browsers have.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Window};

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("the app runs in a page")
}

/// The document.
pub fn document() -> Document {
    window().document().expect("a page has a document")
}

/// Calls a method that there may be. Gives what it gave, unless there is none or it failed.
pub fn call(on: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = Reflect::get(on, &name.into()).ok()?.dyn_into().ok()?;
    method.apply(on, &arguments.iter().cloned().collect()).ok()
}
