//! JSON Lines as Prodigy, spaCy and Hugging Face datasets have them: a text and its spans on each line.
//!
//! Offsets count code points, ends exclusive (Python's slices; `token_end` is inclusive). A line is one annotator's
//! work on one article. Every line has the same fields with the same types, which the readers of Hugging Face
//! need. Besides, these forms of spaCy are read: `Doc.to_json` (`ents`, or `spans` by their group) and training
//! tuples (`[text, {"entities": [[start, end, label]]}]`).
//!
//! Sources: the tasks that Prodigy documents (`text`, `spans`, `tokens`, `relations`, `meta`, `_annotator_id`),
//! `Doc.to_json` of spaCy 3, and what `datasets` infers of the types of columns.

mod read;
mod tokens;
mod write;

use crate::formats::catalog::{Format, Likeness, Reads, Writes, alone, whole};
use crate::formats::file::InFile;
use crate::formats::json::{Document, Kind};
use crate::formats::loss::{Annotators, Holds, Links, Unknown, Words};
use crate::formats::options::{self, Choice, Options, UNIT, WORDS};
use crate::formats::rows::{self, has};

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "jsonl",
    name: "JSON Lines with spans",
    about: "For Prodigy, spaCy and Hugging Face datasets",
    extensions: &["jsonl", "ndjson"],
    looks_like,
    goes_with: alone,
    work: whole,
    reads: Some(Reads { read: read::read, options: &[UNIT] }),
    writes: Some(Writes { write: write::write, holds, options: &[RELATIONS, TOKENS, WORDS] }),
};

/// How links are written.
const RELATIONS: Choice = Choice {
    id: options::RELATIONS,
    name: "Links",
    values: &[
        ("ids", "by the ids of their annotations"),
        ("tokens", "by ids and, for Prodigy, by tokens"),
        ("no", "not written"),
    ],
};

/// Whether tokens are written.
const TOKENS: Choice = Choice {
    id: "tokens",
    name: "Tokens",
    values: &[("no", "not written"), ("yes", "words and what stands between them, cut at the edges of annotations")],
};

/// Fields of an article that stand in `meta`.
const META: &[&str] = &["title", "source", "date", "byline", "extractor"];

fn holds(options: &Options) -> Holds {
    let written = if options.is(&RELATIONS, "no") { Links::Lost } else { Links::Inside };
    Holds {
        ids: true,
        fields: META,
        annotators: Annotators::Held,
        words: if options.is(&WORDS, "widen") { Words::Widened } else { Words::Doubtful },
        attributes: true,
        links: written,
        notes: true,
        status: true,
        extra: Unknown::Own,
        ..Holds::SPANS
    }
}

fn looks_like(file: &InFile) -> Likeness {
    let Some(row) = rows::first(&file.text) else { return Likeness::No };
    let document = Document::parse(&row);
    let Some(root) = document.root() else { return Likeness::No };
    if root.kind() == Kind::List {
        let is_training = root.items().nth(1).is_some_and(|said| has(said, "entities") || has(said, "spans"));
        return if is_training { Likeness::Sure } else { Likeness::No };
    }
    let of_it = ["spans", "ents", "tokens", "answer", "_input_hash", "_task_hash", "_annotator_id"];
    match (has(root, "text"), of_it.iter().any(|name| has(root, name))) {
        (true, true) => Likeness::Sure,
        (true, false) => Likeness::Possible,
        _ => Likeness::No,
    }
}
