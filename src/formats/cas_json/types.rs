//! The types of a file: which are annotations, and the features that annotations of each have.

use super::{METADATA, RELATION, SPAN};
use crate::formats::json::{Document, Json, Writer};
use std::collections::BTreeMap;

const ANNOTATION: &str = "uima.tcas.Annotation";
const DOCUMENT: &str = "uima.tcas.DocumentAnnotation";
const STRING: &str = "uima.cas.String";
/// Layers of the tools, but for those of names.
const LINGUISTIC: &str = "de.tudarmstadt.ukp.";
const NAMES: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.";
/// So many types may stand above one; more are a circle.
const HIGHEST: usize = 100;

/// What an annotation is by its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A label on words.
    Label,
    /// What is known of the document.
    Document,
    /// A layer that is made by tools, or nothing that stands in the text.
    Other,
}

/// Types by their names, each with the one above it.
pub(super) struct Types<'d>(BTreeMap<&'d str, &'d str>);

impl<'d> Types<'d> {
    pub(super) fn of(types: Option<Json<'d>>) -> Self {
        let name = |(name, definition): (Json<'d>, Json<'d>)| Some((name.text()?.0, text(definition, "%SUPER_TYPE")?));
        Self(types.into_iter().flat_map(Json::fields).filter_map(name).collect())
    }

    /// What annotations of a type are. Types that the file does not define are taken for labels where they are no
    /// types of UIMA's own.
    pub(super) fn role(&self, name: &str) -> Role {
        let mut above = name;
        for _ in 0..HIGHEST {
            match above {
                DOCUMENT | METADATA => return Role::Document,
                ANNOTATION => {
                    let is_tools = name.starts_with(LINGUISTIC) && !name.starts_with(NAMES);
                    return if is_tools { Role::Other } else { Role::Label };
                }
                _ => {}
            }
            match self.0.get(above) {
                Some(next) => above = next,
                None if above == name && !name.starts_with("uima.") && !name.ends_with("[]") => above = ANNOTATION,
                None => return Role::Other,
            }
        }
        Role::Other
    }
}

fn text<'d>(object: Json<'d>, field: &str) -> Option<&'d str> {
    let mut fields = object.fields();
    fields.find(|(name, _)| name.text().is_some_and(|(name, _)| name == field))?.1.text().map(|(text, _)| text)
}

/// Whether nothing of a type is lost where it is defined anew: it is one of those that are always written, and all of
/// its features are text.
pub(super) fn is_usual(name: &str, definition: Json<'_>) -> bool {
    let features = definition.fields().filter(|(name, _)| name.text().is_some_and(|(name, _)| !name.starts_with('%')));
    let mut ranges = features.map(|(name, feature)| (name.text().unwrap_or_default().0, text(feature, "%RANGE")));
    [SPAN, RELATION, METADATA].contains(&name)
        && ranges.all(|(name, range)| range == Some(STRING) || ["Governor", "Dependent"].contains(&name))
}

/// The types of a file that is written.
pub(super) struct Written {
    /// Their names, each with its fields as JSON.
    types: Vec<(String, Vec<(String, String)>)>,
}

impl Written {
    /// Those that are always there.
    pub(super) fn usual() -> Self {
        let mut types = Self { types: Vec::new() };
        types.begin(SPAN, ANNOTATION);
        types.begin(RELATION, ANNOTATION);
        types.begin(METADATA, DOCUMENT);
        types.has(RELATION, "label", STRING);
        types.has(RELATION, "Governor", SPAN);
        types.has(RELATION, "Dependent", SPAN);
        types.has(SPAN, "label", STRING);
        types.has(METADATA, "documentTitle", STRING);
        types.has(METADATA, "documentId", STRING);
        types
    }

    fn begin(&mut self, name: &str, above: &str) {
        let fields = [("%NAME", name), ("%SUPER_TYPE", above)];
        let fields = fields.map(|(field, value)| (field.to_owned(), quoted(value)));
        self.types.push((name.to_owned(), fields.into()));
    }

