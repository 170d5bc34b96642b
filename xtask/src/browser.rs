//! The browser and its driver, for the tests that need a real page.
//!
//! It never downloads a browser itself: what is there is used, else the system's packages
//! bring it. It never touches a person's own profile.

use crate::apt::Apt;
use crate::process::{capture, find_on_path};
use crate::project::Project;
use crate::version::Version;
use anyhow::{Context, Result, bail};
use std::env;
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

/// A browser and the driver that fits it.
#[derive(Debug)]
pub struct Browser {
    /// The browser's program.
    pub program: PathBuf,
    /// The driver's program.
    pub driver: PathBuf,
    /// The settings for tests that start the driver by themselves.
    pub settings: PathBuf,
}

impl Browser {
    /// Finds both, installing them where the system's packages can.
    pub fn ready(project: &Project) -> Result<Self> {
        let mut found = find()?;
        if found.is_none()
            && let Some(apt) = Apt::find()
        {
            apt.install("a browser and its driver for the tests", &["chromium", "chromium-driver"]).context(ADVICE)?;
            found = find()?;
        }
        let Some((program, driver)) = found else {
            bail!("the tests need a browser and its driver. {ADVICE}");
        };
        check_versions(&program, &driver)?;
        let settings = project.wasm_target().join("webdriver.json");
        let text = settings_for(&program);
        fs::create_dir_all(project.wasm_target())
            .and_then(|()| fs::write(&settings, text))
            .with_context(|| format!("could not write {}", settings.display()))?;
        Ok(Self { program, driver, settings })
    }

    /// Tells a program of the tests where both are, and with which words to start the browser.
    pub fn tell(&self, command: &mut Command) {
        command
            .env("CHROMIUM", &self.program)
            .env("CHROMIUM_ARGS", ARGUMENTS.join(" "))
            .env("CHROMEDRIVER", &self.driver);
    }
}

fn find() -> Result<Option<(PathBuf, PathBuf)>> {
    let program = named("CHROMIUM", BROWSERS, PLACES)?;
    let driver = named("CHROMEDRIVER", &["chromedriver"], DRIVER_PLACES)?;
    Ok(program.zip(driver))
}

/// The program that the environment names, or else the first that is found.
fn named(variable: &str, names: &[&str], places: &[&str]) -> Result<Option<PathBuf>> {
    if let Some(path) = env::var_os(variable) {
        let path = PathBuf::from(path);
        if !path.is_file() {
            bail!("{variable} in the environment names {}, which is no file", path.display());
        }
        return Ok(Some(path));
    }
    let elsewhere = || places.iter().map(PathBuf::from).find(|path| path.is_file());
    Ok(find_on_path(names).or_else(elsewhere))
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
