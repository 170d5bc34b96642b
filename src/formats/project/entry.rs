//! The project file's entry in the catalogue of formats.

use crate::formats::Reading;
use crate::formats::catalog::{Context, Format, Job, Likeness, Reads, Refusal, Writes, alone, whole};
use crate::formats::file::{InFile, OutFile};
use crate::formats::loss::Holds;
use crate::formats::project::{self, FORMAT, ReadError};
use crate::model::Workspace;

/// The entry of the catalogue.
pub const ENTRY: Format = Format {
    id: "project",
    name: "Project file",
    about: "Everything: it opens here again, complete",
    extensions: &["json"],
    looks_like,
    goes_with: alone,
    work: whole,
    reads: Some(Reads { read, options: &[] }),
    writes: Some(Writes { write, holds: |_| Holds::EVERYTHING, options: &[] }),
};

fn looks_like(file: &InFile) -> Likeness {
    let says_so = file.text.trim_start().starts_with('{') && file.text.contains(&format!("\"{FORMAT}\""));
    if says_so { Likeness::Sure } else { Likeness::No }
}

fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let text = files.first().map_or("", |file| &file.text);
    project::read_along(text, context.progress).map_err(|error| match error {
        ReadError::NotJson { place, expected, looks_like } => {
            let message = format!("this is no project file but looks like {looks_like}: expected {expected} here");
            Refusal { place: Some(place), message }
        }
        other => Refusal::new(other.to_string()),
    })
}

fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    job.file("json", project::write(workspace, None, job.exported, job.generator).content)
}
