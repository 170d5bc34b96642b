//! What the files of a release hold for nobody: comments and blanks in styles, and long names by which
//! the program and its loader find each other.
//!
//! Nothing here changes what the files do, and no file is touched.

use anyhow::{Context, Result, bail};

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

/// The number of the section of a program that lists its imports (WebAssembly core, 5.5.1).
const IMPORTS: u8 = 2;

/// Short names for the program's imports in place of long ones with hashes in them.
///
/// Gives both back as they are to be, or says what is not as the binding step writes it.
pub fn imports(js: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let (mut js, mut out) = (js.to_owned(), wasm.get(..8).context("the program is too short")?.to_vec());
    let mut rest = &wasm[8..];
    while let Some((&section, after)) = rest.split_first() {
        let (content, after) = counted(after)?;
        rest = after;
        out.push(section);
        let content = if section == IMPORTS { rename(&mut js, content)? } else { content.to_vec() };
        put_counted(&mut out, &content);
    }
    Ok((js, out))
}

/// The section of imports with short names, given to the loader as well.
fn rename(js: &mut String, section: &[u8]) -> Result<Vec<u8>> {
    let (count, mut rest) = number(section)?;
    let mut out = section[..section.len() - rest.len()].to_vec();
    for index in 0..count {
        let (module, after) = counted(rest)?;
        let (name, after) = counted(after)?;
        let name = std::str::from_utf8(name).context("a name is no text")?;
        // A function and its type are all that the binding step imports.
        let Some((0, of_type)) = after.split_first() else { bail!("`{name}` is no function") };
        let (_, after_type) = number(of_type)?;
        let key = format!(" {name}: ");
        if js.matches(&key).count() != 1 {
            bail!("the loader does not give `{name}` just once");
        }
        let short = format!("i{index}");
        *js = js.replacen(&key, &format!(" {short}: "), 1);
        put_counted(&mut out, module);
        put_counted(&mut out, short.as_bytes());
        out.extend_from_slice(&after[..after.len() - after_type.len()]);
        rest = after_type;
    }
    Ok(out)
}

/// A number (LEB128), and what follows it.
fn number(bytes: &[u8]) -> Result<(usize, &[u8])> {
    let mut number = 0;
    for (at, byte) in bytes.iter().take(5).enumerate() {
        number |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Ok((number, &bytes[at + 1..]));
        }
    }
    bail!("a number of the program does not end")
}

/// As many bytes as the number before them says, and what follows them.
fn counted(bytes: &[u8]) -> Result<(&[u8], &[u8])> {
    let (len, rest) = number(bytes)?;
    rest.split_at_checked(len).context("the program is cut off")
}

fn put_counted(out: &mut Vec<u8>, bytes: &[u8]) {
    let mut len = bytes.len();
    while len >= 0x80 {
        out.push((len & 0x7f) as u8 | 0x80);
        len >>= 7;
    }
    out.push(len as u8);
    out.extend_from_slice(bytes);
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
    fn both_sides_of_an_import_get_the_same_short_name() {
        let js = "{ __wbg_add_01ab: f, __wbg_cut_23cd: g }";
        let mut imports = vec![2];
        for (name, of_type) in [("__wbg_cut_23cd", 5), ("__wbg_add_01ab", 6)] {
            put_counted(&mut imports, b"./a.js");
            put_counted(&mut imports, name.as_bytes());
            imports.extend([0, of_type]);
        }
        let mut wasm = b"\0asm\x01\0\0\0\x01\x01\0".to_vec();
        wasm.push(IMPORTS);
        put_counted(&mut wasm, &imports);
        wasm.extend(b"\x0b\x02ab");
        let (renamed, short) = super::imports(js, &wasm).unwrap();
        assert_eq!(renamed, "{ i1: f, i0: g }");
        assert_eq!(
            short,
            b"\0asm\x01\0\0\0\x01\x01\0\x02\x19\x02\x06./a.js\x02i0\0\x05\x06./a.js\x02i1\0\x06\x0b\x02ab"
        );
        assert!(super::imports("{}", &wasm).is_err());
        assert!(super::imports(js, &wasm[..30]).is_err());
    }
}
