//! Bytes to text, as a browser would: what the bytes are is found out by `text::encoding`.
//!
//! Only the encodings that it can find are known here.

use crate::text::encoding::{Sniffed, sniff};

/// The code points of the bytes 80 to 9F in Windows-1252, as the WHATWG Encoding Standard has them.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of bytes without a mark of byte order, and what they were read as; else what they look like.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), &'static str> {
    match sniff(bytes) {
        Sniffed::NotText(looks_like) => Err(looks_like),
        Sniffed::Text(encoding) => {
            let text = match encoding {
                "UTF-16LE" => utf16(bytes, u16::from_le_bytes),
                "UTF-16BE" => utf16(bytes, u16::from_be_bytes),
                "windows-1252" => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
                _ => String::from_utf8_lossy(bytes).into_owned(),
            };
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            Ok((text, encoding))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let mut text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_text_as_in_a_browser() {
        let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
        for (bytes, expected) in [
            (b"\xef\xbb\xbfa\xef\xbb\xbfb".to_vec(), Ok(("a\u{feff}b", "UTF-8"))),
            (b"caf\xe9 \x93so\x94 \x81".to_vec(), Ok(("café “so” \u{81}", "windows-1252"))),
            (utf16("\u{feff}é👍"), Ok(("é👍", "UTF-16BE"))),
            (vec![0xff, 0xfe, b'a', 0, 0, 0xd8, b'b'], Ok(("a\u{fffd}\u{fffd}", "UTF-16LE"))),
            (b"PK\x03\x04".to_vec(), Err("a zip archive or an Office document")),
        ] {
            let expected = expected.map(|(text, encoding): (&str, _)| (text.to_owned(), encoding));
            assert_eq!(decode(&bytes), expected, "{bytes:?}");
        }
    }
}
