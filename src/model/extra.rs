//! Fields of a file that this version does not know.
//!
//! They are kept on their object and written again after the known ones, so that a file of a newer
//! version loses nothing by passing through here. They are never read.
//! Those of a part that has no type of its own here stand under the part's name.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::rc::Rc;

/// Unknown fields in the order of the file; most objects have none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(Option<Rc<Map<String, Value>>>);

impl Extra {
    /// Keeps a file's unknown fields.
    pub fn new(fields: Map<String, Value>) -> Self {
        Self((!fields.is_empty()).then(|| Rc::new(fields)))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The fields by name; `None` where there are none.
    pub fn fields(&self) -> Option<&Map<String, Value>> {
        self.0.as_deref()
    }
}

impl Serialize for Extra {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(fields) => serializer.collect_map(fields.iter()),
            None => serializer.collect_map(std::iter::empty::<((), ())>()),
        }
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::new)
    }
}
