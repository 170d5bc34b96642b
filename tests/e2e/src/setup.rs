//! Where the site, the browsers and their drivers are.
//!
//! `cargo xtask test` names them in the environment; else they are looked for where they usually
//! are. Nothing is installed or built here.

use crate::engine::Engine;
use anyhow::{Context, Result, bail};
use std::env;
use std::path::{Path, PathBuf};

const ADVICE: &str = "`cargo xtask test` builds the site, finds or installs what is needed and runs these tests";

const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// How Chromium starts where nothing else is said: without a window, and asking nobody anything.
const ARGUMENTS: &str = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage";

/// The project's own folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The release site.
pub fn site() -> Result<PathBuf> {
    let site = env::var_os("E2E_DIST").map_or_else(|| root().join("dist"), PathBuf::from);
    if !site.join("index.html").is_file() {
        bail!("there is no site in {}; {ADVICE}", site.display());
    }
    Ok(site)
}

/// The app as one file.
pub fn one_file() -> Result<PathBuf> {
    let file = site()?.join("annotator.html");
    file.is_file().then_some(file).with_context(|| format!("there is no annotator.html; {ADVICE}"))
}

/// The browser.
pub fn browser(engine: Engine) -> Result<PathBuf> {
    match engine {
        Engine::Chromium => program("CHROMIUM", CHROMIUM),
        Engine::Firefox => program("FIREFOX", &["firefox-esr", "firefox"]),
        // It is no program that anybody starts by name.
        Engine::WebKit => program("MINIBROWSER", &["MiniBrowser"]),
    }
}

/// Its driver.
pub fn driver(engine: Engine) -> Result<PathBuf> {
    match engine {
        Engine::Chromium => program("CHROMEDRIVER", &["chromedriver"]),
        Engine::Firefox => program("GECKODRIVER", &["geckodriver"]),
        Engine::WebKit => program("WEBKITDRIVER", &["WebKitWebDriver"]),
    }
}

/// The server of a screen that nobody sees.
pub fn screen() -> Result<PathBuf> {
    program("XVFB", &["Xvfb"])
}

/// The words with which Chromium starts.
pub fn arguments() -> Vec<String> {
    let given = env::var("CHROMIUM_ARGS").unwrap_or_else(|_| ARGUMENTS.to_owned());
    given.split_whitespace().map(str::to_owned).collect()
}

/// The script of axe-core.
pub fn axe() -> Result<String> {
    let usual = || root().join(".tools/npm/node_modules/axe-core/axe.min.js");
    let script = env::var_os("AXE").map_or_else(usual, PathBuf::from);
    std::fs::read_to_string(&script).with_context(|| format!("axe-core is not at {}; {ADVICE}", script.display()))
}

/// A bundled article, as its file has it.
pub fn seed(name: &str) -> Result<String> {
    let file = root().join("seeds").join(name);
    std::fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))
}

fn program(variable: &str, names: &[&str]) -> Result<PathBuf> {
    if let Some(path) = env::var_os(variable) {
        return Ok(path.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let file = |folder: &Path, name: &str| Some(folder.join(name)).filter(|file| file.is_file());
    let found = env::split_paths(&path).find_map(|folder| names.iter().find_map(|name| file(&folder, name)));
    found.with_context(|| format!("{} is not on PATH; {ADVICE}", names[0]))
}
