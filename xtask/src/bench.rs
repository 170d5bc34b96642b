//! `cargo xtask bench`: the tables of times, of the core and of the release site.
//!
//! The member `bench` does the measuring; this only makes ready what it measures.

use crate::browser::{Browser, Engine};
use crate::build;
use crate::npm::Npm;
use crate::process::run as run_command;
use crate::project::Project;
use crate::test::tell_of_site;
use crate::toolchain::{WasmToolchain, native_cargo};
use anyhow::{Result, bail};

/// The member that measures.
const MEMBER: &str = "bench";

/// The part that writes and reads every format.
const FORMATS: &str = "formats";

/// Prints the tables that were asked for; of the parts that are kept those that are named, or all.
pub fn run(project: &Project, native: bool, browser: bool, profiling: bool, parts: &[String]) -> Result<()> {
    if !project.has_member(MEMBER) {
        bail!("the workspace has no member `{MEMBER}` yet, so there is nothing to measure with");
    }
    if native {
        run_command(&mut measure(project, "native"))?;
    }
    // The one part that needs no browser.
    let (formats, parts): (Vec<_>, Vec<_>) = parts.iter().partition(|part| *part == FORMATS);
    if !formats.is_empty() || native {
        run_command(&mut measure(project, FORMATS))?;
    }
    if browser && (formats.is_empty() || !parts.is_empty()) {
        let toolchain = WasmToolchain::ready(project)?;
        let npm = Npm::ready(project)?;
        let mut command = measure(project, "browser");
        command.args(parts);
        tell_of_site(project, &Browser::ready(project, Engine::Chromium)?, &mut command)?;
        if profiling {
            let site = project.dist_profiling();
            build::profiling(project, &toolchain, &npm, &site)?;
            command.env("E2E_DIST", site).env("BENCH_PROFILING", "1");
        } else {
            build::release(project, &toolchain, &npm, &project.dist())?;
        }
        run_command(&mut command)?;
    }
    Ok(())
}

/// The profile is not the one of the site, which is made small instead of quick.
fn measure(project: &Project, what: &str) -> std::process::Command {
    let mut cargo = native_cargo(project);
    cargo.args(["run", "--profile", "bench", "-p", MEMBER, "--", what]);
    cargo
}
