//! Every format that is read or written, and finding out which one a file is of.
//!
//! A format is one value of [`Format`] and one line in [`FORMATS`]. Its reader and writer are plain functions;
//! whatever they share stands in [`crate::formats::draft`] and [`crate::formats::loss`]. Nothing here
//! reads or writes by itself.

use crate::formats::file::{InFile, OutFile};
use crate::formats::loss::{Holds, Loss, fit};
use crate::formats::options::{Choice, Options};
use crate::formats::{
    Place, Reading, brat, cas_json, conll, doccano, hypothesis, jsonl, label_studio, plain, project, report, table,
    tei, w3c,
};
use crate::model::{Article, SheetKey, Timestamp, Workspace};
use std::fmt;
use std::rc::Rc;

/// All formats, in the order in which they are offered. Of those that a file looks like equally, the first is
/// taken.
pub const FORMATS: &[&Format] = &[
    &project::ENTRY,
    &jsonl::FORMAT,
    &doccano::FORMAT,
    &table::FORMAT,
    &brat::FORMAT,
    &label_studio::FORMAT,
    &conll::FORMAT,
    &cas_json::FORMAT,
    &w3c::FORMAT,
    &hypothesis::FORMAT,
    &tei::FORMAT,
    &report::FORMAT,
    &plain::FORMAT,
];

/// One format.
pub struct Format {
    /// What it is chosen by; also the key under which fields that only it knows are kept.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Who reads and writes it, in a sentence.
    pub about: &'static str,
    /// What its files' names end in, in small letters; the first is what is written.
    pub extensions: &'static [&'static str],
    /// How much a file's text looks like it. Called with files of any kind.
    pub looks_like: fn(&InFile) -> Likeness,
    /// Whether another file belongs to a file of this format, such as the text to offsets that stand apart; it
    /// is then read with it alone.
    pub goes_with: fn(main: &InFile, other: &InFile) -> bool,
    /// What tells the work and the annotator that a file for one of their labels is of, where there are such files;
    /// those that are alike in it are read together.
    pub work: fn(&InFile) -> Option<String>,
    /// How it is read; `None` where it is only written.
    pub reads: Option<Reads>,
    /// How it is written; `None` where it is only read.
    pub writes: Option<Writes>,
}

impl Format {
    /// Whether there are files of it without the texts that their annotations are on. They are read after those that
    /// bring articles.
    pub fn may_lack_texts(&self) -> bool {
        let Some(writes) = &self.writes else { return false };
        let lacks = |options: &Options| !(writes.holds)(options).texts;
        let chosen = |choice: &Choice, value: &str| {
            let mut options = Options::of(writes.options);
            options.set(choice.id, value).is_ok() && lacks(&options)
        };
        let mut choices = writes.options.iter();
        lacks(&Options::of(writes.options))
            || choices.any(|choice| choice.values.iter().any(|(value, _)| chosen(choice, value)))
    }
}

/// How a format is read.
pub struct Reads {
    /// Reads a file with those that belong to it, the main one first.
    pub read: fn(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal>,
    /// What can be chosen.
    pub options: &'static [Choice],
}

/// How a format is written.
pub struct Writes {
    /// Writes all of a workspace, which holds nothing that the format does not.
    pub write: fn(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile>,
    /// What the format can hold.
    pub holds: fn(&Options) -> Holds,
    /// What can be chosen.
    pub options: &'static [Choice],
}

/// How much a file looks like a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// It can't be of it, unless its name says so.
    No,
    /// Nothing speaks against it.
    Possible,
    /// It has the form.
    Likely,
    /// It says so, or has what no other format has.
    Sure,
}

/// What a file is read against.
pub struct Context<'a> {
    /// What is here: its labels are taken where the file has the same, its articles where the file has no text.
    pub here: &'a Workspace,
    /// The time of the import, for what bears no time in the file.
    pub now: &'a Timestamp,
    /// The sheets that other files of the same import went to that name nobody. Somebody else's work goes to others.
    pub taken: &'a [SheetKey],
    /// What was chosen, of [`Reads::options`].
    pub options: &'a Options,
    /// Hears now and then how much was read, from 0 to 1.
    pub progress: &'a dyn Fn(f64),
}

/// What a file is written for.
pub struct Job<'a> {
    /// What was chosen, of [`Writes::options`].
    pub options: &'a Options,
    /// When.
    pub exported: &'a Timestamp,
    /// The program and its version.
    pub generator: &'a str,
    /// The start of the names of files: small ASCII letters, digits, `-`, `_` and `.`.
    pub stem: &'a str,
    /// Hears now and then how much was written, from 0 to 1.
    pub progress: &'a dyn Fn(f64),
}

impl Job<'_> {
    /// The articles of a workspace one by one, of which progress is said.
    pub fn articles<'w>(&self, workspace: &'w Workspace) -> impl Iterator<Item = &'w Rc<Article>> {
        let articles = workspace.articles();
        let all = articles.len() as f64;
        articles.into_iter().enumerate().map(move |(at, article)| {
            (self.progress)(at as f64 / all);
            article
        })
    }

    /// The one file of a format that has only one.
    pub fn file(&self, extension: &str, text: String) -> Vec<OutFile> {
        vec![OutFile { name: format!("{}.{extension}", self.stem), text }]
    }
}

/// Why a file can't be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where, if it is of one place.
    pub place: Option<Place>,
    /// What was wrong, as a sentence without a full stop.
    pub message: String,
}

