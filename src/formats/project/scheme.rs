//! Reading the label scheme.
//!
//! Of a label that is wrong somewhere, what can be used is, so that the annotations with it stay.

use crate::formats::Severity;
use crate::formats::fields::{Object, Reader};
use crate::formats::json::{Json, Kind};
use crate::limits;
use crate::model::label::Line;
use crate::model::{Attribute, AttributeId, Label, LabelId, LabelScheme, LinkType, LinkTypeId};

/// Reads the scheme; `None` with an issue where there is nothing to use.
pub(super) fn read<'d>(reader: &mut Reader<'d>, at: Json<'d>) -> Option<LabelScheme> {
    const INSTEAD: &str = "the labels of the annotations could not be checked";
    if !at.is_whole() {
        reader.report(Severity::Error, at, format_args!("label scheme: the file is cut off inside of it; {INSTEAD}"));
        return None;
    }
    let mut object = reader.object(at, "label scheme", INSTEAD)?;
    let Some(items) = reader.list(&mut object, "labels", limits::LIST, INSTEAD) else {
        reader.report(Severity::Error, at, format_args!("label scheme: it has no list of labels; {INSTEAD}"));
        return None;
    };
    let mut labels: Vec<Label> = Vec::new();
    for item in items {
        let Some(label) = label(reader, item) else { continue };
        if labels.iter().any(|known| known.id == label.id) {
            let message = format_args!("label “{}”: another one has the same id; this one was left out", label.id);
            reader.report(Severity::Warning, item, message);
        } else {
            labels.push(label);
        }
    }
    Some(LabelScheme { labels, extra: reader.extra(object) })
}

fn label<'d>(reader: &mut Reader<'d>, at: Json<'d>) -> Option<Label> {
    let mut object = reader.object(at, "label", "it was left out")?;
    let id = reader.required(&mut object, "id", "the label was left out")?;
    object.id = id;
    let Some(id) = LabelId::parse(id) else {
        let why = "its id is empty, too long or holds control characters";
        reader.report(Severity::Error, at, format_args!("label: {why}; it was left out"));
        return None;
    };
    let name = words(reader, &mut object, "name", limits::NAME, id.as_str());
    let plural = words(reader, &mut object, "plural", limits::NAME, id.as_str());
    Some(Label {
        line: line(reader, &mut object),
        colour: colour(reader, &mut object),
        key: key(reader, &mut object, &id),
        guideline: words(reader, &mut object, "guideline", limits::NOTE, ""),
        attributes: items(reader, &mut object, "attributes", attribute),
        links: items(reader, &mut object, "links", link_type),
        extra: reader.extra(object),
        id,
        name,
        plural,
    })
}

/// A text that should be there, or something else in its place.
fn words<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, name: &str, limit: usize, other: &str) -> String {
    match reader.required(object, name, &format!("taken as “{other}”")) {
        Some(words) => reader.within(object, name, limit, words).to_owned(),
        None => other.to_owned(),
    }
}

fn line<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>) -> Line {
    const INSTEAD: &str = "taken as solid";
    let value = object.peek("line");
    let Some(words) = reader.required(object, "line", INSTEAD) else {
        return Line::Solid;
    };
    Line::parse(words).unwrap_or_else(|| {
        reader.unknown(object, "line", value, words, INSTEAD);
        Line::Solid
    })
}

fn colour<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>) -> u8 {
    const INSTEAD: &str = "taken as 1";
    let Some(value) = object.take("colour") else {
        reader.missing(object, "colour", INSTEAD);
        return 1;
    };
    value.integer().and_then(|colour| u8::try_from(colour).ok()).unwrap_or_else(|| {
        reader.wrong(object, "colour", value, "a number from 0 to 255", INSTEAD);
        1
    })
}

/// One character; of several the first, and that of the id where there is none.
fn key<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, id: &LabelId) -> char {
    let value = object.peek("key");
    let other = id.as_str().chars().next().unwrap_or('x');
    let words = words(reader, object, "key", limits::NAME, other.encode_utf8(&mut [0; 4]));
    let mut letters = words.chars();
    let key = letters.next().unwrap_or(other);
    if letters.next().is_some() || words.is_empty() {
        reader.unknown(object, "key", value, &words, &format!("taken as “{key}”"));
    }
    key
}

/// The items of a list that can be used; the others are left out with an issue.
fn items<'d, T>(
    reader: &mut Reader<'d>,
    object: &mut Object<'d>,
    name: &'static str,
    read: fn(&mut Reader<'d>, Object<'d>) -> Option<T>,
) -> Vec<T> {
    let mut good = Vec::new();
    for item in reader.list(object, name, limits::LIST, "none were taken").unwrap_or_default() {
        if item.kind() != Kind::Object {
            let found = item.kind().words();
            let message = format_args!("one of its {name}: expected an object, found {found}; it was left out");
            reader.warn(object, item, message);
        } else if let Some(mut part) = reader.object(item, name, "it was left out") {
            part.id = object.id;
            good.extend(read(reader, part));
        }
    }
    good
}

fn attribute<'d>(reader: &mut Reader<'d>, mut object: Object<'d>) -> Option<Attribute> {
    const INSTEAD: &str = "the attribute was left out";
    let value = object.peek("id");
    let words = reader.required(&mut object, "id", INSTEAD)?;
    let Some(id) = AttributeId::parse(words) else {
        reader.unknown(&object, "id", value, words, INSTEAD);
        return None;
    };
    Some(Attribute {
        name: self::words(reader, &mut object, "name", limits::NAME, id.as_str()),
        values: texts(reader, &mut object, "values"),
        extra: reader.extra(object),
        id,
    })
}

fn link_type<'d>(reader: &mut Reader<'d>, mut object: Object<'d>) -> Option<LinkType> {
    const INSTEAD: &str = "the kind of link was left out";
    let value = object.peek("id");
    let words = reader.required(&mut object, "id", INSTEAD)?;
    let Some(id) = LinkTypeId::parse(words) else {
        reader.unknown(&object, "id", value, words, INSTEAD);
        return None;
    };
    let name = self::words(reader, &mut object, "name", limits::NAME, id.as_str());
    let to = texts(reader, &mut object, "to").into_iter().map(LabelId::new).collect();
    let many = match object.take("many") {
        None => false,
        Some(value) => value.truth().unwrap_or_else(|| {
            reader.wrong(&object, "many", value, "true or false", "taken as false");
            false
        }),
    };
    Some(LinkType { id, name, to, many, extra: reader.extra(object) })
}

/// The texts of a list that need not be there.
fn texts<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, name: &'static str) -> Vec<String> {
    let mut good = Vec::new();
    for item in reader.list(object, name, limits::LIST, "none were taken").unwrap_or_default() {
        match reader.decode(item) {
            Some(text) => good.push(reader.within(object, name, limits::NAME, text).to_owned()),
            None => reader.wrong(object, name, item, "a list of texts", "this one was left out"),
        }
    }
    good
}
