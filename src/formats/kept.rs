//! Fields of a format that nothing here knows, kept on what they came with, so that they go back to a file of that
//! format and to no other.
//!
//! They stand in an [`Extra`] under the id of their format. What stands beside them there is of other formats, or
//! of a newer version of the project file. Nothing here knows what any of them mean.

use crate::formats::fields::Kept;
use crate::formats::json::{Document, Json};
use crate::model::{Annotation, AnnotationId, Extra, Link, LinkTypeId};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The kind of link that leads from a piece of an interrupted annotation to the piece before it.
pub const CONTINUES: &str = "continues";
/// The field under which the id of a thing in a file is kept.
pub const ID: &str = "id";
/// Says of such a link that a file had the pieces as one annotation.
const FRAGMENT: &str = r#"{"fragment":true}"#;

/// Fields of a format as they are kept.
pub(crate) fn keep(format: &str, fields: &Kept) -> Extra {
    let mut under = Kept::default();
    under.put_part(format, fields);
    under.extra()
}

/// Fields with the id that a thing has in its file, unless it is one that was made here (`prefix`) and so stays.
pub(crate) fn with_id(id: &str, prefix: &str, fields: Kept) -> Kept {
    if id.is_empty() || id.starts_with(prefix) {
        return fields;
    }
    let mut with_id = Kept::default();
    let is_number = id.len() < 16 && id.bytes().all(|b| b.is_ascii_digit()) && (id == "0" || !id.starts_with('0'));
    if is_number {
        with_id.put(ID, id)
    } else {
        with_id.put_text(ID, id)
    }
    with_id.append(&fields);
    with_id
}

/// The ids under which annotations are written to a file of a format: those that they came with from one, where
/// no two of them are the same, else their own.
pub fn written_ids(annotations: &[Rc<Annotation>], format: &str) -> BTreeMap<AnnotationId, String> {
    let mut ids = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for annotation in annotations {
        let own = || annotation.id.to_string();
        let id = Some(id(&annotation.extra, format)).filter(|id| !id.is_empty() && !taken.contains(id));
        let id = id.unwrap_or_else(own);
        taken.insert(id.clone());
        ids.insert(annotation.id.clone(), id);
    }
    ids
}

/// The id that a thing came with from a file of a format; empty where it came from elsewhere.
pub fn id(extra: &Extra, format: &str) -> String {
    let mut id = String::new();
    each_field(extra, format, |name, value| {
        if name == ID {
            id = value.text().map_or(value.source(), |(text, _)| text).to_owned();
        }
    });
    id
}

/// What is left of an extra in a file of a format, and whether anything else was in it.
pub(crate) fn own(extra: &Extra, format: &str) -> (Extra, bool) {
    let document = Document::parse(extra.as_json());
    let mut own = Kept::default();
    let mut others = false;
    for (name, value) in document.root().into_iter().flat_map(Json::fields) {
        match name.text() {
            Some((name, _)) if name == format => own.put(name, value.source()),
            _ => others = true,
        }
    }
    (own.extra(), others)
}

/// Calls back with each field that is kept for a format, by name and value.
pub fn each_field(extra: &Extra, format: &str, mut take: impl FnMut(&str, Json<'_>)) {
    if extra.is_empty() {
        return;
    }
    let document = Document::parse(extra.as_json());
    let fields = document.root().into_iter().flat_map(Json::fields);
    let under = fields.filter(|(name, _)| name.text().is_some_and(|(name, _)| name == format)).last();
    for (name, value) in under.into_iter().flat_map(|(_, fields)| fields.fields()) {
        if let Some((name, _)) = name.text() {
            take(name, value);
        }
    }
}

/// Calls back with each field that is kept for a part of an object in a format.
pub fn each_part(extra: &Extra, format: &str, part: &str, mut take: impl FnMut(&str, Json<'_>)) {
    each_field(extra, format, |name, value| {
        if name == part {
            for (name, value) in value.fields() {
                take(name.text().unwrap_or_default().0, value);
            }
        }
    });
}

/// The text of a field that is kept for a format; `None` where it is not there or no text.
pub fn text(extra: &Extra, format: &str, field: &str) -> Option<String> {
    let mut found = None;
    each_field(extra, format, |name, value| {
        if name == field {
            found = value.text().map(|(text, _)| text.to_owned());
        }
    });
    found
}

/// A link from a piece of an interrupted annotation to the piece before it.
pub(crate) fn fragment_of(before: AnnotationId) -> Link {
    Link { kind: LinkTypeId::new(CONTINUES), to: before, extra: Extra::new(FRAGMENT) }
}

/// What is kept on a link of a file: its fields, or that it says its annotation to be a piece of another.
pub(crate) fn on_link(format: &str, kind: &str, fields: &Kept) -> Extra {
    if kind == CONTINUES && fields.object() == FRAGMENT { Extra::new(FRAGMENT) } else { keep(format, fields) }
}

/// The fields that say of a link of kind [`CONTINUES`] that its annotation is a piece of another.
pub(crate) fn fragment() -> Kept {
    let mut fields = Kept::default();
    fields.put("fragment", "true");
    fields
}

/// Whether a link says that its annotation is a piece of the one that it leads to.
pub fn is_fragment(link: &Link) -> bool {
    link.kind.as_str() == CONTINUES && link.extra.as_json() == FRAGMENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_go_back_to_their_own_format_alone() {
        let mut fields = Kept::default();
        fields.put_text("meta", "x");
        let kept = keep("brat", &fields);
        assert_eq!(kept.as_json(), r#"{"brat":{"meta":"x"}}"#);
        assert_eq!(own(&kept, "brat"), (kept.clone(), false));
        assert_eq!(own(&kept, "doccano"), (Extra::default(), true));
        assert_eq!(text(&kept, "brat", "meta").as_deref(), Some("x"));
        assert_eq!(text(&kept, "doccano", "meta"), None);
        let both = Extra::new(r#"{"brat":{"a":1.50},"newer":[1]}"#);
        assert_eq!(own(&both, "brat"), (Extra::new(r#"{"brat":{"a":1.50}}"#), true));
        assert_eq!(keep("brat", &Kept::default()), Extra::default());
    }
}
