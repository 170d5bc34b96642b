//! The site's service worker, which keeps it for when there is no network: the list of its files, each with
//! its hash, filled into a script.
//!
//! It only reads the folder of the site.

use crate::policy::integrity;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The name of the script on the site; it must never change, since browsers ask for it again and again.
pub const NAME: &str = "service-worker.js";

/// The script for a site as it is now, in which all files but hidden ones are kept.
pub fn service_worker(site: &Path) -> Result<String> {
    let mut names = Vec::new();
    list(site, "", &mut names)?;
    names.sort();
    let mut files = String::from("{\n");
    for name in names {
        let content = fs::read(site.join(&name)).with_context(|| format!("could not read {name}"))?;
        // Some hosts answer for the page only by its shorter address.
        let name = if name == "index.html" { "./" } else { &name };
        let _ = writeln!(files, "  {name:?}: {:?},", integrity(&content));
    }
    files.push('}');
    let version: String = Sha256::digest(&files).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let script = include_str!("../web/service-worker.js");
    Ok(script.replace("@VERSION@", &version).replace("@FILES@", &files))
}

/// The script in place of it where a site is only tried out: one that is kept would hide what changes.
pub const NONE: &str = include_str!("../web/no-service-worker.js");

/// The names of all files in a folder, from the top of the site.
fn list(folder: &Path, above: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))? {
        let path = entry?.path();
        let own = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = if above.is_empty() { own } else { format!("{above}/{own}") };
        if path.is_dir() {
            list(&path, &name, names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_all_files() {
        let site = std::env::temp_dir().join(format!("xtask-offline-{}", std::process::id()));
        fs::create_dir_all(site.join("seeds")).unwrap();
        fs::write(site.join("index.html"), "<p>").unwrap();
        fs::write(site.join("seeds/a.txt"), "one").unwrap();
        let version = |script: &str| script.split("VERSION = \"").nth(1).unwrap()[..16].to_owned();
        let one = service_worker(&site).unwrap();
        assert!(one.contains(&format!("\"./\": \"{}\"", integrity(b"<p>"))), "{one}");
        assert!(one.contains(&format!("\"seeds/a.txt\": \"{}\"", integrity(b"one"))), "{one}");
        assert!(!one.contains("index.html\":") && !one.contains('@'), "{one}");
        assert_eq!(one, service_worker(&site).unwrap());
        fs::write(site.join("seeds/a.txt"), "two").unwrap();
        assert_ne!(version(&one), version(&service_worker(&site).unwrap()));
        fs::remove_dir_all(&site).unwrap();
    }
}
