//! WebKitGTK: its own small browser, its driver, and a screen that nobody sees, since it knows no other way to be
//! without a window.

use super::find::named;
use super::missing;
use crate::apt::Apt;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// What Debian and the systems made from it call it. The browser comes with the library.
const PACKAGES: &[&str] = &["webkit2gtk-driver", "xvfb"];

/// Where systems keep what belongs to a library: the folder itself, or folders for each kind of processor in it.
const FOLDERS: &[&str] = &["/usr/lib", "/usr/lib64", "/usr/libexec"];

/// Versions of the library's interface, the newest that has this browser first.
const VERSIONS: &[&str] = &["webkit2gtk-4.1", "webkit2gtk-4.0"];

const ADVICE: &str = "Only Linux has it: WebKitWebDriver, the MiniBrowser of webkit2gtk-4.1 and Xvfb, from the \
    system's packages (Debian, Ubuntu: `apt-get install webkit2gtk-driver xvfb`; elsewhere those of similar names). \
    Where they are not found by themselves, name them in the environment as WEBKITDRIVER, MINIBROWSER and XVFB.";

/// Where its parts are.
pub fn ready() -> Result<Vec<(&'static str, OsString)>> {
    let mut parts = find()?;
    if parts.is_none()
        && let Some(apt) = Apt::find()
    {
        apt.install("WebKitGTK for the tests", PACKAGES).context(ADVICE)?;
        parts = find()?;
    }
    parts.ok_or_else(|| missing("WebKitGTK", ADVICE))
}

fn find() -> Result<Option<Vec<(&'static str, OsString)>>> {
    let mut found = Vec::new();
    for (variable, name) in [("WEBKITDRIVER", "WebKitWebDriver"), ("MINIBROWSER", "MiniBrowser"), ("XVFB", "Xvfb")] {
        let beside = || if variable == "MINIBROWSER" { minibrowser() } else { None };
        let Some(path) = named(variable, &[name], &[])?.or_else(beside) else {
            return Ok(None);
        };
        found.push((variable, path.into()));
    }
    Ok(Some(found))
}

/// The browser stands beside the library, on no PATH.
fn minibrowser() -> Option<PathBuf> {
    let inside = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    let folders: Vec<PathBuf> = FOLDERS.iter().map(PathBuf::from).collect();
    let folders: Vec<PathBuf> = folders.iter().cloned().chain(folders.iter().flat_map(|at| inside(at))).collect();
    let all = VERSIONS.iter().flat_map(|version| folders.iter().map(move |at| at.join(version).join("MiniBrowser")));
    all.into_iter().find(|path| path.is_file())
}
