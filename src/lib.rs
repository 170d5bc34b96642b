//! The annotator.
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod web;
