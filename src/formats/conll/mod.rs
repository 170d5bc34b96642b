//! CoNLL: a token and its tag on each line, in IOB2 or BILOU.
//!
//! Tokens are words and marks, cut at the edges of annotations so that none of these moves. They hold no white space and
//! no control characters, and the file does not say what stood between them. A blank line ends a line of the text, or a
//! sentence, but never inside an annotation. `-DOCSTART-` begins an article where there are several. A tag holds one
//! label, so that annotations that overlap go into a file for each label, or only the outermost is written. Labels are
//! escaped as `names` says where they hold white space.
//!
//! When a file is read, an article that is here and has just these tokens is taken, with its offsets and its text;
//! else the tokens are joined by blanks, which is said. Files for each label of one work are read together. The last column is the tag; IOB1, IOBES and their like are
//! understood alike.
//!
//! Sources: the shared task of CoNLL-2003, the importers of doccano and INCEpTION, and seqeval's strict mode.

mod read;
mod tags;
mod tokens;
mod write;

use crate::formats::catalog::{Format, Likeness, Reads, Writes, alone};
use crate::formats::file::InFile;
use crate::formats::loss::{Annotators, Holds, Overlap};
use crate::formats::names;
use crate::formats::options::{ANNOTATORS, Choice, OVERLAP, Options};
use crate::formats::per_label;

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "conll",
    name: "CoNLL with IOB2 or BILOU tags",
    about: "Tokens with their tags, for trainers of taggers",
    extensions: &["conll", "iob", "bio", "bilou"],
    looks_like,
    goes_with: alone,
    work: |file| per_label::work(file, &first_label(file)?),
    reads: Some(Reads { read: read::read, options: &[] }),
    writes: Some(Writes { write: write::write, holds, options: &[TAGS, COLUMNS, SENTENCES, OVERLAP, ANNOTATORS] }),
};

/// How tags say where an annotation begins and ends.
const TAGS: Choice = Choice {
    id: "tags",
    name: "Tags",
    values: &[
        ("iob2", "B at the beginning, I inside"),
        ("bilou", "B at the beginning, I inside, L at the last, U on a single token"),
    ],
};

/// What stands on a line.
const COLUMNS: Choice = Choice {
    id: "columns",
    name: "Columns",
    values: &[("two", "token and tag with a tab between"), ("four", "four with blanks between, as in CoNLL-2003")],
};

/// What blank lines say.
const SENTENCES: Choice = Choice {
    id: "blank-lines",
    name: "Blank lines",
    values: &[("lines", "at the ends of lines"), ("sentences", "at the ends of sentences and lines")],
};

/// Begins an article.
const START: &str = "-DOCSTART-";

fn holds(options: &Options) -> Holds {
    Holds {
        texts: false,
        annotators: if options.is(&ANNOTATORS, "own") { Annotators::Own } else { Annotators::Each },
        overlap: if options.is(&OVERLAP, "outermost") { Overlap::Outermost } else { Overlap::PerLabel },
        edges: false,
        ..Holds::SPANS
    }
}

/// The first label in a file.
fn first_label(file: &InFile) -> Option<String> {
    let mut tags = file.text.lines().filter_map(|line| tags::Tag::parse(read::columns(line).last()?));
    Some(names::unescaped(tags.next()?.label))
}

/// How many lines are looked at to tell what a file is.
const LOOKED_AT: usize = 50;

fn looks_like(file: &InFile) -> Likeness {
    let mut likeness = Likeness::No;
    for line in file.text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT) {
        let columns = read::columns(line);
        match columns.as_slice() {
            [START, ..] => likeness = Likeness::Sure,
            [_, .., "O"] => likeness = likeness.max(Likeness::Likely),
            [_, .., tag] if tags::Tag::parse(tag).is_some() => likeness = Likeness::Sure,
            [first, ..] if first.starts_with('#') => {}
            _ => return Likeness::No,
        }
    }
    likeness
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_with_tags_are_known_by_their_tags() {
        for (text, expected) in [
            ("Ann\tB-PER\nsaid\tO\n", Likeness::Sure),
            ("-DOCSTART- -X- O O\n\nAnn NNP B-NP I-PER\n", Likeness::Sure),
            ("# id = 4\nsaid\tO\n", Likeness::Likely),
            ("said\tVBD\n", Likeness::No),
            ("label\ttext\nquote\tB-PER\n", Likeness::No),
            ("O\nB-PER\n", Likeness::No),
            ("", Likeness::No),
        ] {
            assert_eq!(looks_like(&InFile::new("a", text)), expected, "{text:?}");
        }
    }
}
