//! Names in formats that restrict them, so that every name can be written and comes back as it was.
//!
//! What may not stand in a name is written as its code point in hexadecimal between `_x` and `_`: four digits, or
//! eight beyond U+FFFF (`_x0020_` is a space). A name that has such letters already gets its `_` written so. This is
//! the form in which the names of XML are commonly escaped. Nothing here knows a format.

use std::fmt::Write;

/// A name in which every character is allowed, or escaped.
pub(crate) fn escaped(name: &str, is_allowed: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(name.len());
    for (at, c) in name.char_indices() {
        if is_allowed(c) && !(c == '_' && may_be_code(&name[at..], &is_allowed)) {
            escaped.push(c);
        } else {
            escape(c, &mut escaped);
        }
    }
    escaped
}

/// The same with the first character escaped in any case, so that the name is no word that means something else.
pub(crate) fn set_apart(name: &str, is_allowed: impl Fn(char) -> bool) -> String {
    let mut chars = name.chars();
    let mut apart = String::new();
    if let Some(first) = chars.next() {
        escape(first, &mut apart);
    }
    apart + &escaped(chars.as_str(), is_allowed)
}

/// The name that an escaped one stands for; others are as they are.
pub(crate) fn unescaped(name: &str) -> String {
    let mut rest = name;
    let mut unescaped = String::with_capacity(name.len());
    while let Some(at) = rest.find("_x") {
        unescaped.push_str(&rest[..at]);
        rest = &rest[at..];
        match code_at(rest) {
            Some((c, len)) => {
                unescaped.push(c);
                rest = &rest[len..];
            }
            None => {
                unescaped.push('_');
                rest = &rest[1..];
            }
        }
    }
    unescaped + rest
}

fn escape(c: char, to: &mut String) {
    let code = u32::from(c);
    // Writing to memory can't fail.
    let _ = if code > 0xffff { write!(to, "_x{code:08X}_") } else { write!(to, "_x{code:04X}_") };
}

/// Whether a text would begin with an escaped character once it is written: whatever ends the digits becomes a `_`.
fn may_be_code(text: &str, is_allowed: impl Fn(char) -> bool) -> bool {
    let Some(code) = text.strip_prefix("_x") else { return false };
    let digits = code.bytes().take_while(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(b)).count();
    let next = code[digits..].chars().next();
    [4, 8].contains(&digits) && next.is_some_and(|next| next == '_' || !is_allowed(next))
}

/// The character that is escaped at the start of a text, and how many bytes that takes.
fn code_at(text: &str) -> Option<(char, usize)> {
    let code = text.strip_prefix("_x")?;
    let digits = code.find('_').filter(|digits| [4, 8].contains(digits))?;
    let hex = code.get(..digits)?;
    // No sign, and no small letters, which are never written.
    let is_hex = hex.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
    let c = char::from_u32(u32::from_str_radix(hex, 16).ok().filter(|_| is_hex)?)?;
    (digits == if u32::from(c) > 0xffff { 8 } else { 4 }).then_some((c, digits + 3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_allowed_is_escaped() {
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
        for (name, expected) in [
            ("quote", "quote"),
            ("named entity", "named_x0020_entity"),
            ("Zoë", "Zo_x00EB_"),
            ("👍_x", "_x0001F44D__x"),
            ("a_x0020_b", "a_x005F_x0020_b"),
            ("_x00_", "_x00_"),
            ("_x00AA é", "_x005F_x00AA_x0020__x00E9_"),
            ("_x00AAb", "_x00AAb"),
            ("", ""),
        ] {
            assert_eq!(escaped(name, letters), expected);
            assert_eq!(unescaped(expected), name);
        }
        assert_eq!((set_apart("label", letters).as_str(), unescaped("_x006C_abel").as_str()), ("_x006C_abel", "label"));
    }

    #[test]
    fn what_only_looks_escaped_is_left() {
        for name in ["_xD800_", "_x00000041_", "_x+041_", "_x00e9_", "_x0020", "__x_", "x_x_x", "_xé"] {
            assert_eq!(unescaped(name), name);
        }
    }

    proptest! {
        #[test]
        fn every_name_comes_back(name in "([_x0-9A-F é👍-]|_x00AA){0,20}|.{0,12}") {
            let written = escaped(&name, |c| c.is_ascii_alphanumeric() || c == '_');
            prop_assert!(written.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{}", written);
            prop_assert_eq!(unescaped(&written), name.as_str());
            prop_assert_eq!(unescaped(&escaped(&name, |c| c != ' ')), name.as_str());
            prop_assert_eq!(unescaped(&set_apart(&name, |c| c != ' ')), name);
        }
    }
}
