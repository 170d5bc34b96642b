//! `cargo xtask trials`: the programs that try to make the release site lose work.
//!
//! The member `trials` does the trying and knows its words; this only makes ready the site and the browsers.

use crate::apt::Apt;
use crate::browser::{Browser, Engine, Missing};
use crate::build;
use crate::npm::Npm;
use crate::process::{find_on_path, run as run_command, say};
use crate::project::Project;
use crate::test::{is_ci, tell_of_site};
use crate::toolchain::{WasmToolchain, native_cargo};
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Presses the keys of a screen that nobody sees.
const HANDS: &str = "xdotool";

/// Builds the site and runs the trials in these browsers; where a browser can't be had outside CI, its trials are left
/// out.
pub fn run(project: &Project, engines: &[Engine], words: &[String]) -> Result<()> {
    let toolchain = WasmToolchain::ready(project)?;
    build::release(project, &toolchain, &Npm::ready(project)?, &project.dist())?;
    run_command(&mut command(project, engines, words)?)
}

/// The command that runs the trials on the site as it is. Makes ready the browsers.
pub fn command(project: &Project, engines: &[Engine], words: &[String]) -> Result<Command> {
    let mut cargo = native_cargo(project);
    cargo.args(["run", "-p", "trials", "--"]).args(words);
    for &engine in engines {
        match ready(project, engine) {
            Err(error) if engine != Engine::Chromium && !is_ci() && error.is::<Missing>() => {
                say(&format!("Nothing is tried there: {error}"));
            }
            browser => {
                tell_of_site(project, &browser?, &mut cargo)?;
                cargo.args(["--engine", engine.name()]);
            }
        }
    }
    Ok(cargo)
}

/// Whether a line sums up the trials in a browser.
pub fn sums_up(line: &str) -> bool {
    line.ends_with(" lost") && line.contains(" trials, ")
}

/// Makes ready a browser and what presses keys in it.
pub fn ready(project: &Project, engine: Engine) -> Result<Browser> {
    let browser = Browser::ready(project, engine)?;
    if engine == Engine::WebKit && find_on_path(&[HANDS]).is_none() {
        let advice =
            format!("{HANDS} is missing; it presses the keys in WebKitGTK. Install it with the system's packages");
        let Some(apt) = Apt::find() else { bail!(advice) };
        apt.install("what presses keys in WebKitGTK", &[HANDS]).context(advice)?;
    }
    Ok(browser)
}
