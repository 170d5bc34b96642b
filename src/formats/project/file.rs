//! The form of the project file: which fields each of its objects has, in the order of writing.
//!
//! This is for writing only; what is read goes through `reader`. Unknown fields follow the known
//! ones. Those of a part that has no type of its own in the model (`quote`, `utf16`, a sheet, ...) are
//! kept under the part's name.

use crate::formats::json::{Document, Json, Writer};
use crate::model::*;
use crate::text::{Quotation, Text};

/// Known fields at the top.
pub(super) const FILE: &[&str] =
    &["format", "version", "generator", "exported", "units", "scheme", "annotators", "articles", "sheets"];
/// Known fields of the label scheme.
pub(super) const SCHEME: &[&str] = &["labels"];
/// Known fields of a label.
const LABEL: &[&str] = &["id", "name", "plural", "line", "colour", "key", "guideline", "attributes", "links"];
/// Known fields of an attribute of a label.
const ATTRIBUTE: &[&str] = &["id", "name", "values"];
/// Known fields of a kind of link.
const LINK_TYPE: &[&str] = &["id", "name", "to", "many"];
/// Known fields of a link.
const LINK: &[&str] = &["type", "to"];
/// Known fields of an annotator.
pub(super) const ANNOTATOR: &[&str] = &["code"];
/// Known fields of an article.
pub(super) const ARTICLE: &[&str] = &[
    "id",
    "title",
    "source",
    "date",
    "byline",
    "extractor",
    "encoding",
    "done",
    "created",
    "changed",
    "text",
    "sha256",
    "length",
];
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

/// The unknown fields of an object of the model, with those of its parts.
pub(super) struct Unknown<'a>(Document<'a>);

impl<'a> Unknown<'a> {
    /// Those that came with an object.
    pub(super) fn of(extra: &'a Extra) -> Self {
        Self(Document::parse(extra.as_json()))
    }

    /// Writes those of the object itself: all that are kept but the known names.
    pub(super) fn write(&self, w: &mut Writer, known: &[&str]) {
        write_unknown(w, self.0.root(), known);
    }

    /// Writes those of a part of the object.
    fn write_under(&self, w: &mut Writer, part: &str, known: &[&str]) {
        write_unknown(w, self.0.root().and_then(|object| field(object, part)), known);
    }

    /// Writes those of the item of a list of parts whose fields are as `keys` say.
    fn write_item(&self, w: &mut Writer, list: &str, keys: &[(&str, &str)], known: &[&str]) {
        let fits = |item: &Json<'_>| {
            keys.iter().all(|(key, value)| {
                field(*item, key).and_then(|found| found.text()).is_some_and(|(found, _)| found == *value)
            })
        };
        let list = self.0.root().and_then(|object| field(object, list));
        write_unknown(w, list.and_then(|list| list.items().find(fits)), known);
    }
}

fn field<'d>(object: Json<'d>, name: &str) -> Option<Json<'d>> {
    object.fields().find(|(key, _)| key.text().is_some_and(|(key, _)| key == name)).map(|(_, value)| value)
}

fn write_unknown(w: &mut Writer, object: Option<Json<'_>>, known: &[&str]) {
    let Some(object) = object else { return };
    for (name, value) in object.fields() {
        let name = name.text().unwrap_or_default().0;
        if !known.contains(&name) {
            w.field(name);
            w.copy(value);
        }
    }
}

/// Writes the label scheme.
pub(super) fn scheme(w: &mut Writer, scheme: &LabelScheme) {
    w.open('{');
    list(w, SCHEME[0], &scheme.labels, label);
    Unknown::of(&scheme.extra).write(w, SCHEME);
    w.close('}');
}

fn label(w: &mut Writer, label: &Label) {
    w.open('{');
    w.text_field("id", label.id.as_str());
    w.text_field("name", &label.name);
    w.text_field("plural", &label.plural);
    w.text_field("line", label.line.as_str());
    w.number_field("colour", label.colour.into());
    w.text_field("key", label.key.encode_utf8(&mut [0; 4]));
    w.text_field("guideline", &label.guideline);
    list(w, "attributes", &label.attributes, attribute);
    list(w, "links", &label.links, link_type);
    Unknown::of(&label.extra).write(w, LABEL);
    w.close('}');
}

fn attribute(w: &mut Writer, attribute: &Attribute) {
    w.open('{');
    w.text_field("id", attribute.id.as_str());
    w.text_field("name", &attribute.name);
    if !attribute.values.is_empty() {
        list(w, "values", &attribute.values, |w, value| w.text(value));
    }
    Unknown::of(&attribute.extra).write(w, ATTRIBUTE);
    w.close('}');
}

