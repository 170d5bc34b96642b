//! Writing XML 1.0: texts, values of attributes and names, each so that a parser gives back just what was written.
//!
//! Characters that XML can't hold at all become U+FFFD, one for one, so that offsets stay; the report of losses
//! counts them. Nothing here knows of elements.

use std::fmt::Write;

/// Whether XML 1.0 can hold a character in no way (2.2).
pub(crate) fn forbids(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Writes a text. A carriage return is written as a reference, else a parser would make a line feed of it.
pub(crate) fn text(out: &mut String, text: &str) {
    write(out, text, &['\r']);
}

/// Writes the value of an attribute between double quotation marks. White space but blanks is written as references, else
/// a parser would make blanks of it.
pub(crate) fn value(out: &mut String, text: &str) {
    write(out, text, &['\r', '\n', '\t', '"']);
}

fn write(out: &mut String, text: &str, by_number: &[char]) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if by_number.contains(&c) => {
                // Writing to memory can't fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(if forbids(c) { char::REPLACEMENT_CHARACTER } else { c }),
        }
    }
}

/// What a thing is named by in XML (an NCName without a full stop): ASCII letters, digits and hyphens stay, all else is
/// its code point between underscores, so that no two things have the same name.
pub(crate) fn name(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for (at, c) in id.char_indices() {
        if c.is_ascii_alphabetic() || (at > 0 && (c.is_ascii_digit() || c == '-')) {
            name.push(c);
        } else {
            let _ = write!(name, "_{:X}_", u32::from(c));
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_parser_would_change_is_written_by_number() {
        for (content, as_text, as_value) in [
            ("a < b & \"c\" > d", "a &lt; b &amp; \"c\" &gt; d", "a &lt; b &amp; &#34;c&#34; &gt; d"),
            ("a\r\n\tb", "a&#13;\n\tb", "a&#13;&#10;&#9;b"),
            ("a\0\u{c}b\u{ffff}", "a\u{fffd}\u{fffd}b\u{fffd}", "a\u{fffd}\u{fffd}b\u{fffd}"),
            ("👍\u{85}\u{2028}", "👍\u{85}\u{2028}", "👍\u{85}\u{2028}"),
            ("]]>", "]]&gt;", "]]&gt;"),
        ] {
            let (mut one, mut other) = (String::new(), String::new());
            text(&mut one, content);
            value(&mut other, content);
            assert_eq!((one.as_str(), other.as_str()), (as_text, as_value));
        }
    }

    proptest! {
        #[test]
        fn names_are_names_and_tell_things_apart(one in ".{1,12}", other in "[a_1:é-]{1,6}") {
            for id in [&one, &other] {
                let name = name(id);
                prop_assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b)));
                prop_assert!(name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'));
            }
            prop_assert_eq!(name(&one) == name(&other), one == other);
        }
    }
}
