//! The window and its document, which a page always has.

use web_sys::{Document, Window};

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("the app runs in a page")
}

/// The document.
pub fn document() -> Document {
    window().document().expect("a page has a document")
}
