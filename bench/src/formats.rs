//! Every format, natively: a book with its marks written, and read back until it is in a workspace.
//!
//! Reading is all that a person waits for: finding out the format, reading, planning the changes and making them. Formats
//! without texts are read where the article is already. What is written is checked nowhere here.

use crate::corpus;
use crate::machine;
use crate::report::{self, Row};
use crate::table;
use annotator::formats;
use annotator::formats::catalog::{self, Context, FORMATS, Format, Job};
use annotator::formats::file::InFile;
use annotator::formats::options::Options;
use annotator::model::{Change, Workspace};
use e2e::{Result, setup};
use std::time::Instant;

/// The name of this part.
pub const NAME: &str = "formats";
const TITLE: &str = "Every format: written, and read until it is here, natively";
/// How often each is done; the median counts.
const TIMES: usize = 5;

/// Measures all formats, prints the table and keeps it.
pub fn run() -> Result<()> {
    let start = Instant::now();
    let rows = rows();
    let seconds = start.elapsed().as_secs_f64();
    let part = report::part(TITLE, seconds, &rows);
    println!("\n{}\n{seconds:.0} s", report::table(&part));
    report::keep(&setup::root().join("bench"), &machine::native(), &[(NAME, part)])
}

fn rows() -> Vec<Row> {
    let workspace = corpus::state(1_000_000, 10_000).workspace;
    let written = FORMATS.iter().filter(|format| format.writes.is_some());
    written.flat_map(|format| measure(format, &workspace)).collect()
}

fn measure(format: &'static Format, workspace: &Workspace) -> Vec<Row> {
    let row = |what: &str, time: f64| Row::new(format!("{}: {what}", format.name), "1 MB / 10,000", time);
    let mut rows = vec![row("write", time(|| write(format, workspace)))];
    if format.reads.is_some() {
        let files = write(format, workspace);
        let here = without_marks(workspace, !holds_texts(format));
        rows.push(row("read", time(|| read(&files, &here))));
    }
    rows
}

/// The files of a workspace.
fn write(format: &Format, workspace: &Workspace) -> Vec<InFile> {
    let options = format.writes.as_ref().map_or_else(Options::default, |writes| Options::of(writes.options));
    let stamp = corpus::stamp();
    let job = Job { options: &options, exported: &stamp.now, generator: "bench", stem: "work", progress: &|_| {} };
    let written = catalog::write(format, workspace, &job).map(|written| written.files).unwrap_or_default();
    written.into_iter().map(|file| InFile::new(file.name, &file.text)).collect()
}

fn holds_texts(format: &Format) -> bool {
    format.writes.as_ref().is_some_and(|writes| (writes.holds)(&Options::of(writes.options)).texts)
}

/// A workspace as it was before, with the articles or without.
fn without_marks(workspace: &Workspace, with_articles: bool) -> Workspace {
    let mut bare = Workspace::default();
    for article in workspace.articles().into_iter().filter(|_| with_articles) {
        bare.apply(&Change::Article { before: None, after: Some(article.clone()) });
    }
    bare
}

/// Reads files into a workspace; gives how many annotations were kept.
fn read(files: &[InFile], here: &Workspace) -> usize {
    let stamp = corpus::stamp();
    let (groups, _) = catalog::group(files, None);
    let (mut after, mut kept) = (here.clone(), 0);
    for group in groups {
        let Some(reads) = &group.format.reads else { continue };
        let options = Options::of(reads.options);
        let context = Context { here: &after, taken: &[], now: &stamp.now, options: &options, progress: &|_| {} };
        let Ok(reading) = (reads.read)(&group.files, &context) else { continue };
        let plan = formats::plan(&reading, &after, &stamp.writer, &stamp.now);
        after.apply_all(&plan.changes);
        kept += reading.counts.kept;
    }
    kept
}

/// The median of a few runs in milliseconds: some take seconds.
fn time<T>(mut work: impl FnMut() -> T) -> f64 {
    table::median((0..TIMES).map(|_| table::once(&mut work)).collect())
}
