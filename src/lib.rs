//! The annotator: mark quotes, claims and entities in news articles, in the browser, without a server.
//!
//! The map of the code, in reading order; each layer uses only those above it:
//!
//! 1. [`limits`]: how much is taken of anything. `order`: one sort for all. [`by_key`]: things by key. [`text`]: a
//!    text that never changes, and every way to point into it.
//! 2. [`model`]: articles, the label scheme, annotations, and changes to them as data.
//! 3. [`keep`]: two copies of what is kept, put together and repaired. [`paint`]: which marks to draw where.
//!    [`lint`]: what is likely a slip. [`formats`]: files, read and written. [`zip`]: several files as one.
//!    [`exchange`]: what the page asks of whoever knows all formats.
//! 4. [`state`]: the one machine, a command in, the next state and effects out. [`words`]: all that the
//!    page says. [`samples`]: the articles that come along.
//! 5. `cli` (natively): the command line.
//! 6. `ui` (in a browser): what is drawn, as Yew components: state in, commands out.
//! 7. `web` (in a browser): the only code that touches the page, its events and its stores.
//!
//! Invariants: a text never changes after it is loaded; a span counts code points, its end exclusive;
//! an annotation's quotation is the text at its span; state changes through [`state::update`] alone;
//! "saved" means committed; nothing leaves the page but files that the person saves.

pub mod by_key;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod exchange;
pub mod formats;
pub mod keep;
pub mod limits;
pub mod lint;
pub mod model;
mod order;
pub mod paint;
pub mod samples;
pub mod state;
pub mod text;
pub mod words;
pub mod zip;

#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod web;
