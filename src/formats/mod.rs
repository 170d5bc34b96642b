//! File formats: one folder each, reading to (what could be read, issues) and writing to text.
//!
//! [`project`] is the project file, in which everything comes back; [`json`] reads JSON that may be
//! damaged and knows where everything stands. Reading never panics and never fails as a whole
//! because of one bad part: what is wrong becomes an [`Issue`]. Nothing here opens a file, and nothing
//! here changes a workspace: an import is a plan of changes that somebody else makes.

pub mod json;
pub mod project;

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
