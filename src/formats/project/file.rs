//! The form of the project file: which fields each of its objects has, in the order of writing.
//!
//! These types are for writing only and borrow everything; what is read goes through `reader`, which
//! forgives more than a type can. Unknown fields follow the known ones. Those of a part that has no
//! type of its own in the model (`quote`, `utf16`, a sheet, ...) are kept under the part's name.

use crate::model::*;
use crate::text::{Quotation, Text};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Known fields at the top.
pub(super) const FILE: &[&str] =
    &["format", "version", "generator", "exported", "units", "scheme", "annotators", "articles", "sheets"];
/// Known fields of an annotator.
pub(super) const ANNOTATOR: &[&str] = &["code"];
/// Known fields of an article.
pub(super) const ARTICLE: &[&str] =
    &["id", "title", "source", "date", "encoding", "done", "created", "changed", "text", "sha256", "length"];
/// Known fields of an article's lengths.
pub(super) const LENGTH: &[&str] = &["code_points", "utf16", "bytes"];
/// Known fields of a sheet.
pub(super) const SHEET: &[&str] = &["article", "annotator", "annotations"];
/// Known fields of an annotation.
pub(super) const ANNOTATION: &[&str] = &[
    "id",
    "label",
    "start",
    "end",
    "utf16",
    "bytes",
    "quote",
    "attributes",
    "links",
    "note",
    "status",
    "created",
    "changed",
    "origin",
];
/// Known fields of a pair of offsets.
pub(super) const RANGE: &[&str] = &["start", "end"];
/// Known fields of a quotation.
pub(super) const QUOTE: &[&str] = &["exact", "prefix", "suffix"];

/// What the field `units` says, for whoever reads the file without its schema.
pub(super) const UNITS: &[(&str, &str)] = &[
    ("start", "Unicode code points from the start of the article's text, counted from 0"),
    ("end", "the same; exclusive: the first code point after the annotation"),
    ("utf16", "the same two offsets in UTF-16 code units"),
    ("bytes", "the same two offsets in bytes of the text's UTF-8"),
    ("prefix", "up to 32 code points right before the annotation"),
    ("suffix", "up to 32 code points right after the annotation"),
    ("sha256", "SHA-256 (FIPS 180-4) of the text's UTF-8, in hexadecimal digits"),
    ("times", "RFC 3339, UTC, with milliseconds"),
];

/// The whole file.
#[derive(Serialize)]
pub(super) struct File<'a> {
    pub(super) format: &'a str,
    pub(super) version: u32,
    pub(super) generator: &'a str,
    pub(super) exported: &'a Timestamp,
    #[serde(serialize_with = "pairs")]
    pub(super) units: &'a [(&'a str, &'a str)],
    pub(super) scheme: &'a LabelScheme,
    pub(super) annotators: Vec<AnnotatorPart<'a>>,
    pub(super) articles: Vec<ArticlePart<'a>>,
    pub(super) sheets: Vec<SheetPart<'a>>,
    #[serde(flatten)]
    pub(super) extra: Unknown<'a>,
}

/// An annotator.
#[derive(Serialize)]
pub(super) struct AnnotatorPart<'a> {
    pub(super) code: &'a AnnotatorCode,
    #[serde(flatten)]
    pub(super) extra: Unknown<'a>,
}

/// An article.
#[derive(Serialize)]
pub(super) struct ArticlePart<'a> {
    id: &'a ArticleId,
    title: &'a str,
    source: &'a str,
    date: &'a str,
    encoding: &'a str,
    done: bool,
    created: &'a Timestamp,
    changed: &'a Timestamp,
    text: &'a str,
    sha256: &'a str,
    length: LengthPart<'a>,
    #[serde(flatten)]
    extra: Unknown<'a>,
}

#[derive(Serialize)]
struct LengthPart<'a> {
    code_points: u32,
    utf16: u32,
    bytes: u32,
    #[serde(flatten)]
    extra: Unknown<'a>,
}

/// A sheet.
#[derive(Serialize)]
pub(super) struct SheetPart<'a> {
    pub(super) article: &'a ArticleId,
    pub(super) annotator: &'a AnnotatorCode,
    pub(super) annotations: Annotations<'a>,
    #[serde(flatten)]
    pub(super) extra: Unknown<'a>,
}

/// The annotations of a sheet, turned into their written form one at a time.
pub(super) struct Annotations<'a> {
    pub(super) text: &'a Text,
    pub(super) sheet: &'a Sheet,
}