fn link_type(w: &mut Writer, link: &LinkType) {
    w.open('{');
    w.text_field("id", link.id.as_str());
    w.text_field("name", &link.name);
    if !link.to.is_empty() {
        list(w, "to", &link.to, |w, label| w.text(label.as_str()));
    }
    w.field("many");
    w.truth(link.many);
    Unknown::of(&link.extra).write(w, LINK_TYPE);
    w.close('}');
}

fn list<T>(w: &mut Writer, name: &str, items: &[T], write: impl Fn(&mut Writer, &T)) {
    w.field(name);
    w.open('[');
    for item in items {
        w.item();
        write(w, item);
    }
    w.close(']');
}

/// Writes an annotator; `top` are the unknown fields of the file.
pub(super) fn annotator(w: &mut Writer, code: &AnnotatorCode, top: &Unknown<'_>) {
    w.open('{');
    w.text_field("code", code.as_str());
    top.write_item(w, "annotators", &[("code", code.as_str())], ANNOTATOR);
    w.close('}');
}

/// Writes an article.
pub(super) fn article(w: &mut Writer, article: &Article) {
    let text = &article.text;
    let unknown = Unknown::of(&article.extra);
    w.open('{');
    w.text_field("id", article.id.as_str());
    w.text_field("title", &article.title);
    w.text_field("source", &article.source);
    w.text_field("date", &article.date);
    // Only articles from web pages have these.
    for (name, value) in [("byline", &article.byline), ("extractor", &article.extractor)] {
        if !value.is_empty() {
            w.text_field(name, value);
        }
    }
    w.text_field("encoding", &article.encoding);
    w.field("done");
    w.truth(article.done);
    w.text_field("created", article.created.as_str());
    w.text_field("changed", article.changed.as_str());
    w.text_field("text", text.as_str());
    w.text_field("sha256", text.hash().as_str());
    w.field("length");
    w.open('{');
    for (name, length) in LENGTH.iter().zip([text.len().get(), text.utf16_len().get(), text.byte_len().get()]) {
        w.number_field(name, length);
    }
    unknown.write_under(w, "length", LENGTH);
    w.close('}');
    unknown.write(w, ARTICLE);
    w.close('}');
}

/// Writes a sheet of an article; `top` are the unknown fields of the file.
pub(super) fn sheet(w: &mut Writer, article: &Article, code: &AnnotatorCode, sheet: &Sheet, top: &Unknown<'_>) {
    w.open('{');
    w.text_field(SHEET[0], article.id.as_str());
    w.text_field(SHEET[1], code.as_str());
    w.field(SHEET[2]);
    w.open('[');
    for marked in sheet.iter() {
        w.item();
        annotation(w, &article.text, marked);
    }
    w.close(']');
    top.write_item(w, "sheets", &[(SHEET[0], article.id.as_str()), (SHEET[1], code.as_str())], SHEET);
    w.close('}');
}

fn annotation(w: &mut Writer, text: &Text, annotation: &Annotation) {
    let (start, end) = (annotation.span.start(), annotation.span.end());
    let quote = Quotation::of(text, annotation.span);
    let unknown = Unknown::of(&annotation.extra);
    w.open('{');
    w.text_field("id", annotation.id.as_str());
    w.text_field("label", annotation.label.as_str());
    w.number_field("start", start.get());
    w.number_field("end", end.get());
    for (name, start, end) in [
        ("utf16", text.utf16(start).get(), text.utf16(end).get()),
        ("bytes", text.byte(start).get(), text.byte(end).get()),
    ] {
        w.field(name);
        w.open('{');
        w.number_field("start", start);
        w.number_field("end", end);
        unknown.write_under(w, name, RANGE);
        w.close('}');
    }
    w.field("quote");
    w.open('{');
    for (name, words) in QUOTE.iter().zip([quote.exact, quote.prefix, quote.suffix]) {
        w.text_field(name, words);
    }
    unknown.write_under(w, "quote", QUOTE);
    w.close('}');
    w.field("attributes");
    w.open('{');
    for (id, value) in annotation.attributes.iter() {
        w.text_field(id.as_str(), value);
    }
    w.close('}');
    list(w, "links", &annotation.links, link);
    w.text_field("note", &annotation.note);
    w.text_field("status", annotation.status.as_str());
    w.text_field("created", annotation.created.as_str());
    w.text_field("changed", annotation.changed.as_str());
    w.text_field("origin", annotation.origin.as_str());
    unknown.write(w, ANNOTATION);
    w.close('}');
}

fn link(w: &mut Writer, link: &Link) {
    w.open('{');
    w.text_field("type", link.kind.as_str());
    w.text_field("to", link.to.as_str());
    Unknown::of(&link.extra).write(w, LINK);
    w.close('}');
}
