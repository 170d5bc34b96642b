//! The project file: one JSON file from which a workspace reopens complete.
//!
//! In reading order: [`mod@write`] (with `file`, its form), [`mod@read`] (with one module for each part of the
//! file: `scheme`, `article`, `sheet`, `annotation`), [`name`] (what to call the file), [`entry`] (its entry
//! in the catalogue).
//!
//! Offsets are written in three units and with the quotation, and are believed on reading only where
//! they fit it. Nothing is moved or left out without an issue. Export, import into an empty workspace
//! and export again give the same bytes apart from the time and the program's name. The published
//! schema is `static/schema/annotator-project-1.json`.

mod annotation;
mod article;
pub mod entry;
mod file;
pub mod name;
pub mod read;
mod scheme;
mod sheet;
pub mod write;

pub use entry::ENTRY;
pub use name::file_name;
pub use read::{ReadError, read, read_along};
pub use write::{Written, write};

/// What the field `format` says.
pub const FORMAT: &str = "annotator-project";
/// The version that is written.
pub const VERSION: u32 = 1;
