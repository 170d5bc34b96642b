//! What stands between words, for formats that hold words and nothing at their edges.
//!
//! White space, control characters and the two spaces without width: readers of lines and tokens take some of these
//! for white space too, and none of them can be seen. Nothing here knows a format.

use crate::text::{Offset, Span, Text};

/// Whether a character is white space, be it without width, or a control character.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// A span without what is blank at its edges, in code points; `None` where nothing else is in it.
pub(crate) fn narrowed(text: &Text, span: Span) -> Option<Span> {
    let words = text.slice(span);
    let before = words.chars().take_while(|c| is_blank(*c)).count();
    let after = words.chars().rev().take_while(|c| is_blank(*c)).count();
    let (start, end) = (span.start().get(), span.end().get());
    let (start, end) = (start + u32::try_from(before).ok()?, end - u32::try_from(after).ok()?);
    (start < end).then(|| Span::between(Offset::new(start), Offset::new(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::drawn::{draw_span, text_and_span};

    #[test]
    fn a_span_keeps_its_words_alone() {
        for (drawn, expected) in [
            ("a[ b c ]d", Some("a [b c] d")),
            ("[\r\n\u{a0}é\u{1c}\u{feff}\0]", Some("\r\n\u{a0}[é]\u{1c}\u{feff}\0")),
            ("[word]", Some("[word]")),
            ("a[ \u{85}\u{2028}]b", None),
        ] {
            let (text, span) = text_and_span(drawn);
            assert_eq!(narrowed(&text, span).map(|span| draw_span(&text, span)).as_deref(), expected, "{drawn:?}");
        }
    }
}
