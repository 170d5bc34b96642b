//! Whether a file is a web page: its name and what stands at its very start decide. Nothing here takes a page apart or
//! decodes it.

/// How many bytes at the start are looked at.
const START: usize = 1_024;

/// What the names of web pages end in.
const ENDINGS: [&str; 3] = [".html", ".htm", ".xhtml"];

/// Whether a file has the name of a web page.
pub fn is_named(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether the bytes of a file are a web page: markup that says so near its start, or has the name of one.
pub fn is_page(bytes: &[u8], name: &str) -> bool {
    let start = start(bytes);
    let says_so = || ["<!doctype html", "<html"].iter().any(|begin| start.contains(begin));
    start.trim_start().starts_with('<') && (is_named(name) || says_so())
}

/// The start of a page in small ASCII letters; what is in UTF-16 without its zeros, and without a byte order mark.
fn start(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(START)];
    let is_letter = |byte: &u8| !matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff);
    bytes.iter().filter(|byte| is_letter(byte)).map(|&byte| char::from(byte).to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_page_is_known_by_its_start() {
        for (bytes, is_named, expected) in [
            ("<!DOCTYPE html><p>", false, true),
            ("\u{feff}\n <HTML lang=en>", false, true),
            ("<!-- saved from url=(0010)http://a/ -->\n<!-- <p> --><html>", false, true),
            ("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">", false, true),
            ("<?xml version=\"1.0\"?><TEI>", false, false),
            ("<p>We open", false, false),
            ("<p>We open", true, true),
            ("We open at nine <html>", true, false),
            ("{\"a\":\"<html>\"}", true, false),
            ("", true, false),
            ("<!--", false, false),
        ] {
            let name = if is_named { "a.HTM" } else { "a.txt" };
            assert_eq!(is_page(bytes.as_bytes(), name), expected, "{bytes}");
        }
        let utf16: Vec<u8> = "\u{feff}<!doctype html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(is_page(&utf16, ""));
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = is_page(&bytes, "a.html");
            const PARTS: [&str; 10] = ["<", "!--", "-->", "meta ", "charset", "=", "\"", "é", ">", " "];
            let tags: String = bytes.iter().map(|byte| PARTS[usize::from(byte % 10)]).collect();
            let _ = is_page(tags.as_bytes(), "a.html");
        }
    }
}
