//! How much the app takes of anything: bounds so wide that only what is broken, or made to break it, meets
//! them.
//!
//! They stand in one place, the help names those that a person may meet, and meeting one ends in a message,
//! never in a page that hangs. Nothing here counts or refuses anything; whoever reads or makes something holds
//! to them. Lengths are code points unless a name says otherwise.

/// Bytes of a file that is opened, be it text or a project.
pub const FILE_BYTES: u32 = 64 << 20;
/// The text of an article.
pub const TEXT: usize = 10_000_000;
/// Lines of it.
pub const LINES: usize = 200_000;
/// Elements of a web page, which the script holds to that takes it apart.
pub const ELEMENTS: usize = 200_000;
/// Articles in the workspace, and in a file.
pub const ARTICLES: usize = 5_000;
/// Annotations in a file, and of one annotator on one article.
pub const ANNOTATIONS: usize = 200_000;
/// Sheets in a file.
pub const SHEETS: usize = 10_000;
/// Labels of a scheme, annotators of a file, and whatever else a thing has a list of: the attributes and kinds
/// of links of a label, the values to choose from, the attributes and links of an annotation.
pub const LIST: usize = 1_000;
/// A title, a source, a date, the name of a label: what stands on one line.
pub const NAME: usize = 1_000;
/// A note, the value of an attribute, when to use a label.
pub const NOTE: usize = 100_000;
/// The sequence number of an id: no hand gets there, and counting on from it stays exact everywhere.
pub const SEQUENCE: u64 = 1 << 53;
/// An id, in bytes.
pub const ID_BYTES: usize = 200;
/// Values of a JSON file: each takes some twenty bytes of memory while it is read.
pub const VALUES: usize = 8_000_000;
/// How deep a field of a newer version may nest and still be kept.
pub const DEPTH: usize = 32;
/// Issues of a file that are told one by one, of each severity.
pub const ISSUES: usize = 10_000;

/// Whether a text is no longer than that of an article may be.
pub fn fits_article(text: &str) -> bool {
    // Fewer bytes than that can't be too many of anything.
    text.len() < LINES || (text.chars().count() <= TEXT && lines(text) <= LINES)
}

/// The lines of a text, as [`crate::text::block`] cuts them.
fn lines(text: &str) -> usize {
    let next = text.bytes().skip(1).chain([0]);
    let ends = text.bytes().zip(next).filter(|pair| matches!(pair, (b'\n', _)) || (pair.0 == b'\r' && pair.1 != b'\n'));
    ends.count() + 1
}

/// The start of a text, where all of it would be longer than `limit`.
pub fn start(text: &str, limit: usize) -> Option<&str> {
    // No code point takes less than a byte.
    let end = if text.len() > limit { text.char_indices().nth(limit)?.0 } else { return None };
    Some(&text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_held_against_both_its_bounds() {
        assert!(fits_article(&"é".repeat(TEXT)));
        assert!(!fits_article(&"é".repeat(TEXT + 1)));
        assert!(fits_article(&"a\n".repeat(LINES - 1)));
        assert!(fits_article(&"a\r\n".repeat(LINES - 1)));
        for line in ["a\n", "a\r", "\r\n", "é\u{2028}\n"] {
            assert!(!fits_article(&line.repeat(LINES)), "{line:?}");
            assert_eq!(lines(&line.repeat(3)), crate::text::block::partition(&line.repeat(3)).0.len());
        }
    }

    #[test]
    fn the_script_that_takes_pages_apart_has_the_same_bounds() {
        let script = include_str!("../xtask/web/extract.js").replace("_000", "000");
        for bound in [format!("MOST_ELEMENTS = {ELEMENTS};"), format!("MOST_LETTERS = {TEXT};")] {
            assert!(script.contains(&bound), "{bound}");
        }
    }

    #[test]
    fn the_start_of_a_text_cuts_no_code_point() {
        for (text, limit, expected) in
            [("", 0, None), ("éé", 2, None), ("ééé", 2, Some("éé")), ("ab", 0, Some("")), ("👍👍", 3, None)]
        {
            assert_eq!(start(text, limit), expected, "{text}");
        }
    }
}
