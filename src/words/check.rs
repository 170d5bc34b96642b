//! What is said of slips in the annotations.

use super::{grouped, plural};
use crate::lint::Rule;

pub const CHECK_FIRST: &str = "Check for slips";
pub const CHECK_TITLE: &str = "Check the annotations";
pub const CHECKING: &str = "Looking at the annotations…";
pub const NO_FINDINGS: &str = "Nothing looks like a slip.";
pub const SHOW: &str = "Show";
pub const SHOW_PLACE: &str = "Show the place";
pub const FIX: &str = "Fix";
pub const UNDO_FIX: &str = "Undo the fix";

/// What a rule looks for.
pub fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Space => "White space at an edge",
        Rule::Punctuation => "Punctuation at an edge",
        Rule::Character => "Cut inside a character",
        Rule::Word => "Cut inside a word",
        Rule::Marks => "Odd quotation marks",
        Rule::Double => "The same label twice",
        Rule::Places => "Same words, no label",
    }
}

pub fn findings(count: usize) -> String {
    match count {
        0 => NO_FINDINGS.to_owned(),
        _ => plural(count, "possible slip", "possible slips"),
    }
}

/// What a fix leaves of an annotation.
pub fn becomes(words: &str) -> String {
    ["The fix makes it “", words, "”."].concat()
}

pub fn fix_all(count: usize) -> String {
    ["Fix all ", &grouped(count)].concat()
}

/// What was done, for the list of what can be undone.
pub fn fixed(count: usize) -> String {
    plural(count, "annotation fixed", "annotations fixed")
}
