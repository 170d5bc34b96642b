//! Reading an annotation.

use crate::by_key::ByKey;
use crate::formats::Severity;
use crate::formats::anchor::{Anchor, Claim, Pair, Unit};
use crate::formats::fields::{Kept, Object, Reader, clip};
use crate::formats::json::Json;
use crate::limits;
use crate::model::*;
use crate::text::{Quotation, Span, Text, snap};
use std::fmt;
use std::rc::Rc;

/// Reads an annotation of a text; `None` with an issue where it can't be taken over.
///
/// Counts what was kept and what was moved, but leaves the count of what was set aside to the caller.
pub(super) fn read<'d>(
    reader: &mut Reader<'d>,
    at: Json<'d>,
    text: &Text,
    scheme: Option<&LabelScheme>,
) -> Option<Annotation> {
    if !at.is_whole() {
        return refuse(reader, at, format_args!("annotation: the file is cut off inside of it"));
    }
    let mut object = reader.object(at, "annotation", "it was set aside")?;
    let id = reader.required(&mut object, "id", "the annotation was set aside")?;
    object.id = id;
    let Some(id) = AnnotationId::parse(id) else {
        let why = "its id is empty, longer than 200 bytes or holds control characters";
        return refuse(reader, at, format_args!("annotation: {why}"));
    };
    let label = reader.required(&mut object, "label", "the annotation was set aside")?;
    let Some(label) = LabelId::parse(label).filter(|label| scheme.is_none_or(|s| s.label(label).is_some())) else {
        return refuse(reader, at, format_args!("{object}: its label “{}” is not in the file's scheme", clip(label)));
    };
    let definition = scheme.and_then(|scheme| scheme.label(&label));
    let mut parts = Kept::default();
    let (span, moved) = place(reader, &mut object, text, &mut parts)?;
    let attributes = attributes(reader, &mut object, definition);
    let links = links(reader, &mut object);
    let note = reader.optional(&mut object, "note", "left empty").unwrap_or_default();
    let note = reader.within(&object, "note", limits::NOTE, note);
    let status = status(reader, &mut object);
    let created = reader.moment(&mut object, "created");
    let changed = reader.moment(&mut object, "changed");
    let origin = origin(reader, &mut object);
    let mut rest = reader.rest(object);
    rest.append(&parts);
    Some(Annotation {
        id,
        label,
        span,
        attributes,
        links,
        note: note.into(),
        status,
        created,
        changed,
        origin: if moved { Origin::Anchored } else { origin },
        extra: rest.extra(),
    })
}

fn refuse<'d, T>(reader: &mut Reader<'d>, at: Json<'d>, why: fmt::Arguments<'_>) -> Option<T> {
    reader.report(Severity::Error, at, format_args!("{why}; it was set aside"));
    None
}

/// Decides where the annotation stands, says what was done, and whether the quotation had to be
/// searched for. Unknown fields beside the offsets and the quotation go to `parts`.
fn place<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, text: &Text, parts: &mut Kept) -> Option<(Span, bool)> {
    let code_points = pair(reader, object);
    let utf16 = range(reader, object, "utf16", parts);
    let bytes = range(reader, object, "bytes", parts);
    let quote = quotation(reader, object, parts);
    let claim = Claim { code_points, utf16, bytes, quote };
    let at = object.at;
    let words = clip(quote.map_or("", |quote| quote.exact));
    let anchor = claim.anchor(text);
    match anchor {
        Anchor::Fits(Unit::CodePoints, span) => check_agreement(reader, object, &claim, text, span),
        Anchor::Fits(unit, _) => {
            let unit = unit.words();
            let message = format_args!(
                "the words at its code points are not its quotation “{words}”; its offsets in {unit} fit and were taken"
            );
            reader.warn(object, at, message);
        }
        Anchor::Moved(span) => {
            let (start, end) = (span.start().get(), span.end().get());
            let message = format_args!(
                "the words at its offsets are not its quotation “{words}”; it was moved to where they stand, code points \
                 {start} to {end}"
            );
            reader.warn(object, at, message);
        }
        Anchor::Unchecked(unit, _) => {
            let unit = unit.words();
            reader.warn(object, at, format_args!("it has no quotation, so its offsets in {unit} were taken unchecked"));
        }
        Anchor::Doubtful => {
            let why = "its offsets do not fit, and several places have the words of its quotation";
            return refuse(reader, at, format_args!("{object}: {why} “{words}”"));
        }
        Anchor::Lost => {
            let why = "neither its offsets fit nor does the text have the words of its quotation";
            return refuse(reader, at, format_args!("{object}: {why} “{words}”"));
        }
        Anchor::Empty => return refuse(reader, at, format_args!("{object}: it covers no words")),
        Anchor::Nowhere => {
            return refuse(reader, at, format_args!("{object}: it has no quotation and no offsets inside the text"));
        }
    }
    let (Anchor::Fits(_, span) | Anchor::Moved(span) | Anchor::Unchecked(_, span)) = anchor else {
        return None;
    };
    if !snap::is_grapheme_boundary(text, span.start()) || !snap::is_grapheme_boundary(text, span.end()) {
        let message =
            format_args!("{object}: it cuts through a character that is made of several code points; kept as it is");
        reader.report(Severity::Note, at, message);
    }
    let fits = matches!(anchor, Anchor::Fits(Unit::CodePoints, _));
    reader.counts.moved += usize::from(!fits && claim.quote.is_some());
    Some((span, matches!(anchor, Anchor::Moved(_))))
}

