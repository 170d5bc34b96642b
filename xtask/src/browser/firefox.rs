//! Firefox and geckodriver.
//!
//! Few systems have geckodriver as a package, so where it is not found cargo builds it, once for each version, in the
//! quickest way: a driver has no need to be quick itself.

use super::find::named;
use super::missing;
use crate::apt::Apt;
use crate::process::{run, say, with_suffix};
use crate::project::Project;
use crate::toolchain::native_cargo;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::PathBuf;

/// The version that is built.
const VERSION: &str = "0.37.1";

const BROWSERS: &[&str] = &["firefox-esr", "firefox"];

/// Where installers put it on systems that do not put it on PATH.
const PLACES: &[&str] =
    &["/Applications/Firefox.app/Contents/MacOS/firefox", "C:\\Program Files\\Mozilla Firefox\\firefox.exe"];

const ADVICE: &str = "Install it from https://www.mozilla.org/firefox or with the system's packages (Debian: \
    `apt-get install firefox-esr`), and name it in the environment as FIREFOX where it is not found by itself. \
    Its driver is built here.";

/// Where both are.
pub fn ready(project: &Project) -> Result<Vec<(&'static str, OsString)>> {
    let mut program = named("FIREFOX", BROWSERS, PLACES)?;
    if program.is_none()
        && let Some(apt) = Apt::find()
    {
        apt.install("Firefox for the tests", &["firefox-esr"]).context(ADVICE)?;
        program = named("FIREFOX", BROWSERS, PLACES)?;
    }
    let program = program.ok_or_else(|| missing("Firefox", ADVICE))?;
    let driver = match named("GECKODRIVER", &["geckodriver"], &[])? {
        Some(driver) => driver,
        None => built(project)?,
    };
    Ok(vec![("FIREFOX", program.into()), ("GECKODRIVER", driver.into())])
}

/// The driver that was built here before, or is built now.
fn built(project: &Project) -> Result<PathBuf> {
    let root = project.tools().join(format!("geckodriver-{VERSION}"));
    let driver = root.join("bin").join(with_suffix("geckodriver"));
    if !driver.is_file() {
        say(&format!("Building geckodriver {VERSION} into .tools/; it takes some minutes, and only once"));
        let mut cargo = native_cargo(project);
        cargo.args(["install", "geckodriver", "--version", VERSION, "--locked", "--debug", "--root"]).arg(&root);
        run(cargo.env("CARGO_PROFILE_DEV_DEBUG", "0")).context("geckodriver could not be built")?;
    }
    Ok(driver)
}
