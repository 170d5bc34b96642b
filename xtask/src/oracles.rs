//! `cargo xtask oracles`: our exports go through the programs that they are made for.
//!
//! The programs are Python's: `oracles/*.py` hold what spaCy and others see of an export against the work itself. Their
//! packages are those of `oracles/requirements.txt`, each with its hash, in an environment in `.tools/python`. Once
//! that is there, no network is needed. Nothing is installed for the Python of the system but its `venv`.

use crate::apt::Apt;
use crate::process::{capture, find_on_path, run, run_and_keep, say, with_suffix};
use crate::project::Project;
use crate::toolchain::native_cargo;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The versions of Python, as `3.N`, that the locked packages have wheels for.
const VERSIONS: std::ops::RangeInclusive<u32> = 11..=14;

/// Names under which a Python may be found, the usual one first.
const NAMES: &[&str] = &["python3", "python3.13", "python3.12", "python3.11", "python3.14", "python"];

/// The locks: what one package is built with, and all packages.
const LOCKS: [&str; 2] = ["build.txt", "requirements.txt"];

/// Runs all consumers, or those that are named; gives the lines that sum up.
pub fn run_all(project: &Project, wanted: &[String]) -> Result<Vec<String>> {
    let python = ready(project)?;
    run(native_cargo(project).args(["build", "-p", "annotator", "--bin", "annotator"]))?;
    let mut command = Command::new(python);
    command.current_dir(project.root()).arg(project.path("oracles/run.py"));
    // Compiled modules stay out of the sources.
    command.env("PYTHONPYCACHEPREFIX", project.tools().join("python/compiled"));
    command.arg(project.target().join("debug").join(with_suffix("annotator")));
    command.arg(project.target().join("oracles")).args(wanted);
    run_and_keep(&mut command, |line| line.starts_with("oracles: "))
        .context("a consumer does not see what was exported")
}

/// Makes the environment unless that was done before; gives its Python.
pub fn ready(project: &Project) -> Result<PathBuf> {
    let place = project.tools().join("python");
    let own = place.join(if cfg!(windows) { "Scripts" } else { "bin" }).join(with_suffix("python"));
    let stamp = place.join("installed.txt");
    let sources = project.path("oracles");
    let mut locks = String::new();
    for name in LOCKS {
        let file = sources.join(name);
        locks += &fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
    }
    if fs::read_to_string(&stamp).is_ok_and(|old| old == locks) && capture(Command::new(&own).arg("--version")).is_ok()
    {
        return Ok(own);
    }
    let python = find()?;
    say(
        "Making a Python environment in .tools/ with spaCy and other programs that read our files: 0.7 GB, a few minutes",
    );
    if place.exists() {
        fs::remove_dir_all(&place).with_context(|| format!("could not remove {}", place.display()))?;
    }
    make(&python, &place)?;
    let [build, all] = LOCKS.map(|name| sources.join(name));
    install(&own, &build, &["--only-binary", ":all:"])?;
    // One of them has no wheel; what it is built with is there by now.
    install(&own, &all, &["--only-binary", ":all:", "--no-binary", "seqeval", "--no-build-isolation"])?;
    fs::write(&stamp, locks).with_context(|| format!("could not write {}", stamp.display()))?;
    Ok(own)
}

/// A Python of the system whose version fits; on Debian-like systems it is installed where there is none.
fn find() -> Result<PathBuf> {
    let found = || NAMES.iter().filter_map(|name| find_on_path(&[*name])).find(|python| fits(python));
    if let Some(python) = found() {
        return Ok(python);
    }
    if let Some(apt) = Apt::find() {
        apt.install("Python, for the programs that read our files", &["python3", "python3-venv"])?;
    }
    found().with_context(|| {
        format!(
            "the programs that read our files need Python 3.{} to 3.{}; install one, such as with `apt-get install \
             python3 python3-venv` or from https://www.python.org",
            VERSIONS.start(),
            VERSIONS.end(),
        )
    })
}

fn fits(python: &Path) -> bool {
    capture(Command::new(python).arg("--version"))
        .is_ok_and(|said| minor(&said).is_some_and(|minor| VERSIONS.contains(&minor)))
}

/// The `N` of `Python 3.N.…`.
fn minor(said: &str) -> Option<u32> {
    said.trim().strip_prefix("Python 3.")?.split('.').next()?.parse().ok()
}

/// Makes an empty environment. Debian's Python lacks what that takes until a package of its own is there.
fn make(python: &Path, place: &Path) -> Result<()> {
    let venv = |python: &Path| capture(Command::new(python).args(["-m", "venv"]).arg(place));
    let Err(error) = venv(python) else { return Ok(()) };
    let Some(apt) = Apt::find() else {
        bail!(
            "Python's module `venv` does not work here ({error:#}); it is a package of its own on some systems, such as python3-venv"
        );
    };
    apt.install("Python's module venv", &["python3-venv"])?;
    venv(python).map(drop)
}

/// Installs just what a lock names, checking the hashes.
fn install(python: &Path, lock: &Path, words: &[&str]) -> Result<()> {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps"]);
    pip.arg("--require-hashes").args(words).arg("--requirement").arg(lock);
    run(&mut pip).with_context(|| format!("pip could not install what {} names", lock.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_python_says_them() {
        for (said, expected) in
            [("Python 3.11.2\n", Some(11)), ("Python 3.14.0rc1", Some(14)), ("Python 2.7.18", None), ("", None)]
        {
            assert_eq!(minor(said), expected, "{said}");
        }
    }

    #[test]
    fn every_locked_package_has_a_hash() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("oracles");
        for name in LOCKS {
            let lock = fs::read_to_string(folder.join(name)).expect("the lock");
            let packages = lock.lines().filter(|line| line.contains("==")).count();
            assert!(packages > 0 && lock.matches("\\\n    --hash=sha256:").count() >= packages, "{name}");
            assert!(!lock.contains("://"), "{name} names a host");
        }
    }
}
