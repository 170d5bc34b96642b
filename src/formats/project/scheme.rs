//! Reading the label scheme.
//!
//! A label that is right is read by its type. Of one that is not, what can be used is, so that the
//! annotations with it stay.

use super::reader::{Object, Reader};
use crate::formats::Severity;
use crate::formats::json::Json;
use crate::model::label::Line;
use crate::model::{Label, LabelId, LabelScheme};
use serde::Deserialize;

/// How deep a label may nest.
const DEPTH: usize = 40;

/// Reads the scheme; `None` with an issue where there is nothing to use.
pub(super) fn read<'d>(reader: &mut Reader<'d>, at: Json<'d>) -> Option<LabelScheme> {
    const INSTEAD: &str = "the labels of the annotations could not be checked";
    if !at.is_whole() {
        reader.report(Severity::Error, at, format!("label scheme: the file is cut off inside of it; {INSTEAD}"));
        return None;
    }
    let mut object = reader.object(at, "label scheme", INSTEAD)?;
    let Some(items) = reader.list(&mut object, "labels", INSTEAD) else {
        reader.report(Severity::Error, at, format!("label scheme: it has no list of labels; {INSTEAD}"));
        return None;
    };
    let mut labels: Vec<Label> = Vec::new();
    for item in items {
        let Some(label) = label(reader, item) else { continue };
        if labels.iter().any(|known| known.id == label.id) {
            let message = format!("label “{}”: another one has the same id; this one was left out", label.id);
            reader.report(Severity::Warning, item, message);
        } else {
            labels.push(label);
        }
    }
    Some(LabelScheme { labels, extra: reader.extra(object) })
}

/// A value by its type, where it is right and does not nest too deep.
fn typed<'d, T: Deserialize<'d>>(at: Json<'d>) -> Result<T, String> {
    match at.value(DEPTH) {
        Some(_) => serde_json::from_str(at.source()).map_err(|error| {
            // Its line and column are those inside the part; the issue has the real ones.
            let words = error.to_string();
            words.split(" at line ").next().unwrap_or_default().to_owned()
        }),
        None => Err("it nests too deep or holds what nothing can stand for".into()),
    }
}

fn label<'d>(reader: &mut Reader<'d>, at: Json<'d>) -> Option<Label> {
    let why = match typed::<Label>(at) {
        Ok(label) if LabelId::parse(label.id.as_str()).is_some() => return Some(label),
        Ok(_) => "its id is empty, too long or holds control characters".into(),
        Err(why) => why,
    };
    let mut object = reader.object(at, "label", "it was left out")?;
    let id = reader.required(&mut object, "id", "the label was left out")?;
    let Some(id) = LabelId::parse(&id) else {
        reader.report(Severity::Error, at, format!("label: {why}; it was left out"));
        return None;
    };
    object.id = id.as_str().to_owned().into();
    reader.warn(&object, at, format_args!("{why}; what could be read was taken, the rest is as for a new label"));
    Some(rescue(reader, object, id))
}

/// What can be used of a label that is wrong somewhere, and plain values for the rest.
fn rescue<'d>(reader: &mut Reader<'d>, mut object: Object<'d>, id: LabelId) -> Label {
    let words =
        |object: &mut Object<'d>, name: &str| object.take(name).and_then(Json::text).map(|(t, _)| t.into_owned());
    Label {
        name: words(&mut object, "name").unwrap_or_else(|| id.to_string()),
        plural: words(&mut object, "plural").unwrap_or_else(|| id.to_string()),
        line: object.take("line").and_then(|line| typed(line).ok()).unwrap_or(Line::Solid),
        colour: object.take("colour").and_then(|colour| typed(colour).ok()).unwrap_or(1),
        key: words(&mut object, "key").or(Some(id.to_string())).and_then(|key| key.chars().next()).unwrap_or('x'),
        guideline: words(&mut object, "guideline").unwrap_or_default(),
        attributes: good_items(reader, &mut object, "attributes"),
        links: good_items(reader, &mut object, "links"),
        extra: reader.extra(object),
        id,
    }
}

/// The items of a list that are right; the others are left out with an issue.
fn good_items<'d, T: Deserialize<'d>>(reader: &mut Reader<'d>, object: &mut Object<'d>, name: &str) -> Vec<T> {
    let mut good = Vec::new();
    for item in reader.list(object, name, "none were taken").unwrap_or_default() {
        match typed(item) {
            Ok(value) => good.push(value),
            Err(why) => reader.warn(object, item, format_args!("one of its {name}: {why}; it was left out")),
        }
    }
    good
}
