//! What a request of the local server may read: from an address to a file and its type.
//!
//! It never leads outside the served folder, whatever the address says.

use std::path::{Path, PathBuf};

/// The file that an address stands for, as a path inside the served folder.
/// `None` for addresses that name nothing a site could hold.
pub fn inside(address: &str) -> Option<PathBuf> {
    let path = address.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = decoded(path)?;
    let mut file = PathBuf::new();
    for part in path.split('/') {
        // Hidden files, parents, drives and separators of other systems are all no part of it.
        if part.starts_with('.') || part.contains(['\\', ':', '\0']) {
            return None;
        }
        if !part.is_empty() {
            file.push(part);
        }
    }
    if path.is_empty() || path.ends_with('/') {
        file.push("index.html");
    }
    Some(file)
}

/// An address with its `%` signs resolved; `None` when it is broken.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
            bytes.push(u8::try_from(high? * 16 + low?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// What kind of file this is, for the browser.
pub fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json; charset=utf-8",
        Some("webmanifest") => "application/manifest+json; charset=utf-8",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_files() {
        let cases = [
            ("/", "index.html"),
            ("/?sample=1#x", "index.html"),
            ("/static/schema/v1.json", "static/schema/v1.json"),
            ("/sub/", "sub/index.html"),
            ("//a//b", "a/b"),
            ("/a%20b.txt", "a b.txt"),
        ];
        for (address, file) in cases {
            assert_eq!(inside(address), Some(PathBuf::from(file)), "{address}");
        }
    }

    #[test]
    fn no_address_leads_outside() {
        let cases = [
            "/../Cargo.toml",
            "/a/../../x",
            "/%2e%2e/x",
            "/..%2fx",
            "/a\\..\\x",
            "/a%5c..%5cx",
            "/C:/x",
            "/.git/config",
            "/a%00b",
            "/%zz",
            "/%e",
            "/%ff",
            "relative",
            "http://elsewhere/x",
            "*",
        ];
        for address in cases {
            assert_eq!(inside(address), None, "{address}");
        }
    }

    #[test]
    fn the_program_has_the_type_that_browsers_insist_on() {
        assert_eq!(content_type(Path::new("a_bg-12.wasm")), "application/wasm");
        assert_eq!(content_type(Path::new("x")), "application/octet-stream");
    }
}
