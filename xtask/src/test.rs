//! `cargo xtask test`: every check and test there is, in the order in which they fail soonest.
//!
//! It never changes a source. Warnings are errors only where CI is set in the environment,
//! because a person's compiler may be newer than the project's; so is a browser that is missing,
//! because not every system has every browser.

use crate::browser::{self, Browser, Engine, Missing};
use crate::npm::Npm;
use crate::process::{run as run_command, run_and_keep, say, with_suffix};
use crate::project::Project;
use crate::site::Made;
use crate::steps::{self, Step};
use crate::toolchain::{TARGET, WasmToolchain, native_cargo, ready_component};
use crate::{build, fuzz, onefile, oracles, sizes, trials};
use anyhow::{Context, Result};
use std::cell::{Cell, OnceCell, RefCell};
use std::env;
use std::process::Command;

/// The member that starts a browser for compiled tests.
const RUNNER: &str = "wasm-runner";

/// Where the journeys through the release site are.
const JOURNEYS: &str = "tests/e2e";

/// So many journeys that failed are run again, alone, and that is told: now and then a driver loses its browser, or a
/// busy machine lets it wait too long. What is wrong with the app fails again.
const AGAIN: usize = 5;

/// What is tried to make the site lose work; `cargo xtask trials` does that for hours.
const TRIALS: [[&str; 4]; 2] = [["kill", "--count", "6", "--no-keep"], ["damage", "--count", "4", "--no-keep"]];

/// Runs the named steps, or all.
pub fn run(project: &Project, wanted: &[String]) -> Result<()> {
    let tests = &Tests { project, toolchain: OnceCell::new(), site_is_fresh: Cell::new(false) };
    let mut list: Vec<Step<'_>> = vec![
        step("fmt", "the sources are formatted", || tests.fmt()),
        step("clippy", "clippy for this machine", || tests.clippy()),
        step("clippy-wasm", "clippy for the browser", || tests.clippy_wasm()),
        step("unit", "the tests that run on this machine", || tests.unit()),
        step("fuzz", "input made to break the readers", || tests.fuzz()),
        step("oracles", "spaCy and other programs read our exports", || oracles::run_all(project, &[])),
        step("xtask", "the tests of these commands", || tests.xtask()),
        step("web", "the tests in a headless browser", || tests.web()),
        step("site", "the release site", || tests.site()),
    ];
    if project.has_member(JOURNEYS) {
        list.push(step("e2e", "the journeys on the release site, in Chromium", || tests.e2e(Engine::Chromium)));
        list.push(step("e2e-firefox", "the same in Firefox", || tests.e2e(Engine::Firefox)));
        list.push(step("e2e-webkit", "the same in WebKitGTK", || tests.e2e(Engine::WebKit)));
        list.push(step("trials", "a few of the trials to make it lose work", || tests.trials()));
    }
    steps::run(&mut list, wanted)
}

fn step<'a>(name: &'static str, about: &'static str, run: impl FnMut() -> Result<Vec<String>> + 'a) -> Step<'a> {
    Step { name, about, run: Box::new(run) }
}

struct Tests<'a> {
    project: &'a Project,
    toolchain: OnceCell<WasmToolchain>,
    site_is_fresh: Cell<bool>,
}

