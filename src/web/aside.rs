//! Reading large files aside: a worker with the same program reads and checks, so that the page stays at hand
//! and its memory small, and whoever does not want to wait any more can say so.
//!
//! The page gives the worker the file itself and the compiled program; nothing is loaded again, and what the
//! worker used goes with it. Where there can be no worker, the caller reads in place. Nothing here
//! changes anything.

use crate::formats::{Reading, parcel, project};
use crate::web::{files, loader};
use gloo::events::EventListener;
use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, File, MessageEvent, Worker};
use yew::Callback;

/// Files from this size on are read aside; below it a worker takes longer to start than to read.
const FROM: f64 = 256.0 * 1024.0;

/// Reads a project file in the worker: a parcel, or a text that says why there is none. `progress` hears
/// how much has been read, from 0 to 1. For the worker's loader.
#[wasm_bindgen]
pub fn read_aside(name: &str, bytes: &[u8], progress: &Function) -> JsValue {
    let tell = |part: f64| drop(progress.call1(&JsValue::NULL, &part.into()));
    match read_here(name, bytes, &tell) {
        Ok(reading) => Uint8Array::from(parcel::pack(&reading).as_slice()).into(),
        Err(why) => why.into(),
    }
}

/// Reads a project file in this thread.
pub fn read_here(name: &str, bytes: &[u8], progress: &dyn Fn(f64)) -> Result<Reading, String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => files::decode(bytes).map_err(|why| format!("{name}: {why}"))?.0.into(),
    };
    let text: std::borrow::Cow<'_, str> = text;
    project::read_along(&text, progress).map_err(|error| error.to_string())
}

/// What comes of reading aside.
pub enum Heard {
    /// How much has been read, from 0 to 1.
    Progress(f64),
    /// What was read, or why nothing could be.
    Read(Box<Result<Reading, String>>),
    /// The worker can't do it; nothing is known of the file.
    Broken,
}

/// A file being read aside. Letting go of it ends the reading.
pub struct Aside {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl Drop for Aside {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Whether a file is to be read aside: only project files are, and only large ones.
pub fn is_for(file: &File) -> bool {
    file.size() > FROM && file.name().to_ascii_lowercase().ends_with(".json")
}

impl Aside {
    /// Starts reading a file; `None` where there can be no worker.
    pub fn start(file: &File, heard: Callback<Heard>) -> Option<Self> {
        let worker = loader::worker()?;
        let broken = heard.clone();
        let listeners = [
            EventListener::new(&worker, "message", move |event| heard.emit(understand(event))),
            EventListener::new(&worker, "error", move |_| broken.emit(Heard::Broken)),
        ];
        worker.post_message(&Array::of2(&wasm_bindgen::module(), file)).ok()?;
        Some(Self { worker, _listeners: listeners })
    }
}

fn understand(event: &Event) -> Heard {
    let data = event.unchecked_ref::<MessageEvent>().data();
    if let Some(part) = data.as_f64() {
        return Heard::Progress(part);
    }
    if let Some(why) = data.as_string() {
        return Heard::Read(Box::new(Err(why)));
    }
    match data.dyn_into::<Uint8Array>().ok().and_then(|bytes| parcel::unpack(&bytes.to_vec())) {
        Some(reading) => Heard::Read(Box::new(Ok(reading))),
        None => Heard::Broken,
    }
}
