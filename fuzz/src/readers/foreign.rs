//! Files of every other format.

use super::project::{check_reading, decoded, stamp, take_over};
use crate::corpus;
use annotator::formats::catalog::{self, Context, FORMATS, Format, Job};
use annotator::formats::file::InFile;
use annotator::formats::options::Options;
use annotator::formats::project;
use annotator::model::Workspace;

/// The format whose annotations stand in a file of their own.
const APART: &str = "brat";

/// What the files are written of, and what those are read into that hold no texts.
fn here() -> Workspace {
    take_over(&project::read(corpus::MEALS).expect("a valid file")).0
}

/// The project file has laws of its own.
fn is_foreign(format: &Format) -> bool {
    format.id != project::ENTRY.id
}

/// A file of each format that is read and written.
pub(super) fn files() -> Vec<Vec<u8>> {
    let here = here();
    let mut files = Vec::new();
    for format in FORMATS.iter().filter(|format| format.reads.is_some() && is_foreign(format)) {
        let Some(writes) = &format.writes else { continue };
        let (options, stamp) = (Options::of(writes.options), stamp());
        let job = Job { options: &options, exported: &stamp.now, generator: "fuzz", stem: "file", progress: &|_| {} };
        let written = catalog::write(format, &here, &job).expect("a format that is written");
        let is_known = |text: &str| catalog::detect(&InFile::new("", text)).is_some_and(|found| found.id == format.id);
        files.extend(written.files.into_iter().filter(|file| is_known(&file.text)).map(|file| file.text.into_bytes()));
    }
    files
}

/// Reads a file as what it looks like, and as something else.
pub(super) fn read(bytes: &[u8]) -> bool {
    let file = InFile::new("", &decoded(bytes));
    let here = here();
    let sum = bytes.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    read_as(FORMATS[sum % FORMATS.len()], &file, &here);
    catalog::detect(&file).is_some_and(|format| read_as(format, &file, &here))
}

fn read_as(format: &Format, file: &InFile, here: &Workspace) -> bool {
    let Some(reads) = format.reads.as_ref().filter(|_| is_foreign(format)) else { return false };
    let (options, stamp) = (Options::of(reads.options), stamp());
    let context = Context { here, taken: &[], now: &stamp.now, options: &options, progress: &|_| {} };
    // What stands apart from its text is read with one.
    let text = InFile::new("file.txt", here.articles().first().map_or("", |article| article.text.as_str()));
    let files = if format.id == APART { vec![file, &text] } else { vec![file] };
    let Ok(reading) = (reads.read)(&files, &context) else { return false };
    check_reading(&reading);
    // It is written so that nothing is wrong with it any more.
    let (_, written) = take_over(&reading);
    let again = project::read(&written).expect("what was written is a project file");
    assert_eq!(again.counts.set_aside + again.counts.moved, 0, "{}: {:?}", format.id, again.issues);
    assert_eq!(again.counts.kept, reading.counts.kept, "{}", format.id);
    true
}