#[derive(Serialize)]
struct AnnotationPart<'a> {
    id: &'a AnnotationId,
    label: &'a LabelId,
    start: u32,
    end: u32,
    utf16: RangePart<'a>,
    bytes: RangePart<'a>,
    quote: QuotePart<'a>,
    attributes: &'a BTreeMap<AttributeId, Rc<str>>,
    links: &'a [Link],
    note: &'a str,
    status: Status,
    created: &'a Timestamp,
    changed: &'a Timestamp,
    origin: Origin,
    #[serde(flatten)]
    extra: Unknown<'a>,
}

#[derive(Serialize)]
struct RangePart<'a> {
    start: u32,
    end: u32,
    #[serde(flatten)]
    extra: Unknown<'a>,
}

#[derive(Serialize)]
struct QuotePart<'a> {
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
    #[serde(flatten)]
    extra: Unknown<'a>,
}

/// The unknown fields of an object: all that are kept but the known names.
pub(super) struct Unknown<'a> {
    fields: Option<&'a Map<String, Value>>,
    known: &'static [&'static str],
}

impl<'a> Unknown<'a> {
    /// Those of an object that the model has a type for.
    pub(super) fn of(extra: &'a Extra, known: &'static [&'static str]) -> Self {
        Self { fields: extra.fields(), known }
    }

    /// Those of a part of that object.
    fn under(extra: &'a Extra, part: &str, known: &'static [&'static str]) -> Self {
        Self { fields: extra.fields().and_then(|fields| fields.get(part)?.as_object()), known }
    }

    /// Those of the item of a list of parts whose fields are as `keys` say.
    pub(super) fn item(extra: &'a Extra, list: &str, keys: &[(&str, &str)], known: &'static [&'static str]) -> Self {
        let items = extra.fields().and_then(|fields| fields.get(list)?.as_array());
        let fits = |item: &&Map<String, Value>| {
            keys.iter().all(|(key, value)| item.get(*key).and_then(Value::as_str) == Some(value))
        };
        Self { fields: items.and_then(|items| items.iter().filter_map(Value::as_object).find(fits)), known }
    }
}

impl Serialize for Unknown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.fields.into_iter().flatten();
        serializer.collect_map(fields.filter(|(name, _)| !self.known.contains(&name.as_str())))
    }
}

impl Serialize for Annotations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.sheet.iter().map(|annotation| AnnotationPart::new(self.text, annotation)))
    }
}

impl<'a> ArticlePart<'a> {
    /// An article as it is written.
    pub(super) fn new(article: &'a Article) -> Self {
        let text = &article.text;
        Self {
            id: &article.id,
            title: &article.title,
            source: &article.source,
            date: &article.date,
            encoding: &article.encoding,
            done: article.done,
            created: &article.created,
            changed: &article.changed,
            text: text.as_str(),
            sha256: text.hash().as_str(),
            length: LengthPart {
                code_points: text.len().get(),
                utf16: text.utf16_len().get(),
                bytes: text.byte_len().get(),
                extra: Unknown::under(&article.extra, "length", LENGTH),
            },
            extra: Unknown::of(&article.extra, ARTICLE),
        }
    }
}

impl<'a> AnnotationPart<'a> {
    fn new(text: &'a Text, annotation: &'a Annotation) -> Self {
        let (start, end) = (annotation.span.start(), annotation.span.end());
        let quote = Quotation::of(text, annotation.span);
        let extra = &annotation.extra;
        let range = |start, end, name| RangePart { start, end, extra: Unknown::under(extra, name, RANGE) };
        Self {
            id: &annotation.id,
            label: &annotation.label,
            start: start.get(),
            end: end.get(),
            utf16: range(text.utf16(start).get(), text.utf16(end).get(), "utf16"),
            bytes: range(text.byte(start).get(), text.byte(end).get(), "bytes"),
            quote: QuotePart {
                exact: quote.exact,
                prefix: quote.prefix,
                suffix: quote.suffix,
                extra: Unknown::under(extra, "quote", QUOTE),
            },
            attributes: &annotation.attributes,
            links: &annotation.links,
            note: &annotation.note,
            status: annotation.status,
            created: &annotation.created,
            changed: &annotation.changed,
            origin: annotation.origin,
            extra: Unknown::of(extra, ANNOTATION),
        }
    }
}

fn pairs<S: Serializer>(pairs: &[(&str, &str)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().copied())
}
