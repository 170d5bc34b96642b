//! A moment in the words and the time zone of whoever reads it.

use crate::model::Timestamp;
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::{JsValue, UnwrapThrowExt};
use yew::AttrValue;

/// Date and time, short, as the browser's own language writes them.
pub fn local(moment: &Timestamp) -> AttrValue {
    let options = Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        Reflect::set(&options, &name.into(), &value.into()).unwrap_throw();
    }
    let format = Intl::DateTimeFormat::new(&Array::new(), &options).format();
    let date = Date::new(&moment.as_str().into());
    let words = format.call1(&JsValue::UNDEFINED, &date).ok().and_then(|words| words.as_string());
    words.unwrap_or_else(|| moment.as_str().to_owned()).into()
}
