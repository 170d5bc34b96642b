//! What the files of a release hold for nobody: comments and blanks in styles, and digits of chance in
//! the names by which the program and its loader find each other.
//!
//! Nothing here changes what the files do, and no file is touched.

/// Styles without comments, and with one blank or line break where there were several.
///
/// What stands in quotation marks stays as it is.
pub fn css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        let len = match c {
            '"' | '\'' => quoted(rest),
            _ => c.len_utf8(),
        };
        if c.is_ascii_whitespace() {
            if !out.ends_with([' ', '\n']) {
                out.push(if c == '\n' { '\n' } else { ' ' });
            }
        } else {
            out.push_str(&rest[..len]);
        }
        rest = &rest[len..];
    }
    out
}

/// How many bytes a text in quotation marks has, at the start of which `rest` is.
fn quoted(rest: &str) -> usize {
    let mark = rest.as_bytes()[0];
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        if byte == mark && !escaped {
            return at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    rest.len()
}

/// How many digits the hash in the name of an import has.
const HASH: usize = 16;

/// Counts in place of the hashes in the names of the program's imports: of the same length, and
/// as unlike each other, but with next to nothing in them.
pub fn imports(js: &mut String, wasm: &mut [u8]) {
    let mut known: Vec<String> = Vec::new();
    for (at, _) in js.match_indices("__wbg_") {
        let end = js[at..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(js.len(), |len| at + len);
        let Some((_, hash)) = js[at..end].rsplit_once('_') else { continue };
        let is_hash = hash.len() == HASH && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if is_hash && !known.iter().any(|other| other == hash) {
            known.push(hash.to_owned());
        }
    }
    let name = |count: usize| format!("{count:0HASH$}");
    for (count, hash) in known.iter().enumerate() {
        *js = js.replace(hash, &name(count));
    }
    for at in 1..wasm.len().saturating_sub(HASH - 1) {
        if wasm[at - 1] == b'_'
            && let Some(count) = known.iter().position(|hash| wasm[at..].starts_with(hash.as_bytes()))
        {
            wasm[at..at + HASH].copy_from_slice(name(count).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_lose_what_nobody_reads() {
        let source = "/* all */\na  {\n  content: \"/* \\\" \\\\\";\n\n  /* b */ color: red; }\n";
        assert_eq!(css(source), "\na {\ncontent: \"/* \\\" \\\\\";\ncolor: red; }\n");
        assert_eq!(css("a{content:'é  \""), "a{content:'é  \"");
    }

    #[test]
    fn both_sides_of_an_import_get_the_same_name() {
        let mut js = "__wbg_add_0123456789abcdef: f, __wbg_add_fedcba9876543210: g, __wbg_short_12: h".to_owned();
        let mut wasm = b"\0__wbg_add_fedcba9876543210\0__wbg_add_0123456789abcdef\0".to_vec();
        imports(&mut js, &mut wasm);
        assert_eq!(js, "__wbg_add_0000000000000000: f, __wbg_add_0000000000000001: g, __wbg_short_12: h");
        assert_eq!(wasm, b"\0__wbg_add_0000000000000001\0__wbg_add_0000000000000000\0");
    }
}
