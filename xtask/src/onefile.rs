//! The app as one file: a page that holds everything and runs from wherever it lies, with no server and no
//! network.
//!
//! All but a small script that unpacks it stands in it compressed, as data: the script that starts the app, the program,
//! the styles and the samples. The page is in windows-1252, in which every byte is a letter: bytes as letters of base64 would make it a third larger.
//! It never holds an address of another file.

use crate::html;
use crate::policy::{self, base64};
use crate::process::say;
use anyhow::{Context, Result, bail};
use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType};
use std::fs;
use std::io::Write;
use std::path::Path;

/// The name of the file.
pub const NAME: &str = "annotator.html";

/// The folder of what stands beside the site's page and is asked for by name.
const BESIDE: &str = "seeds";

/// The scripts of the one file.
#[derive(Debug)]
pub struct Scripts {
    /// The one that stands in the page as it is.
    pub plain: String,
    /// Those that are packed, each with the name under which the first asks for it.
    pub packed: Vec<(&'static str, String)>,
}

/// The script that takes the others apart and runs them.
pub const PLAIN: &str = concat!(include_str!("../web/lzma.js"), include_str!("../web/file.js"));

/// The script that starts the app: the module that loads the program without its doors to other modules, and the start.
pub fn start(loader: &str) -> Result<String> {
    let mut loader = loader.replace("\nexport function ", "\nfunction ");
    if let Some(at) = loader.find("\nexport { initSync, __wbg_init as default };") {
        loader.truncate(at + 1);
    }
    if loader.lines().any(|line| line.starts_with("export ") || line.starts_with("import ")) {
        bail!("the loader needs other modules, which the one file does not have");
    }
    // In a block, since what starts the app has names of its own.
    Ok([&loader, include_str!("../web/inside.js"), "{\n", include_str!("../web/boot.js"), "}\n"].concat())
}

/// A script that was written as a module, as one that can be put into a page: its names stay its own.
pub fn classic(module: &str) -> String {
    format!("\"use strict\";{{{}}}", module.trim_end())
}

/// What the page is made of.
pub struct Parts<'a> {
    /// The scripts.
    pub scripts: &'a Scripts,
    /// The program.
    pub wasm: &'a [u8],
    /// All styles.
    pub styles: &'a str,
    /// The page's icon.
    pub icon: &'a [u8],
}

/// The letters of the bytes 80 to 9F in windows-1252, as the WHATWG Encoding Standard has them.
const LETTERS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// What stands before a byte that a page can't carry as it is; that byte then is greater by `SHIFT`.
const ESCAPE: u8 = b'=';
const SHIFT: u8 = 64;

/// The bytes of the whole page, from the one with links to parts.
pub fn page(root: &Path, page: &str, parts: &Parts<'_>) -> Result<Vec<u8>> {
    say("Packing all into one file");
    let page = &html::without_tag(page, "<link rel=\"manifest\"")?;
    let page = &page.replace("<meta charset=\"utf-8\">", "<meta charset=\"windows-1252\">");
    let links = html::trunk_links(page)?;
    let mut texts = Vec::new();
    for link in &links {
        texts.push(match link.rel.as_str() {
            "rust" => program(root, parts)?,
            "icon" => {
                format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{}\">", base64(parts.icon))
            }
            _ => String::new(),
        });
    }
    let page = html::replace(page, &links, &texts);
    let packed = parts.scripts.packed.iter().map(|(_, script)| script.as_str());
    let policy = policy::tag(&policy::of_file(&page, packed)?);
    in_windows_1252(&html::insert_after_tag(&page, "<meta charset", &policy)?)
}

/// A page in windows-1252.
fn in_windows_1252(page: &str) -> Result<Vec<u8>> {
    page.chars()
        .map(|c| match (u8::try_from(c), LETTERS.iter().position(|letter| *letter == c)) {
            (_, Some(at)) => Ok(0x80 + at as u8),
            (Ok(byte), None) if !(0x80..0xa0).contains(&byte) => Ok(byte),
            _ => bail!("the one file can't hold the letter {c:?} as it is; write it as an escape"),
        })
        .collect()
}