/// Says what else in the file does not agree with offsets that fit.
fn check_agreement<'d>(reader: &mut Reader<'d>, object: &Object<'d>, claim: &Claim<'_>, text: &Text, span: Span) {
    let contradictions = claim.contradictions(text, span);
    if !contradictions.is_empty() {
        let units: Vec<_> = contradictions.into_iter().map(Unit::words).collect();
        let units = units.join(" and ");
        let message = format_args!(
            "its code points fit its quotation, but its offsets in {units} say another place; the code points were taken"
        );
        reader.warn(object, object.at, message);
    }
    if !claim.context_fits(text, span) {
        let message = "its words fit its offsets, but what the file says stands around them does not; taken as it is";
        reader.warn(object, object.at, format_args!("{message}"));
    }
}

/// `start` and `end` of an object, where both are numbers that fit.
fn pair<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>) -> Option<Pair> {
    let mut offset = |name| match object.take(name) {
        None => {
            reader.missing(object, name, "the other offsets and the quotation count");
            None
        }
        Some(value) => {
            let offset = value.integer();
            if offset.is_none() {
                let (found, instead) = (clip(value.source()), "the other offsets and the quotation count");
                reader.warn(object, value, format_args!("“{name}”: expected an offset, found {found}; {instead}"));
            }
            offset
        }
    };
    let (start, end) = (offset("start"), offset("end"));
    Some((start?, end?))
}

fn range<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, name: &'static str, parts: &mut Kept) -> Option<Pair> {
    let value = object.take(name)?;
    let mut range = reader.object(value, name, "the other offsets and the quotation count")?;
    range.id = object.id;
    let pair = pair(reader, &mut range);
    parts.put_part(name, &reader.rest(range));
    pair
}

/// The exact words, what stands before and what stands after them.
fn quotation<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, parts: &mut Kept) -> Option<Quotation<'d>> {
    let value = object.take("quote")?;
    let mut quote = reader.object(value, "quote", "read as if there were none")?;
    quote.id = object.id;
    let exact = reader.required(&mut quote, "exact", "read as if there were no quotation");
    let prefix = reader.optional(&mut quote, "prefix", "left empty").unwrap_or_default();
    let suffix = reader.optional(&mut quote, "suffix", "left empty").unwrap_or_default();
    parts.put_part("quote", &reader.rest(quote));
    Some(Quotation { exact: exact?, prefix, suffix })
}

fn attributes<'d>(
    reader: &mut Reader<'d>,
    object: &mut Object<'d>,
    definition: Option<&Label>,
) -> ByKey<AttributeId, Rc<str>> {
    let mut attributes = Vec::new();
    let fields = object.take("attributes").and_then(|value| reader.object(value, "attributes", "none were taken"));
    for (name, value) in fields.into_iter().flat_map(Object::into_fields) {
        if attributes.len() == limits::LIST {
            let message =
                format_args!("it has more than {} attributes, the most that fit; this one was left out", limits::LIST);
            reader.warn(object, value, message);
            continue;
        }
        let Some(id) = AttributeId::parse(name) else {
            reader.warn(object, value, format_args!("an attribute has the name “{}”; it was left out", clip(name)));
            continue;
        };
        let Some(words) = reader.decode(value) else {
            reader.wrong(object, id.as_str(), value, "text", "the attribute was left out");
            continue;
        };
        let words = reader.within(object, id.as_str(), limits::NOTE, words);
        if let Some(message) = strange(definition, &id, words) {
            reader.report(Severity::Note, value, format_args!("{object}: {message}; kept as it is"));
        }
        attributes.push((id, words.into()));
    }
    attributes.into()
}

/// What the scheme has to say against an attribute.
fn strange(definition: Option<&Label>, id: &AttributeId, value: &str) -> Option<String> {
    let label = definition?;
    match label.attributes.iter().find(|attribute| attribute.id == *id).map(Attribute::kind) {
        None => Some(format!("the label “{}” has no attribute “{id}”", label.id)),
        Some(ValueKind::Choice(values)) if !values.iter().any(|v| v == value) => {
            Some(format!("“{}” is not one of the values of “{id}”", clip(value)))
        }
        Some(_) => None,
    }
}

fn links<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>) -> Vec<Link> {
    let items = reader.list(object, "links", limits::LIST, "none were taken").unwrap_or_default();
    items.into_iter().filter_map(|item| link(reader, object, item)).collect()
}

fn link<'d>(reader: &mut Reader<'d>, of: &Object<'d>, at: Json<'d>) -> Option<Link> {
    const INSTEAD: &str = "the link was left out";
    let mut object = reader.object(at, "link", INSTEAD)?;
    object.id = of.id;
    let kind = reader.required(&mut object, "type", INSTEAD)?;
    let to = reader.required(&mut object, "to", INSTEAD)?;
    let (Some(kind), Some(to)) = (LinkTypeId::parse(kind), AnnotationId::parse(to)) else {
        reader.warn(of, at, format_args!("a link has an id that is none; {INSTEAD}"));
        return None;
    };
    Some(Link { kind, to, extra: reader.extra(object) })
}

/// Where the file does not say that a person stands behind it, nobody does.
fn status<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>) -> Status {
    const INSTEAD: &str = "taken as proposed";
    let value = object.peek("status");
    let Some(words) = reader.required(object, "status", INSTEAD) else {
        return Status::Proposed;
    };
    Status::parse(words).unwrap_or_else(|| {
        reader.unknown(object, "status", value, words, INSTEAD);
        Status::Proposed
    })
}

fn origin<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>) -> Origin {
    const INSTEAD: &str = "taken as from a file";
    let value = object.peek("origin");
    let Some(words) = reader.optional(object, "origin", INSTEAD) else {
        return Origin::File;
    };
    Origin::parse(words).unwrap_or_else(|| {
        reader.unknown(object, "origin", value, words, INSTEAD);
        Origin::File
    })
}
