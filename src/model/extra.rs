//! Fields of a file that this version does not know.
//!
//! They are kept on their object and written again after the known ones, so that a file of a newer
//! version loses nothing by passing through here. They are kept as the text of a JSON object, which
//! nothing here reads: that is the business of the formats.
//! Those of a part that has no type of its own here stand under the part's name.

use std::rc::Rc;

/// Unknown fields in the order of the file; most objects have none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(Option<Rc<str>>);

impl Extra {
    /// Keeps a file's unknown fields: an object of JSON on one line, or nothing at all.
    pub fn new(object: &str) -> Self {
        Self((!matches!(object, "" | "{}")).then(|| object.into()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The object of JSON; empty where there are no fields.
    pub fn as_json(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}
