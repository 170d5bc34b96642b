//! Another version of the site, made from the one at hand: each file that a page loads has another name and
//! other bytes, as after a change of the sources.

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// Stands in the names of the other version in place of a hash.
pub const MARK: &str = "2222222222222222";

/// The script that keeps the site, with the list of its files.
const KEEPER: &str = "service-worker.js";

/// Writes another version of a site into an empty folder.
pub fn another(site: &Path, out: &Path) -> Result<()> {
    copy(site, out)?;
    let mut renamed = Vec::new();
    for entry in fs::read_dir(site)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(hash) = hash(&name) {
            let new = name.replace(hash, MARK);
            fs::rename(out.join(&name), out.join(&new))?;
            renamed.push((name, new));
        }
    }
    for (_, name) in &renamed {
        let file = out.join(name);
        let mut content = fs::read(&file)?;
        let more: &[u8] = match file.extension().and_then(|ending| ending.to_str()) {
            // A section that says nothing to the program (WebAssembly core, 5.5.3).
            Some("wasm") => b"\0\x02\x012",
            Some("svg") => b"<!-- 2 -->",
            _ => b"\n/* 2 */",
        };
        content.extend(more);
        fs::write(&file, content)?;
    }
    let texts = renamed.iter().map(|(_, name)| name.as_str()).filter(|name| name.ends_with(".js"));
    for name in texts.chain(["index.html"]) {
        let file = out.join(name);
        let mut text = fs::read_to_string(&file)?;
        for (old, new) in &renamed {
            text = text.replace(old, new);
        }
        fs::write(&file, text)?;
    }
    for seed in fs::read_dir(out.join("seeds"))? {
        let file = seed?.path();
        fs::write(&file, fs::read_to_string(&file)? + "Second version.\n")?;
    }
    list_anew(out, &renamed)
}

/// Gives the keeper the new names and hashes.
fn list_anew(out: &Path, renamed: &[(String, String)]) -> Result<()> {
    let mut script = fs::read_to_string(out.join(KEEPER))?;
    for (old, new) in renamed {
        script = script.replace(old, new);
    }
    let mut lines = Vec::new();
    for line in script.lines() {
        let listed = line.trim().strip_prefix('"').and_then(|rest| rest.split_once("\": \"sha256-"));
        lines.push(match listed {
            Some((name, _)) => {
                let content = fs::read(out.join(if name == "./" { "index.html" } else { name }))?;
                format!("  {name:?}: \"sha256-{}\",", BASE64_STANDARD.encode(Sha256::digest(content)))
            }
            None if line.starts_with("const VERSION") => format!("const VERSION = {MARK:?};"),
            None => line.to_owned(),
        });
    }
    Ok(fs::write(out.join(KEEPER), lines.join("\n"))?)
}

/// The hash in a name such as `app-0123456789abcdef.js`.
fn hash(name: &str) -> Option<&str> {
    let (_, rest) = name.rsplit_once('-')?;
    let (hash, _) = rest.split_once('.')?;
    (hash.len() == MARK.len() && hash.chars().all(|digit| digit.is_ascii_hexdigit())).then_some(hash)
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("could not read {}", from.display()))? {
        let source = entry?.path();
        let target = to.join(source.file_name().unwrap_or_default());
        if source.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_told() {
        assert_eq!(hash("annotator_bg-0123456789abcdef.wasm"), Some("0123456789abcdef"));
        for name in ["index.html", "service-worker.js", "app-0123.js", "annotator.html"] {
            assert_eq!(hash(name), None, "{name}");
        }
    }
}
