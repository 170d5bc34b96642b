//! Names of things, a type each, so that no view compares strings.
//!
//! Ids of articles and annotations are unique across machines: the writer's random code and a
//! sequence number of its own. Nothing here makes chance; the writer's code comes from outside.

use crate::limits;
use std::fmt;
use std::rc::Rc;

fn fits(id: &str) -> bool {
    !id.is_empty() && id.len() <= limits::ID_BYTES && !id.chars().any(char::is_control)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Rc<str>);

        impl $name {
            /// Takes an id as it was written.
            pub fn new(id: impl Into<Rc<str>>) -> Self {
                Self(id.into())
            }

            /// Takes an id from outside: not empty, not endless, no control characters.
            pub fn parse(id: &str) -> Option<Self> {
                fits(id).then(|| Self(id.into()))
            }

            /// The id as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// An article in a workspace. Not the hash of its text: the same text may be there twice.
    ArticleId
}
id! {
    /// An annotation.
    AnnotationId
}
id! {
    /// A label of the label scheme.
    LabelId
}
id! {
    /// An attribute of a label.
    AttributeId
}
id! {
    /// A kind of link between annotations.
    LinkTypeId
}
id! {
    /// The code under which a person annotates; a code, never a name by default.
    AnnotatorCode
}
id! {
    /// The random code of one installation, the first half of every id that it makes.
    WriterId
}

impl ArticleId {
    /// The `sequence`-th id of a writer.
    pub fn minted(writer: &WriterId, sequence: u64) -> Self {
        Self(format!("t-{writer}-{sequence:05}").into())
    }
}

impl AnnotationId {
    /// The `sequence`-th id of a writer.
    pub fn minted(writer: &WriterId, sequence: u64) -> Self {
        Self(format!("a-{writer}-{sequence:05}").into())
    }
}

impl Default for AnnotatorCode {
    fn default() -> Self {
        Self("A1".into())
    }
}
