//! Reading several files that belong together, and writing by name.

use crate::law::{blank, import, write_all};
use crate::make::moment;
use annotator::formats::Reading;
use annotator::formats::catalog::{self, Context, Format};
use annotator::formats::file::InFile;
use annotator::formats::options::Options;
use annotator::model::*;

/// What is read of files that belong together, by nobody told which format they are of.
pub fn read(files: &[InFile], here: &Workspace) -> Reading {
    read_with(files, here, &[])
}

/// The same with choices.
pub fn read_with(files: &[InFile], here: &Workspace, chosen: &[(&str, &str)]) -> Reading {
    try_read(files, here, chosen).unwrap_or_else(|why| panic!("{why}"))
}

/// The same, or why nothing can be read.
pub fn try_read(files: &[InFile], here: &Workspace, chosen: &[(&str, &str)]) -> Result<Reading, String> {
    let (groups, unknown) = catalog::group(files, None);
    assert_eq!((groups.len(), unknown.len()), (1, 0), "one format and all files of it");
    let reads = groups[0].format.reads.as_ref().expect("it is read");
    let mut options = Options::of(reads.options);
    chosen.iter().for_each(|(id, value)| options.set(id, value).expect("a choice"));
    let context = Context { here, taken: &[], now: &moment(50), options: &options, progress: &|_| {} };
    (reads.read)(&groups[0].files, &context).map_err(|why| why.to_string())
}

/// What a format writes of a reading with its articles, by name and text.
pub fn written(format: &Format, reading: &Reading, chosen: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut workspace = blank(&Workspace::default());
    workspace = import(reading, &workspace);
    written_of(format, &workspace, chosen)
}

/// What a format writes of a workspace, by name and text.
pub fn written_of(format: &Format, workspace: &Workspace, chosen: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut options = Options::of(format.writes.as_ref().expect("it is written").options);
    chosen.iter().for_each(|(id, value)| options.set(id, value).expect("a choice"));
    let written = write_all(format, workspace, &options);
    written.files.into_iter().map(|file| (file.name, file.text)).collect()
}
