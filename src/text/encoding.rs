//! Which encoding the bytes of a text file are in, as far as the bytes themselves tell.
//!
//! Decoding is the browser's business (its TextDecoder knows every encoding of the web); here only
//! the question is answered which one to ask for. The answer is shown to the person, who can change it.

/// What the bytes look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sniffed {
    /// Text, to be decoded by the encoding with this label of the WHATWG Encoding Standard.
    Text(&'static str),
    /// Not text at all; what it looks like.
    NotText(&'static str),
}

const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x1f\x8b", "a gzip archive"),
];

/// Looks at a byte order mark, then for UTF-8, then for UTF-16 without a mark; what is left is taken
/// as Windows-1252, as browsers do.
pub fn sniff(bytes: &[u8]) -> Sniffed {
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Sniffed::NotText(what);
    }
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return Sniffed::Text("UTF-8"),
        [0xff, 0xfe, ..] => return Sniffed::Text("UTF-16LE"),
        [0xfe, 0xff, ..] => return Sniffed::Text("UTF-16BE"),
        _ => {}
    }
    if let Some(utf16) = utf16_without_mark(bytes) {
        return Sniffed::Text(utf16);
    }
    let count = |is_so: fn(u8) -> bool| bytes.iter().filter(|&&b| is_so(b)).count();
    // Of bytes at random one in eleven is one of these; of Chinese in UTF-16, which looks like nothing else, half
    // as many.
    let is_control = |b| b < b' ' && !matches!(b, 8..=13 | 26 | 27);
    if count(|b| b == 0) > bytes.len() / 20 || count(is_control) > bytes.len() / 12 {
        return Sniffed::NotText("a file of a program, not text");
    }
    if std::str::from_utf8(bytes).is_ok() { Sniffed::Text("UTF-8") } else { Sniffed::Text("windows-1252") }
}

/// Western text in UTF-16 has a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static str> {
    let pairs = bytes.len() / 2;
    if pairs < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |at: usize| bytes.iter().skip(at).step_by(2).filter(|&&b| b == 0).count();
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 10 > pairs * 4 => Some("UTF-16LE"),
        (even, 0) if even * 10 > pairs * 4 => Some("UTF-16BE"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_their_encoding() {
        let utf16 = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        for (bytes, expected) in [
            (b"plain".to_vec(), Sniffed::Text("UTF-8")),
            (Vec::new(), Sniffed::Text("UTF-8")),
            ("caf\u{e9} 👍".into(), Sniffed::Text("UTF-8")),
            (b"\xef\xbb\xbfmarked".to_vec(), Sniffed::Text("UTF-8")),
            (b"caf\xe9 \x93so\x94".to_vec(), Sniffed::Text("windows-1252")),
            (utf16("\u{feff}marked", false), Sniffed::Text("UTF-16LE")),
            (utf16("\u{feff}marked", true), Sniffed::Text("UTF-16BE")),
            (utf16("without a mark", false), Sniffed::Text("UTF-16LE")),
            (utf16("without a mark", true), Sniffed::Text("UTF-16BE")),
            (b"\x89PNG\r\n\x1a\n".to_vec(), Sniffed::NotText("a PNG picture")),
            (vec![0; 64], Sniffed::NotText("a file of a program, not text")),
            ((1..=255).collect(), Sniffed::NotText("a file of a program, not text")),
            // Whoever knows what it is can still say so.
            (utf16("市议会以九票对四票决定停止建桥", false), Sniffed::Text("windows-1252")),
            (b"\x1b$B;T5D2q\x1b(B".to_vec(), Sniffed::Text("UTF-8")),
        ] {
            assert_eq!(sniff(&bytes), expected, "{bytes:?}");
        }
    }
}
