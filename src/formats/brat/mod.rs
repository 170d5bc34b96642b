//! brat standoff: a text in one file (`.txt`), what is said of it in another (`.ann`), a statement on each line.
//!
//! Offsets count code points, ends exclusive. A piece may not hold a line break, so that an annotation over one is
//! written as several pieces; pieces with only white space between are one again when they are read, others become
//! linked annotations. Links are relations, or arguments of events where they came as such. Names of labels, links and
//! attributes, and values, are escaped as `names` says; a note that does not fit on a line is of type
//! `EscapedNotes`, with backslashes as in C. That nobody has confirmed an annotation yet is its attribute
//! `Status`. The numbers of annotations come back. Nothing is held of an article but its text.
//!
//! With the files goes an `annotation.conf` that declares what is in them. It is not read.
//!
//! Sources: brat's server (`annotation.py`, `projectconfig.py`) and its page on the standoff format.

mod conf;
mod lines;
mod note;
mod read;
mod write;

use crate::formats::catalog::{Format, Likeness, Reads, Writes, whole};
use crate::formats::file::InFile;
use crate::formats::loss::{Annotators, Holds, Links, Unknown};
use crate::formats::names;
use crate::formats::options::{ANNOTATORS, Options, UNIT};

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "brat",
    name: "brat standoff",
    about: "A text and a file of annotations for each article, for brat and INCEpTION",
    extensions: &["ann"],
    looks_like,
    goes_with,
    work: whole,
    reads: Some(Reads { read: read::read, options: &[UNIT] }),
    writes: Some(Writes { write: write::write, holds, options: &[ANNOTATORS] }),
};

/// The attribute that says whether a person stands behind an annotation.
const STATUS: &str = "Status";
/// The relation that says that two annotations are pieces of one, where they can't be written as one.
const FRAGMENT: &str = "Fragment";
/// Notes as brat's page makes them.
const NOTES: &str = "AnnotatorNotes";
/// Notes that hold what a line can't.
const ESCAPED_NOTES: &str = "EscapedNotes";
/// The value that stands for none; brat can't have an empty one.
const NO_VALUE: &str = "_x_";
/// What an attribute without a value says.
const TRUE: &str = "true";

fn holds(options: &Options) -> Holds {
    Holds {
        annotators: if options.is(&ANNOTATORS, "own") { Annotators::Own } else { Annotators::Each },
        edges: false,
        attributes: true,
        links: Links::Inside,
        notes: true,
        status: true,
        fragments: true,
        extra: Unknown::Own,
        ..Holds::SPANS
    }
}

/// How many lines are looked at to tell what a file is.
const LOOKED_AT: usize = 20;

fn looks_like(file: &InFile) -> Likeness {
    let mut lines = file.text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT).peekable();
    let has_any = lines.peek().is_some();
    if has_any && lines.all(|line| lines::parse(line).is_ok()) { Likeness::Sure } else { Likeness::No }
}

/// The text of the same name, and the settings of a collection, whatever it is called.
fn goes_with(main: &InFile, other: &InFile) -> bool {
    match other.extension().as_str() {
        "txt" => other.path_stem() == main.path_stem(),
        "conf" => true,
        _ => false,
    }
}

/// A name that brat allows.
fn type_name(name: &str) -> String {
    names::escaped(name, is_in_types)
}

fn is_in_types(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_statements_is_known_by_them() {
        for (text, expected) in [
            ("T1\tQuote 0 4\t“no”\n", Likeness::Sure),
            ("\nR1\tSpeaker Arg1:T1 Arg2:T2\nA1\tStance T2\n", Likeness::Sure),
            ("T1\tQuote 0 4\t“no”\nand so on", Likeness::No),
            ("T1\tTitle\n", Likeness::No),
            ("id\ttext\n1\tT1", Likeness::No),
            ("", Likeness::No),
        ] {
            assert_eq!(looks_like(&InFile::new("a", text)), expected, "{text:?}");
        }
    }
}