/// Bytes as letters of windows-1252 that a page carries unchanged inside a script.
fn letters(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for (at, &byte) in bytes.iter().enumerate() {
        // With what follows it may end what it stands in, or begin a comment there.
        let is_tag = byte == b'<' && matches!(bytes.get(at + 1), None | Some(b'/' | b'!'));
        match byte {
            // A page has no carriage return; a NUL is there, and is U+FFFD to scripts (HTML, 13.2.5.4).
            b'\r' | ESCAPE => out.extend([char::from(ESCAPE), char::from(byte + SHIFT)]),
            _ if is_tag => out.extend([char::from(ESCAPE), char::from(byte + SHIFT)]),
            0x80..0xa0 => out.push(LETTERS[usize::from(byte - 0x80)]),
            _ => out.push(char::from(byte)),
        }
    }
    out
}

/// The script with the data that it reads.
fn program(root: &Path, parts: &Parts<'_>) -> Result<String> {
    let mut all = vec![("program".to_owned(), parts.wasm.to_vec())];
    for (id, script) in &parts.scripts.packed {
        all.push(((*id).to_owned(), script.as_bytes().to_vec()));
    }
    all.push(("styles".to_owned(), parts.styles.as_bytes().to_vec()));
    let folder = root.join(BESIDE);
    let mut names: Vec<_> = fs::read_dir(&folder)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.file_name())).collect())
        .with_context(|| format!("could not read {}", folder.display()))?;
    names.sort();
    for name in names {
        let content = fs::read(folder.join(&name)).with_context(|| format!("could not read {}", folder.display()))?;
        all.push((format!("{BESIDE}/{}", name.to_string_lossy()), content));
    }
    let mut out = data(&all)?;
    let old = include_str!("../web/too-old.js");
    let plain = &parts.scripts.plain;
    if plain.contains("</script") {
        bail!("the script of the one file holds the end of a script");
    }
    out.push_str(&format!("<script type=\"module\">{plain}</script>\n    <script nomodule>{old}</script>"));
    Ok(out)
}

/// How much of what came before is looked at for what comes again, in bytes: all of it.
const WINDOW: u32 = 1 << 22;

/// Some bytes, compressed: how many there are, in four bytes with the little end first, and a stream of LZMA without
/// a header. The page's script knows the settings: lc 4, lp 0, pb 1.
fn packed(content: &[u8]) -> Result<Vec<u8>> {
    let options = LzmaOptions::new(WINDOW, 4, 0, 1, EncodeMode::Normal, LzmaOptions::NICE_LEN_MAX, MfType::Bt4, 1_000);
    let size = u32::try_from(content.len())?.to_le_bytes().to_vec();
    let mut writer = LzmaWriter::new_no_header(size, &options, false)?;
    writer.write_all(content)?;
    Ok(writer.finish()?)
}

