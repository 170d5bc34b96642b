//! What makes the program of the release site smaller still: a standard library of its own.
//!
//! The one that comes with the compiler is built for speed and carries, for every way to panic, a text
//! and a place in its sources. Built along with the program, for size and so that a panic just stops
//! the program, it saves an eighth of what a visit loads. Cargo can do that from the library's
//! sources, but does not promise yet that it stays as it is; where it can't be done, the program is
//! built as usual and is only larger.

use crate::process::{capture, find_on_path, run, say};
use crate::toolchain::{TARGET, WasmToolchain};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How cargo builds the library along.
const LIBRARY: &[&str] = &["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// How everything is compiled then. A panic traps at once, which the page shows.
const COMPILER: &[&str] = &["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none"];

/// How everything is compiled in any case: the small way of hashing.
const ALWAYS: &[&str] = &[r#"--cfg=sha2_backend_soft=\"compact\""#];

/// Makes a build as small as this machine can.
pub fn set(cargo: &mut Command, toolchain: &WasmToolchain) {
    let mut flags = ALWAYS.to_vec();
    match toolchain {
        WasmToolchain::Active if has_sources() => {
            // The library's sources use what is not stable, and so do these options.
            cargo.env("RUSTC_BOOTSTRAP", "1").args(LIBRARY);
            flags.extend(COMPILER);
        }
        _ => say("The sources of the standard library are not at hand, so the program gets an eighth larger"),
    }
    let flags: Vec<_> = flags.iter().map(|flag| format!("\"{flag}\"")).collect();
    cargo.arg("--config").arg(format!("target.{TARGET}.rustflags=[{}]", flags.join(",")));
}

/// Whether the toolchain in use has the library's sources; rustup may add them.
fn has_sources() -> bool {
    let there = || sources().is_some_and(|sources| sources.join("Cargo.lock").is_file());
    if there() {
        return true;
    }
    if find_on_path(&["rustup"]).is_none() {
        return false;
    }
    say("Adding the sources of the standard library with rustup");
    let mut add = Command::new("rustup");
    add.args(["component", "add", "rust-src"]).env_remove("RUST_BACKTRACE");
    run(&mut add).is_ok() && there()
}

fn sources() -> Option<PathBuf> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = capture(Command::new(rustc).args(["--print", "sysroot"])).ok()?;
    Some(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"))
}
