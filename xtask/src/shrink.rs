//! What the files of a release hold for nobody: comments and blanks in styles, and long names by which
//! the program and its loader find each other.
//!
//! Nothing here changes what the files do, and no file is touched.

use anyhow::{Context, Result, bail};

/// Styles without comments, with one blank or line break where there were several, and none where something has just
/// begun or ended.
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
            if !out.ends_with([' ', '\n', ':', ',', ';', '{', '}']) {
                out.push(if c == '\n' { '\n' } else { ' ' });
            }
        } else {
            if (c == '}' && out.ends_with(';')) || (c == '{' && out.ends_with(' ')) {
                out.pop();
            }
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

/// The loader with the modules that it imports written into it, each once and behind those that it imports itself, so
/// that a visit has one file to load. `read` gives a module by its path.
pub fn with_modules(js: &str, read: impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut out = String::with_capacity(js.len());
    write_module("", js, &read, &mut Vec::new(), &mut out)?;
    Ok(out)
}

fn write_module(
    folder: &str,
    js: &str,
    read: &impl Fn(&str) -> Result<String>,
    written: &mut Vec<String>,
    out: &mut String,
) -> Result<()> {
    let mut own = String::with_capacity(js.len());
    for line in js.lines() {
        match line.strip_prefix("import ").and_then(|import| import.split_once(" from ")) {
            Some((names, path)) if names.starts_with('{') && !names.contains(" as ") => {
                let path = path.trim_matches(['\'', '"', ';']);
                let path = path.strip_prefix("./").map_or(path.to_owned(), |beside| format!("{folder}{beside}"));
                if written.contains(&path) {
                    continue;
                }
                written.push(path.clone());
                let module = read(&path)?;
                let inside = path.rfind('/').map_or("", |end| &path[..=end]);
                write_module(inside, &module, read, written, out)?;
            }
            Some((names, path)) => bail!("`{names}` from {path} can't be written into the loader"),
            None => {
                own.push_str(line.strip_prefix("export ").filter(|_| !folder.is_empty()).unwrap_or(line));
                own.push('\n');
            }
        }
    }
    out.push_str(&own);
    Ok(())
}

/// The numbers of the sections of a program that list its imports and its exports (WebAssembly core, 5.5.1).
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// The start of what the loader gives the program, and its end.
const GIVEN: [&str; 2] = ["import0 = {\n        __proto__: null,", "\n    };"];

/// Short names for what the program and its loader have of each other, in place of long ones with hashes.
///
/// What the loader gives becomes a list: its name for the program is its place there. Gives both back as
/// they are to be, or says what is not as the binding step writes it.
pub fn names(js: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let (mut js, mut out) = (js.to_owned(), wasm.get(..8).context("the program is too short")?.to_vec());
    let mut rest = &wasm[8..];
    while let Some((&section, after)) = rest.split_first() {
        let (content, after) = counted(after)?;
        rest = after;
        out.push(section);
        let content = match section {
            IMPORTS => imports(&mut js, content)?,
            EXPORTS => exports(&mut js, content)?,
            _ => content.to_vec(),
        };
        put_counted(&mut out, &content);
    }
    Ok((js, out))
}

/// How the loader gives the program what may throw, from its start to its end, and the same by way of one function.
const CATCHING: [[&str; 2]; 3] = [
    ["function() { return handleError(function", "caught(function"],
    ["}, arguments); }", "})"],
    [CATCHES, "function caught(f) { return (...args) => handleError(f, args); }\nfunction handleError("],
];
const CATCHES: &str = "function handleError(";

/// The loader with what catches errors written once instead of in each function that may throw.
pub fn catching(js: &str) -> Result<String> {
    let [starts, ends, catches] = CATCHING.map(|[long, _]| js.matches(long).count());
    if starts != ends || starts == 0 || catches != 1 {
        bail!("{starts} functions begin to catch errors, {ends} end, and {catches} do it");
    }
    Ok(CATCHING.iter().fold(js.to_owned(), |js, [long, short]| js.replace(long, short)))
}

/// The section of imports with places for names, and the loader with a list of what it gives.
fn imports(js: &mut String, section: &[u8]) -> Result<Vec<u8>> {
    let (count, mut rest) = number(section)?;
    let head = &section[..section.len() - rest.len()];
    // Of each: where its name stands in the loader, how long that is, and its type.
    let mut found = Vec::new();
    for _ in 0..count {
        let (_, after) = counted(rest)?;
        let (name, after) = counted(after)?;
        let name = std::str::from_utf8(name).context("a name is no text")?;
        // A function and its type are all that the binding step imports.
        let Some((0, of_type)) = after.split_first() else { bail!("`{name}` is no function") };
        let (_, after_type) = number(of_type)?;
        let key = format!("\n        {name}: ");
        let at = js.find(&key).filter(|&at| js.rfind(&key) == Some(at));
        let at = at.with_context(|| format!("the loader does not give `{name}` just once"))?;
        found.push((at, key.len(), &after[..after.len() - after_type.len()]));
        rest = after_type;
    }
    let mut order = found.clone();
    order.sort_unstable();
    let mut out = head.to_vec();
    for (at, _, of_type) in &found {
        let place = order.iter().position(|(other, ..)| other == at).unwrap_or_default();
        // The name of the whole list is empty.
        put_counted(&mut out, b"");
        put_counted(&mut out, place.to_string().as_bytes());
        out.extend_from_slice(of_type);
    }
    for (at, len, _) in order.into_iter().rev() {
        js.replace_range(at..at + len, "\n");
    }
    let [start, end] = GIVEN;
    let (before, list) = js.split_once(start).context("the loader gives nothing")?;
    let (list, after) = list.split_once(end).context("what the loader gives does not end")?;
    let (between, after) = after.split_once("\"./").context("the list of what the loader gives has no name")?;
    let (_, after) = after.split_once("\": import0").context("the list of what the loader gives has no name")?;
    *js = format!("{before}import0 = [{list}\n    ];{between}\"\": import0{after}");
    Ok(out)
}

/// The section of exports with short names, and the loader with the same.
fn exports(js: &mut String, section: &[u8]) -> Result<Vec<u8>> {
    let (count, mut rest) = number(section)?;
    let mut out = section[..section.len() - rest.len()].to_vec();
    let mut pairs = Vec::new();
    for index in 0..count {
        let (name, after) = counted(rest)?;
        let name = std::str::from_utf8(name).context("a name is no text")?;
        let kind = after.get(..1).context("the program is cut off")?;
        let (_, after_number) = number(&after[1..])?;
        let short = format!("e{index}");
        put_counted(&mut out, short.as_bytes());
        out.extend_from_slice(kind);
        out.extend_from_slice(&after[1..after.len() - after_number.len()]);
        pairs.push((name, short));
        rest = after_number;
    }
    // The longest first, for some are the start of others.
    pairs.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, short) in pairs {
        *js = js.replace(&format!("wasm.{name}"), &format!("wasm.{short}"));
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
        assert_eq!(css(source), "\na{content:\"/* \\\" \\\\\";color:red}");
        assert_eq!(css("a :hover > b, c\n{ margin: 0 1px }"), "a :hover > b,c\n{margin:0 1px }");
        assert_eq!(css("a{content:'é  \""), "a{content:'é  \"");
    }

    #[test]
    fn a_module_stands_in_the_loader() {
        let read = |path: &str| {
            let imports = if path == "snippets/a/b.js" { "import { x } from \"./c.js\";\n" } else { "" };
            Ok(format!("{imports}// {path}\nlet x;\nexport function f() {{}}"))
        };
        let loader =
            "import { f } from './snippets/a/b.js';\nimport { x } from './snippets/a/c.js';\nexport const g = 1;";
        let module = |path: &str| format!("// {path}\nlet x;\nfunction f() {{}}\n");
        let expected = [&module("snippets/a/c.js"), &module("snippets/a/b.js"), "export const g = 1;\n"].concat();
        assert_eq!(with_modules(loader, read).unwrap(), expected);
        assert!(with_modules("import * as import1 from \"./snippets/a/b.js\"", read).is_err());
        assert!(with_modules("import { f as f2 } from './snippets/a/b.js'", read).is_err());
    }

    #[test]
    fn what_catches_errors_is_written_once() {
        let loader = "const f = {\n a: function() { return handleError(function (x) {\n b(x);\n }, arguments); },\n};\nfunction handleError(f) {}\n";
        let short = "const f = {\n a: caught(function (x) {\n b(x);\n }),\n};\nfunction caught(f) { ";
        assert!(catching(loader).unwrap().starts_with(short));
        assert!(catching(short).is_err() && catching(&loader[..70]).is_err());
    }

    const LOADER: &str = "const import0 = {
        __proto__: null,
        __wbg_add_01ab: f,
        __wbg_cut_23cd: function() {
            return { a: wasm.long_name_1(), b: wasm.long_name() };
        },
    };
    return {
        __proto__: null,
        \"./a.js\": import0,
    };";

    #[test]
    fn both_sides_have_the_same_short_names() {
        let mut imports = vec![2];
        for (name, of_type) in [("__wbg_cut_23cd", 5), ("__wbg_add_01ab", 6)] {
            put_counted(&mut imports, b"./a.js");
            put_counted(&mut imports, name.as_bytes());
            imports.extend([0, of_type]);
        }
        let mut exports = vec![2];
        for (name, function) in [("long_name", 3), ("long_name_1", 4)] {
            put_counted(&mut exports, name.as_bytes());
            exports.extend([0, function]);
        }
        let mut wasm = b"\0asm\x01\0\0\0\x01\x01\0".to_vec();
        for (section, content) in [(IMPORTS, imports), (EXPORTS, exports)] {
            wasm.push(section);
            put_counted(&mut wasm, &content);
        }
        wasm.extend(b"\x0b\x02ab");
        let (loader, short) = names(LOADER, &wasm).unwrap();
        assert_eq!(
            loader,
            "const import0 = [
f,
function() {
            return { a: wasm.e1(), b: wasm.e0() };
        },
    ];
    return {
        __proto__: null,
        \"\": import0,
    };"
        );
        assert_eq!(
            short,
            b"\0asm\x01\0\0\0\x01\x01\0\x02\x0b\x02\0\x011\0\x05\0\x010\0\x06\x07\x0b\x02\x02e0\0\x03\x02e1\0\x04\x0b\x02ab"
        );
        assert!(names("{}", &wasm).is_err());
        assert!(names(LOADER, &wasm[..30]).is_err());
    }
}
