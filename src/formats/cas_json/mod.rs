//! UIMA CAS JSON 0.4, for INCEpTION and the Python library cassis: a text, its annotations, and the types of both.
//!
//! Offsets count UTF-16 units, ends exclusive; the specification says so, and files quote nothing, so that ours quote
//! every annotation in a feature of its own (`quotation`). A file holds one article of one annotator. Labels are
//! annotations of the type `custom.Span`, links relations of the type `custom.Relation`, as in the layers that INCEpTION
//! offers for a new project: their label stands in the feature `label`. Attributes, notes and status are further
//! features, with names that such features may have. The types travel along.
//!
//! From other projects every type of annotation is understood that is no token, sentence or other linguistic layer of
//! DKPro. The label is its feature `label` or `value`, else its own name. It goes back as it came.
//!
//! Sources: the draft specification of Apache UIMA (`uimaj-io-jsoncas`), cassis (`json.py`), INCEpTION's layers.

mod read;
mod types;
mod write;

use crate::formats::catalog::{Format, Likeness, Reads, Writes, alone, whole};
use crate::formats::file::InFile;
use crate::formats::json::Document;
use crate::formats::loss::{Annotators, Holds, Links, Unknown};
use crate::formats::names;
use crate::formats::options::{ANNOTATORS, Choice, Options, UNIT};
use crate::formats::rows::{self, has};

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "cas-json",
    name: "UIMA CAS JSON",
    about: "A file for each article, for INCEpTION and cassis",
    extensions: &["json"],
    looks_like,
    goes_with: alone,
    work: whole,
    reads: Some(Reads { read: read::read, options: &[UNIT] }),
    writes: Some(Writes { write: write::write, holds, options: &[FEATURES, ANNOTATORS] }),
};

/// What is written of an annotation.
const FEATURES: Choice = Choice {
    id: "features",
    name: "Features",
    values: &[
        ("all", "label, attributes, note, status and quotation"),
        ("label", "the label alone, for INCEpTION's basic layers as they are"),
    ],
};

/// The types that are written.
const SPAN: &str = "custom.Span";
const RELATION: &str = "custom.Relation";
const METADATA: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
const SOFA: &str = "uima.cas.Sofa";
/// Features of their own.
const LABEL: &str = "label";
const NOTE: &str = "note";
const STATUS: &str = "status";
const QUOTATION: &str = "quotation";
/// The language of a text of which none is known.
const NO_LANGUAGE: &str = "x-unspecified";

fn holds(options: &Options) -> Holds {
    let all = options.is(&FEATURES, "all");
    Holds {
        fields: &["title"],
        annotators: if options.is(&ANNOTATORS, "own") { Annotators::Own } else { Annotators::Each },
        attributes: all,
        links: Links::Inside,
        notes: all,
        status: all,
        extra: Unknown::Own,
        ..Holds::SPANS
    }
}

fn looks_like(file: &InFile) -> Likeness {
    if !["\"%FEATURE_STRUCTURES\"", "\"%VIEWS\""].iter().any(|name| file.text.contains(name)) {
        return Likeness::No;
    }
    let first = rows::first(&file.text).unwrap_or_default();
    let document = Document::parse(&first);
    match document.root() {
        Some(root) if ["%FEATURE_STRUCTURES", "%VIEWS"].iter().any(|name| has(root, name)) => Likeness::Sure,
        // It may be cut off.
        _ if file.text.trim_start().starts_with('{') => Likeness::Likely,
        _ => Likeness::No,
    }
}

/// Begins the name of a feature that would be none, or that means something else.
const PREFIX: &str = "attribute_";

/// The feature of an attribute: letters, digits and `_`, a letter first.
fn feature(attribute: &str) -> String {
    let name = names::escaped(attribute, |c| c.is_ascii_alphanumeric() || c == '_');
    let taken =
        [LABEL, NOTE, STATUS, QUOTATION, "begin", "end", "sofa", "self", "type", "value", "Governor", "Dependent"];
    let is_free = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.starts_with(PREFIX);
    if is_free && !taken.contains(&name.as_str()) { name } else { format!("{PREFIX}{name}") }
}

/// The attribute of a feature.
fn attribute(feature: &str) -> String {
    names::unescaped(feature.strip_prefix(PREFIX).unwrap_or(feature))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_is_known_by_its_parts() {
        for (text, expected) in [
            (r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[],"%VIEWS":{}}"#, Likeness::Sure),
            (r#"{"%TYPES":{},"%VIEWS":{}}"#, Likeness::Sure),
            ("{\n \"%TYPES\": {},\n \"%FEATURE_STRUCTURES\": [ {", Likeness::Likely),
            (r#"{"text":"\"%FEATURE_STRUCTURES\""}"#, Likeness::No),
            ("", Likeness::No),
        ] {
            assert_eq!(looks_like(&InFile::new("a", text)), expected, "{text:?}");
        }
    }

    #[test]
    fn attributes_get_names_that_features_may_have() {
        for (name, expected) in [
            ("form", "form"),
            ("same-as", "same_x002D_as"),
            ("label", "attribute_label"),
            ("3rd", "attribute_3rd"),
            ("é", "attribute__x00E9_"),
            ("attribute_x", "attribute_attribute_x"),
        ] {
            assert_eq!(feature(name), expected);
        }
    }

    proptest! {
        #[test]
        fn every_attribute_comes_back(name in "(attribute_|label|_x|[0-9A-F]{4}|_|é){0,6}|.{0,12}") {
            prop_assert_eq!(attribute(&feature(&name)), name);
        }
    }
}
