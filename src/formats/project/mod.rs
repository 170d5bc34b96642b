//! The project file: one JSON file from which a workspace reopens complete.
//!
//! In reading order: [`mod@write`] (with `file`, its form), [`mod@read`] (with
//! `reader`, which collects issues, and one module for each part of the file: `scheme`, `article`,
//! `sheet`, `annotation`, and `anchor`, which decides where an annotation stands), [`mod@plan`] (what an
//! import changes), [`name`] (what to call the file), [`parcel`] (handing a reading from one thread to
//! another).
//!
//! Offsets are written in three units and with the quotation, and are believed on reading only where
//! they fit it. Nothing is moved or left out without an issue. Export, import into an empty workspace
//! and export again give the same bytes apart from the time and the program's name. The published
//! schema is `static/schema/annotator-project-1.json`.

mod anchor;
mod annotation;
mod article;
mod file;
pub mod name;
pub mod parcel;
pub mod plan;
pub mod read;
mod reader;
mod scheme;
mod sheet;
pub mod write;

pub use name::file_name;
pub use plan::{Plan, Summary, plan};
pub use read::{Counts, ReadError, Reading, read, read_along};
pub use write::{Written, write};

/// What the field `format` says.
pub const FORMAT: &str = "annotator-project";
/// The version that is written.
pub const VERSION: u32 = 1;
