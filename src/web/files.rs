//! Files: choosing, reading, decoding and saving them. What a file means is decided elsewhere; no
//! address from outside is ever loaded.

use crate::limits;
use crate::text::encoding::{Sniffed, sniff};
use crate::text::markup;
use crate::web::dom::document;
use crate::words;
use gloo::events::EventListener;
use js_sys::{Array, JsString, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, HtmlElement, HtmlInputElement, TextDecoder, Url,
};
use yew::Callback;

/// A file that a person chose or dropped.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The file.
    pub file: File,
    /// Its bytes, or why they could not be read; `None` where its name says that it is more than a text.
    pub bytes: Option<Result<Rc<[u8]>, String>>,
}

/// What the names of texts end in.
const TEXTS: [&str; 3] = [".txt", ".text", ".md"];

/// Shows the browser's file dialog.
pub fn choose(arrived: Callback<Vec<Arrived>>) {
    let Ok(input) = document().create_element("input").map(JsCast::unchecked_into::<HtmlInputElement>) else {
        return;
    };
    input.set_type("file");
    input.set_multiple(true);
    input.set_id("files");
    input.set_hidden(true);
    if let Some(old) = document().get_element_by_id("files") {
        old.remove();
    }
    if let Some(body) = document().body() {
        let _ = body.append_child(&input);
    }
    let chosen = input.clone();
    EventListener::once(&input, "change", move |_| {
        if let Some(files) = chosen.files() {
            read(files, arrived);
        }
        chosen.remove();
    })
    .forget();
    input.click();
}

/// Reads the texts and web pages among files and hands all over together, in their order.
pub fn read(files: FileList, arrived: Callback<Vec<Arrived>>) {
    let is_text = |file: &File| {
        let name = file.name().to_ascii_lowercase();
        !name.contains('.') || TEXTS.iter().any(|ending| name.ends_with(ending)) || markup::is_named(&name)
    };
    let files = (0..files.length()).filter_map(|i| files.get(i));
    read_those(files.map(|file| (is_text(&file), file)).collect(), arrived);
}

/// Reads those of files that are said to be texts, and hands all over together.
pub fn read_those(files: Vec<(bool, File)>, arrived: Callback<Vec<Arrived>>) {
    spawn_local(async move {
        let mut all = Vec::with_capacity(files.len());
        for (is_text, file) in files {
            let bytes = if is_text { Some(bytes(&file).await) } else { None };
            all.push(Arrived { file, bytes });
        }
        arrived.emit(all);
    });
}

/// The bytes of a file, or why they can't be had.
pub async fn bytes(file: &File) -> Result<Rc<[u8]>, String> {
    if file.size() > limits::FILE_BYTES.into() {
        return Err(words::FILE_TOO_LARGE.into());
    }
    let buffer = JsFuture::from(file.array_buffer()).await;
    let buffer = buffer.map_err(|_| words::FILE_UNREADABLE.to_owned())?;
    Ok(Uint8Array::new(&buffer).to_vec().into())
}

/// Text decoded from bytes, and the name of the encoding that was taken.
pub fn decode(bytes: &[u8]) -> Result<(String, String), String> {
    match sniff(bytes) {
        Sniffed::Text(encoding) => decode_as(bytes, encoding).map(|text| (text, encoding.to_owned())),
        Sniffed::NotText(what) => Err(format!("It looks like {what}. Expected a text file or a project file.")),
    }
}

/// Text decoded from bytes in a given encoding; a byte order mark is left out.
pub fn decode_as(bytes: &[u8], encoding: &str) -> Result<String, String> {
    let decoder =
        TextDecoder::new_with_label(encoding).map_err(|_| format!("This browser does not know {encoding}."))?;
    decoder.decode_with_u8_array(bytes).map_err(|_| format!("It can't be read as {encoding}."))
}

/// Offers a text as a file to save.
pub fn save(name: &str, content: &str) -> Result<(), JsValue> {
    offer(name, &JsString::from(content))
}

/// Offers bytes as a file to save.
pub fn save_bytes(name: &str, content: &[u8]) -> Result<(), JsValue> {
    offer(name, &Uint8Array::from(content))
}

fn offer(name: &str, content: &JsValue) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    // The browser would give a text a name of its own.
    options.set_type(if name.ends_with(".json") { "application/json" } else { "application/octet-stream" });
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(content), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.unchecked_ref::<HtmlElement>().click();
    // The download has its own hold on the content by the time that a minute has gone.
    gloo::timers::callback::Timeout::new(60_000, move || drop(Url::revoke_object_url(&url))).forget();
    Ok(())
}
