//! The compiler for the browser: finds one that has a wasm32 standard library, or makes one.
//!
//! In this order: the toolchain in use, when it has the target; a standard library that an
//! earlier run built for the system's compiler; `rustup target add`; and last, on Debian-like
//! systems, the system's compiler with a standard library built once into `.tools/`.
//! It never changes rustup's default toolchain and never writes into a compiler's own folders.

use crate::apt::Apt;
use crate::process::{capture, find_on_path, line, run, say};
use crate::project::Project;
use crate::system_rust::SystemRust;
use anyhow::{Context, Result, bail};
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The target that browsers run.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A compiler that can build for the browser.
#[derive(Debug)]
pub enum WasmToolchain {
    /// The toolchain this program was started with.
    Active,
    /// The system's compiler with a standard library of our own.
    System(SystemRust),
}

impl WasmToolchain {
    /// Finds such a compiler, installing and building what is missing.
    pub fn ready(project: &Project) -> Result<Self> {
        if active_has_target() {
            return Ok(Self::Active);
        }
        if let Some(system) = SystemRust::find(project)?
            && system.std_is_built()
        {
            return Ok(Self::System(system));
        }
        if find_on_path(&["rustup"]).is_some() {
            say("Adding the wasm32 target with rustup");
            match run(&mut rustup_add()) {
                Ok(()) if active_has_target() => return Ok(Self::Active),
                Ok(()) => say("rustup added it to another toolchain than the one in use"),
                Err(_) => say("rustup could not fetch it; trying the system's compiler instead"),
            }
        }
        Self::from_system(project)
    }

    fn from_system(project: &Project) -> Result<Self> {
        let mut system = SystemRust::find(project)?;
        if system.is_none()
            && let Some(apt) = Apt::find()
        {
            apt.install("a Rust compiler that can build for the browser", &SystemRust::packages())?;
            system = SystemRust::find(project)?;
        }
        let Some(system) = system else {
            bail!(
                "no compiler here can build for the browser. With a network that reaches \
                 Rust's servers, run\n\n    {}\n\nand then this command again.",
                line(&rustup_add())
            );
        };
        if !system.std_is_built() {
            system.build_std()?;
        }
        Ok(Self::System(system))
    }

    /// `cargo SUBCOMMAND` for the browser, in the repository; the caller adds what it builds.
    pub fn cargo(&self, project: &Project, subcommand: &str) -> Command {
        let mut command = match self {
            Self::Active => {
                let mut command = native_cargo(project);
                command.arg(subcommand);
                command
            }
            Self::System(system) => {
                let mut command = system.cargo();
                command.current_dir(project.root());
                command.arg(subcommand);
                command.args(system.cargo_settings());
                command
            }
        };
        command.args(["--target", TARGET, "--target-dir"]);
        command.arg(project.wasm_target());
        command
    }

    /// Makes sure that clippy is there for this compiler.
    pub fn ready_clippy(&self, project: &Project) -> Result<()> {
        match self {
            Self::Active => ready_component(project, "clippy"),
            Self::System(system) => system.ready_clippy(),
        }
    }
}

/// The cargo that started this program.
pub fn native_cargo(project: &Project) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(project.root());
    command
}

/// Makes sure that the toolchain in use has `cargo fmt` or `cargo clippy`.
pub fn ready_component(project: &Project, component: &str) -> Result<()> {
    let subcommand = match component {
        "rustfmt" => "fmt",
        other => other,
    };
    let there = || {
        capture(native_cargo(project).args([subcommand, "--version"]))
            .map(drop)
            .with_context(|| format!("{component} is missing from the toolchain in use"))
    };
    if there().is_ok() {
        return Ok(());
    }
    let mut add = Command::new("rustup");
    add.args(["component", "add", component]);
    say(&format!("Adding {component} with rustup"));
    run(&mut add).with_context(|| {
        format!("{component} is missing. With a network that reaches Rust's servers, run `{}`", line(&add))
    })?;
    there()
}

fn rustup_add() -> Command {
    let mut command = Command::new("rustup");
    // Its way to say that it has no network is long enough without.
    command.args(["target", "add", TARGET]).env_remove("RUST_BACKTRACE");
    command
}

/// Whether the compiler that cargo would use by itself knows the target's standard library.
fn active_has_target() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(rustc);
    command.args(["--print", "target-libdir", "--target", TARGET]);
    capture(&mut command).is_ok_and(|printed| holds_std(&PathBuf::from(printed.trim())))
}

/// Whether a folder holds a compiled standard library.
pub fn holds_std(folder: &std::path::Path) -> bool {
    folder.read_dir().is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("libstd-") && name.ends_with(".rlib")
        })
    })
}
