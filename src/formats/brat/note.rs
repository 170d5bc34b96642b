//! Notes on one line: what a line can't hold is escaped with backslashes, as in C.
//!
//! brat cuts lines where Python's `splitlines` does. Only notes that need it are escaped, and their type says so, so that
//! backslashes in other notes are just that.

use std::fmt::Write;

/// Whether a note can stand on a line as it is.
pub(super) fn is_plain(note: &str) -> bool {
    !note.chars().any(breaks) && !note.is_empty()
}

fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// A note on one line.
pub(super) fn escape(note: &str) -> String {
    let mut line = String::with_capacity(note.len());
    for c in note.chars() {
        match c {
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            c if breaks(c) => {
                // Writing to memory can't fail.
                let _ = write!(line, "\\u{{{:x}}}", u32::from(c));
            }
            c => line.push(c),
        }
    }
    line
}

/// The note that such a line stands for; what is no escape is taken as it is.
pub(super) fn unescape(line: &str) -> String {
    let mut note = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        note.push_str(before);
        let (c, taken) = match after.chars().next() {
            Some('\\') => ('\\', 1),
            Some('n') => ('\n', 1),
            Some('r') => ('\r', 1),
            Some('t') => ('\t', 1),
            _ => code(after).unwrap_or(('\\', 0)),
        };
        note.push(c);
        rest = &after[taken..];
    }
    note + rest
}

/// The character of `u{…}`, and how many bytes that takes.
fn code(escape: &str) -> Option<(char, usize)> {
    let (hex, _) = escape.strip_prefix("u{")?.split_once('}')?;
    Some((char::from_u32(u32::from_str_radix(hex, 16).ok()?)?, hex.len() + 3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_note_is_one_line() {
        for (note, line) in [
            ("two\nlines", "two\\nlines"),
            ("C:\\new\r\n", "C:\\\\new\\r\\n"),
            (" both ends\u{2029}", " both ends\\u{2029}"),
            ("\u{85}é", "\\u{85}é"),
        ] {
            assert_eq!(escape(note), line);
            assert_eq!(unescape(line), note);
            assert!(!is_plain(note) && is_plain(line));
        }
        assert!(is_plain("C:\\new, 5 km  "));
        assert_eq!(unescape("a\\q \\u{zz} \\u{d800} \\"), "a\\q \\u{zz} \\u{d800} \\");
    }

    proptest! {
        #[test]
        fn every_note_comes_back(note in "[ \\\\nru{}20\n\r\u{85}\u{2028}é]{0,20}|(?s).{0,20}") {
            prop_assert_eq!(unescape(&escape(&note)), note.as_str());
            prop_assert!(note.is_empty() || is_plain(&escape(&note)));
        }
    }
}
