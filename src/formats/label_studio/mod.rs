//! Label Studio's JSON: a list of tasks, each a text with what annotators and models said of it.
//!
//! Offsets count code points, ends exclusive. Where a region quotes its words, each line break in them is a backslash
//! and an `n`. What nobody has confirmed yet goes into predictions, and predictions come in so. Attributes are results of
//! their own on the region (`choices` where the label scheme has values for them, else `textarea`), notes its
//! `meta.text`, links relations. A relation may only lead to a region of the same list, so that a link between a
//! confirmed annotation and a proposed one stands beside the list (`links`), where Label Studio does not see it.
//! Label Studio refuses annotators that it does not know as `completed_by`, so that their codes stand under
//! `annotator`, which it passes over.
//!
//! With the tasks goes the labelling configuration that the project needs. When it is read, it says which field of the
//! data is the text.
//!
//! Sources: Label Studio's documentation of tasks, predictions and tags, and its importer (`tasks/serializers.py`).

mod config;
mod read;
mod results;
mod write;

use crate::formats::catalog::{Format, Likeness, Reads, Writes, whole};
use crate::formats::draft::Quoting;
use crate::formats::file::InFile;
use crate::formats::json::{Document, Kind};
use crate::formats::loss::{Annotators, Holds, Links, Unknown};
use crate::formats::names;
use crate::formats::options::{Options, UNIT};
use crate::formats::rows::{self, has};
use crate::model::{LabelScheme, ValueKind};
use std::borrow::Cow;

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "label-studio",
    name: "Label Studio",
    about: "Tasks with annotations and predictions, and the labelling configuration for them",
    extensions: &["json"],
    looks_like,
    goes_with,
    work: whole,
    reads: Some(Reads { read: read::read, options: &[UNIT] }),
    writes: Some(Writes { write: write::write, holds, options: &[] }),
};

/// The names of tags that are no attribute's.
const LABEL: &str = "label";
const TEXT: &str = "text";
/// Facts about an article that stand in its data.
const FACTS: &[&str] = &["title", "source", "date", "byline", "extractor"];

/// How regions quote words.
const QUOTING: Quoting = Quoting { words: quoted, joint: "" };

fn quoted(words: &str) -> Cow<'_, str> {
    if words.contains(['\n', '\r']) { words.replace(['\n', '\r'], "\\n").into() } else { words.into() }
}

fn holds(_: &Options) -> Holds {
    Holds {
        ids: true,
        fields: FACTS,
        annotators: Annotators::Held,
        attributes: true,
        links: Links::Inside,
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
    let data = root.fields().find(|(name, _)| name.text().is_some_and(|(name, _)| name == "data"));
    let Some((_, data)) = data.filter(|(_, data)| data.kind() == Kind::Object) else { return Likeness::No };
    if ["annotations", "predictions", "completions"].iter().any(|name| has(root, name)) {
        return Likeness::Sure;
    }
    if has(data, TEXT) { Likeness::Likely } else { Likeness::No }
}

/// The labelling configuration of the same name.
fn goes_with(main: &InFile, other: &InFile) -> bool {
    other.extension() == "xml" && other.path_stem() == main.path_stem() && other.text.contains("<View")
}

/// Whether an attribute is chosen from values, and not free words.
fn is_choice(scheme: &LabelScheme, attribute: &str) -> bool {
    let known = scheme.labels.iter().flat_map(|label| &label.attributes);
    let mut known = known.filter(|known| known.id.as_str() == attribute).peekable();
    known.peek().is_some() && known.all(|attribute| attribute.kind() != ValueKind::Text)
}

/// The name of an attribute's tag.
fn tag_name(attribute: &str) -> String {
    let is_allowed = |c: char| !c.is_control();
    if [LABEL, TEXT].contains(&attribute) {
        names::set_apart(attribute, is_allowed)
    } else {
        names::escaped(attribute, is_allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_known_by_their_data() {
        for (text, expected) in [
            (r#"[{"data":{"text":"No"},"predictions":[]}]"#, Likeness::Sure),
            ("[\n {\"id\":1,\n \"annotations\":[],\"data\":{\"article\":\"No\"}}]", Likeness::Sure),
            (r#"{"data":{"text":"No"}}"#, Likeness::Likely),
            (r#"{"data":[1],"annotations":[]}"#, Likeness::No),
            (r#"[{"text":"No","label":[]}]"#, Likeness::No),
            ("", Likeness::No),
        ] {
            assert_eq!(looks_like(&InFile::new("a", text)), expected, "{text:?}");
        }
    }
}
