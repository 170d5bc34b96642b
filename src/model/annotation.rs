//! One annotation: a label on a span, and what is said of it.

use crate::by_key::ByKey;
use crate::model::{AnnotationId, AttributeId, Extra, Label, LabelId, LinkTypeId, Timestamp};
use crate::text::Span;
use std::rc::Rc;

/// A label on a span of an article's text. Its quotation is the text at its span, always.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Unique across machines.
    pub id: AnnotationId,
    /// What it is.
    pub label: LabelId,
    /// Where it is, in code points.
    pub span: Span,
    /// What the scheme lets one say of it.
    pub attributes: ByKey<AttributeId, Rc<str>>,
    /// Links to other annotations of the sheet.
    pub links: Vec<Link>,
    /// Free words about it.
    pub note: Rc<str>,
    /// Whether a person stands behind it.
    pub status: Status,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
    /// Where it came from.
    pub origin: Origin,
    /// Fields of a newer version.
    pub extra: Extra,
}

/// A link from one annotation to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The kind of link, as the scheme names it.
    pub kind: LinkTypeId,
    /// Where it leads.
    pub to: AnnotationId,
    /// Fields of a newer version.
    pub extra: Extra,
}

/// Whether a person stands behind an annotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// A person made it or agreed to it.
    #[default]
    Confirmed,
    /// A pre-annotation that nobody has looked at yet.
    Proposed,
}

/// Where an annotation came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// Made in the page.
    #[default]
    Hand,
    /// Through the page's own programming interface or a rule.
    Program,
    /// Read from a file with its quotation in place.
    File,
    /// Read from a file and found again by its quotation, since its offsets did not fit.
    Anchored,
}

impl Status {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Proposed => "proposed",
        }
    }

    /// Takes it as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Confirmed, Self::Proposed].into_iter().find(|status| status.as_str() == text)
    }
}

impl Origin {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Program => "program",
            Self::File => "file",
            Self::Anchored => "anchored",
        }
    }

    /// Takes it as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Hand, Self::Program, Self::File, Self::Anchored].into_iter().find(|origin| origin.as_str() == text)
    }
}

impl Annotation {
    /// What is said of it, in the order of its label's attributes; values of attributes that the label does
    /// not have come last.
    pub fn values<'a>(&'a self, label: Option<&Label>) -> Vec<&'a str> {
        let known = label.map_or(&[][..], |label| &label.attributes);
        let mut values: Vec<&str> = Vec::new();
        values.extend(known.iter().filter_map(|attribute| self.attributes.get(&attribute.id)).map(|value| &**value));
        let others = self.attributes.iter().filter(|(id, _)| known.iter().all(|attribute| attribute.id != **id));
        values.extend(others.map(|(_, value)| &**value));
        values
    }

    /// A bare mark: a label on a span and nothing said of it yet.
    pub fn new(id: AnnotationId, label: LabelId, span: Span, now: Timestamp) -> Self {
        Self {
            id,
            label,
            span,
            attributes: ByKey::default(),
            links: Vec::new(),
            note: "".into(),
            status: Status::default(),
            created: now.clone(),
            changed: now,
            origin: Origin::default(),
            extra: Extra::default(),
        }
    }
}
