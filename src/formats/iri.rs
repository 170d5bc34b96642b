//! Names of things as IRIs (RFC 3987), for formats in which everything is named by one.
//!
//! What was made here is named in a space of its own, from which its id is read back; a text is named by its hash
//! (RFC 6920, `ni`), so that whoever has the text knows it whatever it is called. Nothing here looks anything up.

use crate::text::TextHash;
use std::fmt::Write;

/// What names made here begin with.
const SPACE: &str = "urn:x-annotator:";
/// What the name of a text by its hash begins with.
const BY_HASH: &str = "ni:///sha-256;";
const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A kind of thing with a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    Annotation,
    Annotator,
    Article,
    Collection,
    Link,
    Text,
}

impl Thing {
    fn word(self) -> &'static str {
        match self {
            Self::Annotation => "annotation",
            Self::Annotator => "annotator",
            Self::Article => "article",
            Self::Collection => "collection",
            Self::Link => "link",
            Self::Text => "text",
        }
    }
}

/// The name of a thing with an id.
pub(crate) fn named(thing: Thing, id: &str) -> String {
    let mut iri = format!("{SPACE}{}:", thing.word());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            iri.push(char::from(byte));
        } else {
            // Writing to memory can't fail.
            let _ = write!(iri, "%{byte:02X}");
        }
    }
    iri
}

/// The id of a thing of a kind; `None` of a name that was not made here, or of another kind.
pub(crate) fn id(thing: Thing, iri: &str) -> Option<String> {
    let mut rest = iri.strip_prefix(SPACE)?.strip_prefix(thing.word())?.strip_prefix(':')?;
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        bytes.push(u8::from_str_radix(after.get(..2)?, 16).ok()?);
        rest = after.get(2..)?;
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).ok().filter(|id| named(thing, id) == iri)
}

/// The name of a text by its hash.
pub(crate) fn of_hash(hash: &TextHash) -> String {
    format!("{BY_HASH}{}", base64(hash, *b"-_"))
}

/// Whether a name is that of the text with a hash.
pub(crate) fn is_of(iri: &str, hash: &TextHash) -> bool {
    iri.starts_with(BY_HASH) && of_hash(hash) == iri
}

/// Whether a name is one by hash.
pub(crate) fn is_by_hash(iri: &str) -> bool {
    iri.starts_with(BY_HASH)
}

/// A hash in base64 (RFC 4648) without the padding; `last` are the last two of its letters.
pub(crate) fn base64(hash: &TextHash, last: [u8; 2]) -> String {
    let digits: Vec<u32> = hash.as_str().chars().filter_map(|digit| digit.to_digit(16)).collect();
    let mut out = String::new();
    // Three hexadecimal digits are two letters.
    for group in digits.chunks(3) {
        let bits = group.iter().chain([0; 2].iter()).take(3).fold(0, |bits, digit| bits << 4 | digit);
        for letter in [bits >> 6, bits & 63].into_iter().take(group.len().min(2)) {
            let letter = letter as usize;
            out.push(char::from(LETTERS.get(letter).copied().unwrap_or(last[usize::from(letter == 63)])));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_named_by_its_hash() {
        // The example of RFC 6920, 8.1.
        let hash = TextHash::of("Hello World!");
        assert_eq!(of_hash(&hash), "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
        assert!(is_of(&of_hash(&hash), &hash));
        assert!(!is_of(&of_hash(&hash), &TextHash::of("Hello")));
        assert!(!is_of("http://example.org/", &hash));
    }

    #[test]
    fn only_names_made_here_have_an_id() {
        assert_eq!(named(Thing::Article, "t-ab 1%"), "urn:x-annotator:article:t-ab%201%25");
        for iri in [
            "http://example.org/1",
            "urn:x-annotator:article",
            "urn:x-annotator:article:%2",
            "urn:x-annotator:article:a b",
        ] {
            assert_eq!(id(Thing::Article, iri), None, "{iri}");
        }
        assert_eq!(id(Thing::Annotation, "urn:x-annotator:article:t"), None);
    }

    proptest! {
        #[test]
        fn every_id_comes_back(id in any::<String>()) {
            let iri = named(Thing::Link, &id);
            prop_assert!(iri.is_ascii());
            prop_assert_eq!(super::id(Thing::Link, &iri), Some(id));
        }
    }
}