impl Tests<'_> {
    /// The compiler for the browser, made ready when a step first needs it.
    fn toolchain(&self) -> Result<&WasmToolchain> {
        if let Some(ready) = self.toolchain.get() {
            return Ok(ready);
        }
        let ready = WasmToolchain::ready(self.project)?;
        Ok(self.toolchain.get_or_init(|| ready))
    }

    fn fmt(&self) -> Result<Vec<String>> {
        ready_component(self.project, "rustfmt")?;
        run_command(native_cargo(self.project).args(["fmt", "--all", "--check"]))
            .context("`cargo fmt --all` puts this right")?;
        Ok(vec![])
    }

    fn clippy(&self) -> Result<Vec<String>> {
        ready_component(self.project, "clippy")?;
        let mut cargo = native_cargo(self.project);
        // The runner is five lines around a large dependency; building it is check enough.
        cargo.args(["clippy", "--workspace", "--exclude", RUNNER, "--all-targets"]);
        run_command(cargo.args(strictness()))?;
        Ok(vec![])
    }

    fn clippy_wasm(&self) -> Result<Vec<String>> {
        let toolchain = self.toolchain()?;
        toolchain.ready_clippy(self.project)?;
        let mut cargo = toolchain.cargo(self.project, "clippy");
        cargo.args(["-p", "annotator", "--lib", "--bins"]);
        if self.has_web_tests() {
            cargo.args(["--test", "web"]);
        }
        run_command(cargo.args(strictness()))?;
        Ok(vec![])
    }

    fn unit(&self) -> Result<Vec<String>> {
        test_with(native_cargo(self.project).args(["test", "-p", "annotator"]))
    }

    fn fuzz(&self) -> Result<Vec<String>> {
        test_with(&mut fuzz::cargo(self.project, "test"))
    }

    fn xtask(&self) -> Result<Vec<String>> {
        test_with(native_cargo(self.project).args(["test", "-p", "xtask"]))
    }

    fn web(&self) -> Result<Vec<String>> {
        let browser = Browser::ready(self.project, Engine::Chromium)?;
        let settings = browser::settings(self.project)?;
        let toolchain = self.toolchain()?;
        let target = self.project.target();
        let mut build = native_cargo(self.project);
        build.args(["build", "-p", RUNNER, "--target-dir"]).arg(&target);
        run_command(&mut build)?;

        let runner = target.join("debug").join(with_suffix(RUNNER));
        let runner = runner.to_string_lossy().replace('\\', "/");
        let mut cargo = toolchain.cargo(self.project, "test");
        cargo.args(["--config", &format!("target.{TARGET}.runner=[\"{runner}\"]")]);
        cargo.args(["-p", "annotator"]);
        if self.has_web_tests() {
            cargo.args(["--test", "web"]);
        } else {
            cargo.arg("--lib");
        }
        browser.tell(&mut cargo);
        cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings).env("WASM_BINDGEN_TEST_ONLY_WEB", "1");
        test_with(&mut cargo)
    }

    fn site(&self) -> Result<Vec<String>> {
        let npm = Npm::ready(self.project)?;
        let Made { visit, .. } = build::release(self.project, self.toolchain()?, &npm, &self.project.dist())?;
        self.site_is_fresh.set(true);
        let table = sizes::table(&visit)?;
        println!("{table}");
        let lines: Vec<&str> = table.lines().collect();
        let total = lines.len().saturating_sub(2);
        let file = sizes::one_file(&self.project.dist().join(onefile::NAME))?;
        Ok(lines[total..].iter().map(ToString::to_string).chain([file]).collect())
    }

    /// The journeys in one browser. Where this machine can't have it they are left to CI, which must.
    fn e2e(&self, engine: Engine) -> Result<Vec<String>> {
        let browser = match Browser::ready(self.project, engine) {
            Err(error) if engine != Engine::Chromium && !is_ci() && error.is::<Missing>() => {
                say(&format!("The journeys are not tried there: {error}"));
                return Ok(vec![format!("NOT TRIED: {error}")]);
            }
            ready => ready?,
        };
        // Alone, this step must not try an old site.
        if !self.site_is_fresh.get() {
            self.site()?;
        }
        let failed = RefCell::new(Vec::new());
        let notes = |line: &str| {
            failed.borrow_mut().extend(failure(line).map(str::to_owned));
            sums_up(line)
        };
        let outcome = run_and_keep(&mut self.journeys(&browser)?, notes);
        let failed = failed.into_inner();
        if outcome.is_ok() || !(1..=AGAIN).contains(&failed.len()) {
            return outcome;
        }
        say(&format!("Once more, alone: {}", failed.join(", ")));
        let mut again = self.journeys(&browser)?;
        again.args(["--test", "journeys", "--", "--exact"]).args(&failed);
        let mut kept = run_and_keep(&mut again, sums_up)?;
        kept.push(format!("PASSED ONLY WHEN RUN AGAIN: {}", failed.join(", ")));
        Ok(kept)
    }

    /// A few trials in each browser, whose figures are added to no others.
    fn trials(&self) -> Result<Vec<String>> {
        if !self.site_is_fresh.get() {
            self.site()?;
        }
        let mut kept = Vec::new();
        for trial in TRIALS {
            let words = trial.map(str::to_owned);
            kept.extend(run_and_keep(&mut trials::command(self.project, &Engine::ALL, &words)?, trials::sums_up)?);
        }
        Ok(kept)
    }

    /// The command that runs the journeys in a browser.
    fn journeys(&self, browser: &Browser) -> Result<Command> {
        let mut cargo = native_cargo(self.project);
        // The words of a failure say where it was; the stack of an async test only buries them.
        cargo.args(["test", "-p", "e2e"]).env("RUST_LIB_BACKTRACE", "0");
        tell_of_site(self.project, browser, &mut cargo)?;
        Ok(cargo)
    }

    fn has_web_tests(&self) -> bool {
        let tests = self.project.path("tests");
        tests.join("web.rs").is_file() || tests.join("web").join("main.rs").is_file()
    }
}

/// Tells a program where the release site, the browser, its driver and axe-core are.
pub fn tell_of_site(project: &Project, browser: &Browser, command: &mut Command) -> Result<()> {
    let npm = Npm::ready(project)?;
    browser.tell(command);
    command.env("E2E_DIST", project.dist()).env("AXE", npm.axe());
    Ok(())
}

/// Runs tests and keeps the lines that sum them up.
fn test_with(command: &mut Command) -> Result<Vec<String>> {
    run_and_keep(command, sums_up)
}

/// Whether a line sums tests up, or says what was not tried.
fn sums_up(line: &str) -> bool {
    let sum = line.starts_with("test result:") && !line.contains(" 0 passed; 0 failed");
    sum || line.starts_with("left out in ")
}

/// The test that a line says failed.
fn failure(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... FAILED")
}

/// Warnings are errors in CI.
fn strictness() -> &'static [&'static str] {
    if is_ci() { &["--", "-D", "warnings"] } else { &[] }
}

/// Whether this runs where nobody watches.
pub fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_the_test_program_are_understood() {
        for (line, name) in [
            ("test far::a_click ... FAILED", Some("far::a_click")),
            ("test far::a_click ... ok", None),
            ("    far::a_click", None),
            ("test result: FAILED. 1 passed; 1 failed; 0 ignored", None),
        ] {
            assert_eq!(failure(line), name, "{line}");
        }
        assert!(sums_up("test result: ok. 3 passed; 0 failed; 0 ignored"));
        assert!(!sums_up("test result: ok. 0 passed; 0 failed; 0 ignored"));
        assert!(sums_up("left out in Firefox: this, since that"));
    }
}
