//! Chromium, or a browser made from it, and chromedriver.
//!
//! Both must be of the same version; that is looked at before anything starts.

use super::find::named;
use super::missing;
use crate::apt::Apt;
use crate::process::capture;
use crate::project::Project;
use crate::version::Version;
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Chromium, or a browser made from it.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Where installers put it on systems that do not put it on PATH.
const PLACES: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/// The same for the driver.
const DRIVER_PLACES: &[&str] = &["/usr/lib/chromium/chromedriver", "/usr/lib/chromium-browser/chromedriver"];

/// How the tests start it: without a window and without asking anyone anything. Only pages of
/// this project are loaded, so it may do without its sandbox, which containers do not allow.
const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

const ADVICE: &str = "Install Chromium or Chrome and the chromedriver of the same version \
    (Debian: `apt-get install chromium chromium-driver`; elsewhere: \
    `npx @puppeteer/browsers install chrome@stable` and \
    `npx @puppeteer/browsers install chromedriver@stable`), and name them in the environment as \
    CHROMIUM and CHROMEDRIVER where they are not found by themselves.";

/// Where both are, and with which words to start the browser.
pub fn ready() -> Result<Vec<(&'static str, OsString)>> {
    let mut found = find()?;
    if found.is_none()
        && let Some(apt) = Apt::find()
    {
        apt.install("a browser and its driver for the tests", &["chromium", "chromium-driver"]).context(ADVICE)?;
        found = find()?;
    }
    let (program, driver) = found.ok_or_else(|| missing("Chromium, or its driver,", ADVICE))?;
    check_versions(&program, &driver)?;
    Ok(vec![
        ("CHROMIUM", program.into()),
        ("CHROMIUM_ARGS", ARGUMENTS.join(" ").into()),
        ("CHROMEDRIVER", driver.into()),
    ])
}

/// The settings for tests that start the driver by themselves, as a file.
pub fn settings(project: &Project) -> Result<PathBuf> {
    let (program, _) = find()?.ok_or_else(|| missing("Chromium, or its driver,", ADVICE))?;
    let file = project.wasm_target().join("webdriver.json");
    fs::create_dir_all(project.wasm_target())
        .and_then(|()| fs::write(&file, settings_for(&program)))
        .with_context(|| format!("could not write {}", file.display()))?;
    Ok(file)
}

fn find() -> Result<Option<(PathBuf, PathBuf)>> {
    let program = named("CHROMIUM", BROWSERS, PLACES)?;
    let driver = named("CHROMEDRIVER", &["chromedriver"], DRIVER_PLACES)?;
    Ok(program.zip(driver))
}

/// A driver of another version than the browser fails late and with unclear words.
fn check_versions(program: &Path, driver: &Path) -> Result<()> {
    let of = |path: &Path| {
        let said = capture(Command::new(path).arg("--version")).ok()?;
        Version::find(&said)
    };
    // Chrome on Windows does not tell; then the driver itself will complain.
    if let (Some(browser), Some(own)) = (of(program), of(driver))
        && browser.0 != own.0
    {
        bail!(
            "{} is version {}, but {} is for version {}. {ADVICE}",
            program.display(),
            browser.0,
            driver.display(),
            own.0
        );
    }
    Ok(())
}

/// What the test runner of wasm-bindgen reads.
fn settings_for(program: &Path) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let arguments: Vec<String> = ARGUMENTS.iter().map(|word| quoted(word)).collect();
    format!(
        "{{\"goog:chromeOptions\": {{\"binary\": {}, \"args\": [{}]}}}}\n",
        quoted(&program.to_string_lossy()),
        arguments.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_keep_paths_of_every_system() {
        let text = settings_for(Path::new("C:\\Program Files\\chrome.exe"));
        assert!(text.contains(r#""C:\\Program Files\\chrome.exe""#), "{text}");
        assert!(text.contains("\"--headless=new\", "), "{text}");
    }
}
