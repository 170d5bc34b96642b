//! What a file of another tool says of articles and annotations, before anything of it is believed, and making a
//! [`Reading`](crate::formats::Reading) of it.
//!
//! A reader of such a format takes its file apart into [`ArticleDraft`]s with [`MarkDraft`]s on them, in whatever
//! unit and under whatever names the file has, and hands them to a [`Builder`]. The builder finds out what the
//! offsets count, holds each against the quotation, finds again what does not stand where it should, takes labels
//! for those that are known here or makes new ones, gives ids, and says what it did. So the readers hold the forms
//! of their files and nothing else. In reading order: `unit`, [`label`], `place`, `sheet`, [`build`].

pub mod build;
pub mod label;
mod place;
mod sheet;
#[cfg(test)]
mod tests;
mod unit;

pub use build::Builder;
pub use label::{label_id, label_name};
pub use place::Quoting;

use crate::formats::Place;
use crate::formats::fields::Kept;
use crate::model::{Origin, Status, Timestamp};

/// What a file says of an article.
#[derive(Default)]
pub struct ArticleDraft {
    /// Its id in the file; empty where it has none. Articles with the same id and the same text are one.
    pub id: String,
    /// Its text, as the offsets count it.
    pub text: String,
    /// Its title; empty where the file says none.
    pub title: String,
    /// Where it was published; empty where the file does not say.
    pub source: String,
    /// When it was published; empty where the file does not say.
    pub date: String,
    /// Who wrote it; empty where the file does not say.
    pub byline: String,
    /// What took its text out of a web page; empty where the file does not say.
    pub extractor: String,
    /// What its bytes were read as; empty where nobody knows.
    pub encoding: String,
    /// Whether it is done; `None` where the file does not say.
    pub done: Option<bool>,
    /// Fields that nothing here knows.
    pub(crate) fields: Kept,
    /// Where it stands in the file.
    pub place: Option<Place>,
    /// Its annotations.
    pub marks: Vec<MarkDraft>,
    /// Which of the builder's files it is of.
    pub(crate) file: usize,
}

/// What a file says of an annotation.
#[derive(Default)]
pub struct MarkDraft {
    /// Its id in the file; empty where it has none.
    pub id: String,
    /// The name of its label in the file.
    pub label: String,
    /// Start and end (exclusive) of each of its pieces, in whatever the file counts; none where the file only
    /// quotes it.
    pub pieces: Vec<(u32, u32)>,
    /// Its words, as the file quotes them.
    pub quote: Option<QuoteDraft>,
    /// Names and values of its attributes.
    pub attributes: Vec<(String, String)>,
    /// Its links, in the ids of the file.
    pub links: Vec<LinkDraft>,
    /// The note on it.
    pub note: String,
    /// Whether a person stands behind it.
    pub status: Status,
    /// Who made it; empty where the file does not say.
    pub annotator: String,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was last changed.
    pub changed: Option<Timestamp>,
    /// How it was made, where the file says it.
    pub origin: Option<Origin>,
    /// Fields that nothing here knows.
    pub(crate) fields: Kept,
    /// Where it stands in the file.
    pub place: Option<Place>,
}

/// How a file quotes an annotation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteDraft {
    /// Its words.
    pub exact: String,
    /// What stands right before them; empty where the file does not say.
    pub prefix: String,
    /// What stands right after them; empty where the file does not say.
    pub suffix: String,
}

/// A link from one annotation of a file to another of the same article.
#[derive(Clone, Default)]
pub struct LinkDraft {
    /// What the file calls its kind.
    pub kind: String,
    /// The id of the annotation that it leads to.
    pub to: String,
    /// Fields that nothing here knows.
    pub(crate) fields: Kept,
}

impl QuoteDraft {
    /// The words alone.
    pub fn new(exact: impl Into<String>) -> Self {
        Self { exact: exact.into(), ..Self::default() }
    }
}