/// All parts as one piece of data, packed together since they have much in common, with the name and the length of each.
fn data(parts: &[(String, Vec<u8>)]) -> Result<String> {
    let names: Vec<String> = parts.iter().map(|(id, content)| format!("{id} {}", content.len())).collect();
    let all: Vec<u8> = parts.iter().flat_map(|(_, content)| content.iter().copied()).collect();
    let packed = packed(&all).context("could not compress the parts of the one file")?;
    let (names, letters) = (names.join(","), letters(&packed));
    Ok(format!("<script type=\"application/lzma\" id=\"parts\" data-parts=\"{names}\">{letters}</script>\n    "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = "export function answer() {}\nfunction initSync() {}\n\n\
        export { initSync, __wbg_init as default };\n";

    #[test]
    fn the_script_has_no_doors_to_other_modules() {
        let script = start(&format!("\n{LOADER}")).unwrap();
        assert!(script.contains("\nfunction answer()") && script.contains("const here"), "{script}");
        assert!(!script.contains("export ") && !script.contains("import."), "{script}");
        assert!(start("import * as a from './a.js';\n").is_err());
        assert!(start("export const a = 1;\n").is_err());
        assert_eq!(classic("const a = 1;\n"), "\"use strict\";{const a = 1;}");
    }

    #[test]
    fn what_is_packed_comes_out_of_the_script() {
        let text: Vec<u8> = (0..40_000u32).flat_map(|at| (at * at % 251).to_le_bytes()).collect();
        for content in [&text[..], b"a", b"abcabcabcabc", b""] {
            let folder = std::env::temp_dir().join(format!("xtask-lzma-{}-{}", content.len(), std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("packed"), packed(content).unwrap()).unwrap();
            let script = include_str!("../web/lzma.js").to_owned()
                + "const fs = require('node:fs'); fs.writeFileSync('found', unpacked(new Uint8Array(fs.readFileSync('packed'))))";
            let mut node = std::process::Command::new("node");
            assert!(node.args(["-e", &script]).current_dir(&folder).status().unwrap().success());
            assert!(fs::read(folder.join("found")).unwrap() == content);
            fs::remove_dir_all(&folder).unwrap();
        }
    }

    #[test]
    fn every_byte_comes_through_a_page() {
        let bytes: Vec<u8> = (0..=255).chain([b'=', b'=', 0]).chain(*b"<b></b><!--<").collect();
        let text = letters(&bytes);
        assert!(!text.contains('\r') && !text.contains("</") && !text.contains("<!") && !text.ends_with('<'));
        let packed = in_windows_1252(&text).unwrap();
        assert_eq!(packed.len(), bytes.len() + 3 + 1 + 3);
        // As `parts` in web/file.js does it, where a NUL is U+FFFD.
        let mut back = Vec::new();
        let mut rest = packed.into_iter();
        while let Some(byte) = rest.next() {
            back.push(if byte == ESCAPE { rest.next().unwrap() - SHIFT } else { byte });
        }
        assert_eq!(back, bytes);
        assert_eq!(in_windows_1252("a…é").unwrap(), b"a\x85\xe9");
        assert!(in_windows_1252("a→").is_err() && in_windows_1252("\u{80}").is_err());
    }

    #[test]
    fn the_page_holds_all_and_names_no_other_file() {
        let root = std::env::temp_dir().join(format!("xtask-onefile-{}", std::process::id()));
        fs::create_dir_all(root.join(BESIDE)).unwrap();
        fs::write(root.join(BESIDE).join("b.txt"), "text").unwrap();
        let source = "<html><head>\n<meta charset=\"utf-8\">\n<link rel=\"manifest\" href=\"a\">\n\
            <link data-trunk rel=\"rust\">\n<link data-trunk rel=\"icon\" href=\"icon.svg\">\n\
            <link data-trunk rel=\"css\" href=\"a.css\">\n<link data-trunk rel=\"css\" href=\"b.css\">\n\
            <link data-trunk rel=\"copy-dir\" href=\"seeds\">\n</head><body></body></html>";
        let scripts = Scripts { plain: "one()".into(), packed: vec![("start", "two()".into())] };
        let parts = Parts { scripts: &scripts, wasm: b"\0asm", styles: "a{}", icon: b"<svg/>" };
        let page = page(&root, source, &parts).unwrap();
        fs::remove_dir_all(&root).unwrap();
        let page: String = page.into_iter().map(char::from).collect();
        assert!(page.contains("<meta charset=\"windows-1252\">"), "{page}");
        assert!(!page.contains("data-trunk") && !page.contains("src=") && !page.contains("://"), "{page}");
        assert!(!page.contains("<style"), "{page}");
        assert!(page.contains("style-src;"), "{page}");
        assert!(page.contains("data-parts=\"program 4,start 5,styles 3,seeds/b.txt 4\""), "{page}");
        assert!(page.contains(&policy::integrity(b"two()")) && page.contains(&policy::integrity(b"one()")), "{page}");
        assert!(page.find("Content-Security-Policy").unwrap() < page.find("<script").unwrap());
    }
}
