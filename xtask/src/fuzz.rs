//! `cargo xtask fuzz`: the long run of input made to break the readers.
//!
//! The member `fuzz` makes the input and holds what comes of it against its laws; this only starts it, optimised but
//! with every check of the language on.

use crate::process::run as run_command;
use crate::project::Project;
use crate::toolchain::native_cargo;
use anyhow::Result;
use std::process::Command;

/// Goes on for so many minutes, with every reader in turn or with one.
pub fn run(project: &Project, minutes: u64, reader: Option<&str>) -> Result<()> {
    let mut cargo = cargo(project, "run");
    cargo.args(["--", &minutes.to_string()]).args(reader);
    run_command(&mut cargo)
}

/// Cargo for this member.
pub fn cargo(project: &Project, what: &str) -> Command {
    let mut cargo = native_cargo(project);
    cargo.args([what, "--profile", "fuzz", "-p", "fuzz"]);
    cargo
}