    /// Adds a type that came with a file, as it was defined there.
    pub(super) fn came(&mut self, name: &str, definition: Json<'_>) {
        let at = self.types.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            self.types.push((name.to_owned(), Vec::new()));
            self.types.len() - 1
        });
        let fields = &mut self.types[at].1;
        for (field, value) in definition.fields() {
            let field = field.text().unwrap_or_default().0;
            match fields.iter_mut().find(|(known, _)| known == field) {
                Some((_, known)) => value.source().clone_into(known),
                None => fields.push((field.to_owned(), value.source().to_owned())),
            }
        }
    }

    /// Sees to it that annotations of a type may have a feature.
    pub(super) fn has_text(&mut self, name: &str, feature: &str) {
        self.has(name, feature, STRING);
    }

    /// Lets relations lead from and to annotations of any type.
    pub(super) fn relate_any(&mut self) {
        let relation = self.types.iter_mut().filter(|(name, _)| name == RELATION);
        for (end, definition) in relation.flat_map(|(_, fields)| fields) {
            if ["Governor", "Dependent"].contains(&end.as_str()) {
                *definition = feature(end, ANNOTATION);
            }
        }
    }

    fn has(&mut self, name: &str, feature_name: &str, range: &str) {
        if self.types.iter().all(|(known, _)| known != name) {
            self.begin(name, ANNOTATION);
        }
        let Some((_, fields)) = self.types.iter_mut().find(|(known, _)| known == name) else { return };
        if fields.iter().all(|(known, _)| known != feature_name) {
            fields.push((feature_name.to_owned(), feature(feature_name, range)));
        }
    }

    /// Writes them.
    pub(super) fn write(&self, w: &mut Writer) {
        w.field("%TYPES");
        w.open('{');
        for (name, fields) in &self.types {
            w.field(name);
            w.open('{');
            for (field, value) in fields {
                raw_field(w, field, value);
            }
            w.close('}');
        }
        w.close('}');
    }
}

/// A field with a value that is JSON.
fn raw_field(w: &mut Writer, name: &str, json: &str) {
    let document = Document::parse(json);
    if let Some(value) = document.root() {
        w.field(name);
        w.copy(value);
    }
}

/// The definition of a feature.
fn feature(name: &str, range: &str) -> String {
    format!("{{\"%NAME\":{},\"%RANGE\":{}}}", quoted(name), quoted(range))
}

fn quoted(text: &str) -> String {
    let mut w = Writer::compact();
    w.text(text);
    w.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_annotation_is_follows_from_the_types_above_it() {
        let document = Document::parse(
            r#"{"a.Claim":{"%SUPER_TYPE":"a.Base"},"a.Base":{"%SUPER_TYPE":"uima.tcas.Annotation"},
            "a.Round":{"%SUPER_TYPE":"a.Trip"},"a.Trip":{"%SUPER_TYPE":"a.Round"},"a.Thing":{"%SUPER_TYPE":"uima.cas.TOP"},
            "a.Doc":{"%SUPER_TYPE":"uima.tcas.DocumentAnnotation"},
            "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token":{"%SUPER_TYPE":"uima.tcas.Annotation"},
            "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity":{"%SUPER_TYPE":"uima.tcas.Annotation"}}"#,
        );
        let types = Types::of(document.root());
        for (name, expected) in [
            ("a.Claim", Role::Label),
            ("a.Round", Role::Other),
            ("a.Thing", Role::Other),
            ("a.Doc", Role::Document),
            ("uima.tcas.DocumentAnnotation", Role::Document),
            ("uima.tcas.Annotation", Role::Label),
            ("uima.cas.FSArray", Role::Other),
            ("a.Claim[]", Role::Other),
            ("nobody.Knows", Role::Label),
            ("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token", Role::Other),
            ("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", Role::Label),
        ] {
            assert_eq!(types.role(name), expected, "{name}");
        }
    }
}
