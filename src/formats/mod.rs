//! File formats: each reads to what could be read and issues, and writes to text.
//!
//! [`catalog`] lists them all and finds out which one a file is of. What they share, in reading order: [`file`](mod@file)
//! (files on their way in and out), [`json`] (JSON that may be damaged and knows where everything stands), `fields`
//! (taking objects apart), `rows` (JSON Lines), `whole` (one value), `xml` (writing XML), `iri` (names on the web), [`options`] (what can be chosen), [`reading`] (what comes of reading), `anchor` (offsets
//! held against a quotation), `cited` (quotations of a page whose text is here), `blank` and `names` (what formats of words and of
//! names can't hold), `stems` (names of files), `per_label` (files of one work), [`draft`] (what a foreign file says, made a reading), [`kept`] (fields that only one
//! format knows), [`loss`] (what a format can't hold), [`plan`](mod@plan) (what an import changes), [`parcel`] (a workspace and
//! a plan on their way from one thread to another). [`project`] is the project file, in which everything comes back; the
//! others are one module each.
//!
//! Reading never panics and never fails as a whole because of one bad part: what is wrong becomes an [`Issue`].
//! Nothing here opens a file, and nothing here changes a workspace: an import is a plan of changes that somebody
//! else makes.
//!
//! # Adding a format
//!
//! A module with one `pub const FORMAT: Format` and a line for it in [`catalog::FORMATS`]. The reader takes the file
//! apart into [`draft::ArticleDraft`]s and gives them to a [`draft::Builder`], which does all the rest. The writer
//! gets a workspace with only what the format holds, as its [`loss::Holds`] says, and writes it down. A fixture in
//! `tests/formats`, and a line in the round trip there.

mod anchor;
mod blank;
pub mod brat;
pub mod cas_json;
pub mod catalog;
mod cited;
pub mod conll;
pub mod doccano;
pub mod draft;
pub(crate) mod fields;
pub mod file;
pub mod hypothesis;
mod iri;
mod issues;
pub mod json;
pub mod jsonl;
pub mod kept;
pub mod label_studio;
pub mod loss;
mod names;
pub mod options;
pub mod parcel;
mod per_label;
pub mod plain;
pub mod plan;
pub mod project;
pub mod reading;
pub mod report;
mod rows;
mod stems;
pub mod table;
pub mod tei;
pub mod w3c;
mod whole;
mod xml;

pub use anchor::Unit;
pub use plan::{Plan, Summary, plan};
pub use reading::{Counts, Reading};

use std::fmt;

/// Something that a person should know of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// How much it matters.
    pub severity: Severity,
    /// What was wrong and what was done, as a sentence without a full stop.
    pub message: String,
    /// Where in the file; `None` where it is of no one place.
    pub place: Option<Place>,
}

/// How much an issue matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing was lost or changed.
    Note,
    /// Something was repaired, replaced or could not be checked.
    Warning,
    /// Something could not be taken over.
    Error,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in code points.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Issue {
    /// An issue of no one place.
    pub fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self { severity, message: message.into(), place: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issue_says_where_first() {
        let mut issue = Issue::new(Severity::Note, "nothing much");
        assert_eq!(issue.to_string(), "nothing much");
        issue.place = Some(Place { line: 12, column: 5 });
        assert_eq!(issue.to_string(), "line 12, column 5: nothing much");
    }
}