impl Refusal {
    /// A refusal of no one place.
    pub fn new(message: impl Into<String>) -> Self {
        Self { place: None, message: message.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Refusal {}

/// For [`Format::goes_with`] of a format whose files stand alone.
pub fn alone(_: &InFile, _: &InFile) -> bool {
    false
}

/// For [`Format::work`] of a format that has no files for one label.
pub fn whole(_: &InFile) -> Option<String> {
    None
}

/// The format with an id.
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id).copied()
}

/// The format that a file is most likely of: the first that it surely is, else by what is in it first and by its
/// name second; `None` where it looks like nothing that can be read.
pub fn detect(file: &InFile) -> Option<&'static Format> {
    let extension = file.extension();
    let mut best: Option<(u32, &Format)> = None;
    for format in FORMATS.iter().copied().filter(|format| format.reads.is_some()) {
        let by_content = match (format.looks_like)(file) {
            Likeness::No => 0,
            Likeness::Possible => 1,
            Likeness::Likely => 4,
            // To look on would take time, and large files take much.
            Likeness::Sure => return Some(format),
        };
        let score = by_content + if format.extensions.contains(&extension.as_str()) { 2 } else { 0 };
        if score > best.map_or(0, |(score, _)| score) {
            best = Some((score, format));
        }
    }
    best.map(|(_, format)| format)
}

/// Files that are read together.
pub struct Group<'a> {
    /// Their format.
    pub format: &'static Format,
    /// The main one first.
    pub files: Vec<&'a InFile>,
}

/// Puts files together with those that belong to them, in the order in which they came. `format` is what the
/// person said they are. Gives those apart that look like nothing that can be read. A file that is there twice, by name
/// and text, is taken once.
pub fn group<'a>(files: &'a [InFile], format: Option<&'static Format>) -> (Vec<Group<'a>>, Vec<&'a InFile>) {
    let formats: Vec<_> = files.iter().map(|file| format.or_else(|| detect(file))).collect();
    let works: Vec<_> = files.iter().zip(&formats).map(|(file, format)| (format.as_ref()?.work)(file)).collect();
    let belongs = |other: usize, main: usize| {
        let is_of_work = main < other && works[main].is_some() && works[main] == works[other];
        other != main
            && (is_of_work || formats[main].is_some_and(|format| (format.goes_with)(&files[main], &files[other])))
    };
    let (mut groups, mut unknown) = (Vec::new(), Vec::new());
    for (main, file) in files.iter().enumerate() {
        match formats[main] {
            _ if (0..files.len()).any(|other| belongs(main, other)) || files[..main].contains(file) => {}
            None => unknown.push(file),
            Some(format) => {
                let others = (0..files.len()).filter(|other| belongs(*other, main)).map(|other| &files[other]);
                groups.push(Group { format, files: std::iter::once(file).chain(others).collect() });
            }
        }
    }
    (groups, unknown)
}

/// What came of writing.
pub struct Written {
    /// The files.
    pub files: Vec<OutFile>,
    /// What of the work is not in them.
    pub loss: Loss,
}

/// Writes all of a workspace; `None` where the format is only read.
pub fn write(format: &Format, workspace: &Workspace, job: &Job<'_>) -> Option<Written> {
    let writes = format.writes.as_ref()?;
    let holds = (writes.holds)(job.options);
    let (parts, loss) = fit(workspace, &holds, format.id);
    let mut files = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let progress = |done: f64| (job.progress)((at as f64 + done) / parts.len() as f64);
        let stem = if part.name.is_empty() { job.stem.to_owned() } else { format!("{}.{}", job.stem, part.name) };
        for file in (writes.write)(&part.workspace, &Job { stem: &stem, progress: &progress, ..*job }) {
            add(&mut files, file, &stem);
        }
    }
    Some(Written { files, loss })
}

/// Adds a file of a part. Where another part has one of that name, it gets the part's name in front; the same file is
/// not there twice.
fn add(files: &mut Vec<OutFile>, mut file: OutFile, stem: &str) {
    match files.iter().find(|other| other.name == file.name) {
        Some(other) if other.text == file.text => return,
        Some(_) => file.name = format!("{stem}.{}", file.name),
        None => {}
    }
    files.push(file);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_files_have_one_name() {
        let mut files = Vec::new();
        for (name, text) in [("a.conf", "1"), ("b.txt", "1"), ("a.conf", "1"), ("a.conf", "2")] {
            add(&mut files, OutFile { name: name.into(), text: text.into() }, "work.b2");
        }
        let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a.conf", "b.txt", "work.b2.a.conf"]);
    }

    #[test]
    fn ids_and_choices_are_told_apart() {
        for (at, format) in FORMATS.iter().enumerate() {
            assert!(FORMATS[..at].iter().all(|other| other.id != format.id), "{} is there twice", format.id);
            assert!(format.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            assert!(format.reads.is_some() || format.writes.is_some());
            let reading = format.reads.iter().flat_map(|reads| reads.options);
            let writing = format.writes.iter().flat_map(|writes| writes.options);
            assert!(reading.chain(writing).all(|choice| choice.values.len() > 1), "{}", format.id);
        }
    }

    #[test]
    fn some_formats_need_articles_that_are_there_already() {
        let lacking: Vec<_> = FORMATS.iter().filter(|format| format.may_lack_texts()).map(|format| format.id).collect();
        assert_eq!(lacking, ["csv", "conll", "w3c", "hypothesis"]);
    }

    #[test]
    fn a_file_is_known_by_what_is_in_it_and_then_by_its_name() {
        for (name, text, expected) in [
            ("a.txt", "{\"format\":\"annotator-project\"}", Some("project")),
            ("a.json", "{\"format\":\"ann", Some("project")),
            ("a.txt", "We open at nine.", Some("text")),
            ("notes", "We open at nine.", Some("text")),
            ("a.png", "\u{89}PNG\0", None),
        ] {
            let found = detect(&InFile::new(name, text)).map(|format| format.id);
            assert_eq!(found, expected, "{name} with {text}");
        }
    }
}
