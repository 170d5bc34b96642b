//! The annotator.
pub mod model;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod web;
