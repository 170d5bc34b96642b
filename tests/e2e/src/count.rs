//! Offsets counted anew, from the text alone and in the plainest way, to hold against the app's.

use serde_json::{Value, json};

/// Where some words stand in a text, in three units, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Code points.
    pub code_points: (usize, usize),
    /// UTF-16 code units.
    pub utf16: (usize, usize),
    /// Bytes of UTF-8.
    pub utf8: (usize, usize),
}

/// How much text around a quotation a project file holds, in code points.
const CONTEXT: usize = 32;

/// What a project file must say of where an annotation stands, for words that it covers.
pub fn expected(text: &str, words: &str, nth: usize) -> Value {
    expected_at(text, place(text, words, nth))
}

/// The same for a place.
pub fn expected_at(text: &str, found: Place) -> Value {
    let (start, end) = found.code_points;
    json!({
        "start": start,
        "end": end,
        "utf16": { "start": found.utf16.0, "end": found.utf16.1 },
        "bytes": { "start": found.utf8.0, "end": found.utf8.1 },
        "quote": {
            "exact": slice(text, start, end),
            "prefix": slice(text, start.saturating_sub(CONTEXT), start),
            "suffix": slice(text, end, end + CONTEXT),
        },
    })
}

/// The nth place (from 0) of some words in a text.
pub fn place(text: &str, words: &str, nth: usize) -> Place {
    let (byte, _) = text.match_indices(words).nth(nth).unwrap_or_else(|| panic!("“{words}” is not there"));
    between(text, byte, byte + words.len())
}

/// The place between two bytes.
pub fn between(text: &str, from: usize, to: usize) -> Place {
    let chars = |to: usize| text[..to].chars().count();
    let units = |to: usize| text[..to].encode_utf16().count();
    Place { code_points: (chars(from), chars(to)), utf16: (units(from), units(to)), utf8: (from, to) }
}

/// The text between two counts of code points.
pub fn slice(text: &str, from: usize, to: usize) -> String {
    text.chars().skip(from).take(to - from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_differ_where_they_should() {
        let found = place("é 👍🏽 ok ok", "ok", 1);
        assert_eq!(found.code_points, (8, 10));
        assert_eq!(found.utf16, (10, 12));
        assert_eq!(found.utf8, (15, 17));
        assert_eq!(slice("é 👍🏽 ok", 2, 4), "👍🏽");
    }
}
