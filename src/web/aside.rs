//! Whoever reads and writes files aside: a worker with a program that knows all formats, so that the page stays
//! small and at hand, and whoever does not want to wait any more can say so.
//!
//! The page's loader makes the worker and, where there can be none, does in the page what it would do. Letting go of
//! it ends whatever it does. Nothing here knows what is asked (see [`crate::exchange`]).

use crate::exchange::Ask;
use crate::model::Workspace;
use crate::web::dom::call;
use crate::web::{clock, loader};
use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;
use yew::Callback;

/// What comes from aside.
pub enum Heard {
    /// How much has been read, from 0 to 1.
    Progress(f64),
    /// The bytes of an answer.
    Answer(Vec<u8>),
    /// There is no answer, and whoever gave none is gone. Asked again, another one may do it.
    Broken,
}

/// Somebody to ask. Answers come in the order of the requests.
pub struct Aside {
    /// What the loader gave: `ask` and `end`. Undefined where there is no loader of ours.
    desk: JsValue,
    hear: Closure<dyn Fn(JsValue)>,
    /// What was last sent of what is here.
    here: Option<Workspace>,
    /// How often there was no answer.
    pub broken: u32,
}

impl Drop for Aside {
    fn drop(&mut self) {
        call(&self.desk, "end", &[]);
    }
}

impl Aside {
    /// Makes ready to ask.
    pub fn new(heard: Callback<Heard>) -> Self {
        let hear = Closure::new(move |data: JsValue| heard.emit(understand(&data)));
        let desk = loader::desk(hear.as_ref().unchecked_ref());
        Self { desk, hear, here: None, broken: 0 }
    }

    /// Asks for something that has to do with what is here.
    pub fn ask(&mut self, ask: &Ask, here: &Workspace, files: &[File]) {
        let is_known = self.here.as_ref().is_some_and(|known| known.is(here));
        self.here = Some(here.clone());
        self.send(&ask.pack((!is_known).then_some(here), &clock::now()), files);
    }

    /// Asks for something that has not.
    pub fn ask_about_nothing(&self, ask: &Ask) {
        self.send(&ask.pack(None, &clock::now()), &[]);
    }

    /// Whether something was last asked with just this here.
    pub fn knows(&self, here: &Workspace) -> bool {
        self.here.as_ref().is_some_and(|known| known.is(here))
    }

    /// Takes note that there was no answer: whoever is asked now knows nothing.
    pub fn lost(&mut self) {
        self.here = None;
        self.broken += 1;
    }

    fn send(&self, request: &[u8], files: &[File]) {
        let request = Uint8Array::from(request);
        let files: Array = files.iter().collect();
        if self.desk.is_undefined() {
            return in_place(&request, files, self.hear.as_ref().unchecked_ref());
        }
        // A program that knows all formats itself is given to the worker, which need not load one.
        let program = if cfg!(feature = "exchange") { wasm_bindgen::module() } else { JsValue::NULL };
        call(&self.desk, "ask", &[Array::of3(&request, &files, &program).into()]);
    }
}

fn understand(data: &JsValue) -> Heard {
    match (data.as_f64(), data.dyn_ref::<Uint8Array>()) {
        (Some(part), _) => Heard::Progress(part),
        (_, Some(bytes)) => Heard::Answer(bytes.to_vec()),
        _ => Heard::Broken,
    }
}

/// Answers in the page itself, where nobody made a loader.
#[cfg(feature = "exchange")]
fn in_place(request: &Uint8Array, files: Array, hear: &Function) {
    let (request, hear) = (request.to_vec(), hear.clone());
    wasm_bindgen_futures::spawn_local(async move {
        let answer = crate::web::desk::answer(request, files, hear.clone()).await;
        let _ = hear.call1(&JsValue::NULL, &answer);
    });
}

#[cfg(not(feature = "exchange"))]
fn in_place(_request: &Uint8Array, _files: Array, hear: &Function) {
    let _ = hear.call1(&JsValue::NULL, &JsValue::NULL);
}
