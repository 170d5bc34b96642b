//! What a JSON text stands for, lone surrogates and all.

/// Resolves the escapes of a text without its quotation marks, which the parser found well formed.
/// A lone surrogate, which no Rust text can hold, becomes U+FFFD, and that is said.
pub(super) fn unescape(inner: &str) -> (String, bool) {
    let mut text = String::with_capacity(inner.len());
    let mut lone = false;
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let (c, width) = match escape.bytes().next() {
            Some(b'u') => unicode(escape),
            Some(b'b') => (Some('\u{8}'), 1),
            Some(b'f') => (Some('\u{c}'), 1),
            Some(b'n') => (Some('\n'), 1),
            Some(b'r') => (Some('\r'), 1),
            Some(b't') => (Some('\t'), 1),
            Some(other) => (Some(char::from(other)), 1),
            None => (None, 0),
        };
        lone |= c.is_none();
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
        rest = escape.get(width..).unwrap_or_default();
    }
    text.push_str(rest);
    (text, lone)
}

/// The character of `uXXXX`, or of `uXXXX\uXXXX` for a pair, and how many bytes it took.
fn unicode(escape: &str) -> (Option<char>, usize) {
    let unit = |at: usize| escape.get(at..at + 4).and_then(|hex| u16::from_str_radix(hex, 16).ok());
    let Some(first) = unit(1) else {
        return (None, 5);
    };
    let second = if escape.get(5..7) == Some("\\u") { unit(7) } else { None };
    match (char::decode_utf16([first]).next(), second) {
        (Some(Ok(c)), _) => (Some(c), 5),
        (_, Some(second)) => match char::decode_utf16([first, second]).next() {
            Some(Ok(c)) => (Some(c), 11),
            _ => (None, 5),
        },
        _ => (None, 5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_and_lone_surrogates_replaced() {
        for (inner, expected, lone) in [
            ("plain", "plain", false),
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t", false),
            (r"a\u00e9\uD83D\uDC4Db", "aé👍b", false),
            (r"\\ud83d", "\\ud83d", false),
            (r"\ud83d", "\u{fffd}", true),
            (r"\udc4d\ud83d", "\u{fffd}\u{fffd}", true),
            (r"\ud83d\ud83d\udc4d", "\u{fffd}👍", true),
            (r"\ud83d\n", "\u{fffd}\n", true),
            (r"\ud83dA", "\u{fffd}A", true),
            (r"\ud83d\u0041", "\u{fffd}A", true),
        ] {
            assert_eq!(unescape(inner), (expected.to_owned(), lone), "{inner}");
        }
    }
}
