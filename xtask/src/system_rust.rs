//! The second way to a compiler for the browser, for machines that rustup's servers are out of
//! reach of: the compiler of the system's own packages, whose library sources lie beside it.
//!
//! The standard library is built once, into `.tools/sysroot`, and handed to that compiler for
//! the browser's target only. The compiler's own folders are never written to.

use crate::apt::Apt;
use crate::process::{capture, find_on_path, run, say};
use crate::project::Project;
use crate::toolchain::{TARGET, holds_std};
use crate::version::Version;
use anyhow::{Context, Result};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler of the system's packages, new enough for this project and with sources.
#[derive(Debug)]
pub struct SystemRust {
    bin: PathBuf,
    sources: PathBuf,
    /// What the compiler says of itself: the standard library must come from the very same.
    identity: String,
    sysroot: PathBuf,
    scratch: PathBuf,
    linker: Option<PathBuf>,
}

impl SystemRust {
    const CLIPPY: &[&str] = &["rust-web-clippy"];

    /// What Debian calls its compiler for building browsers; kept up with them, so newer than
    /// the package `rustc`. A linker is among them only where rustup brought none.
    pub fn packages() -> Vec<&'static str> {
        let mut names = vec!["rustc-web", "cargo-web", "rust-web-src"];
        if find_linker().is_none() {
            names.push("lld-22");
        }
        names
    }

    /// Looks for it, without changing anything.
    pub fn find(project: &Project) -> Result<Option<Self>> {
        let bin = PathBuf::from("/usr/bin");
        let rustc = bin.join("rustc");
        if !rustc.is_file() || !bin.join("cargo").is_file() {
            return Ok(None);
        }
        let mut ask = cleaned(&bin, "rustc");
        let Ok(identity) = capture(ask.arg("-vV")) else {
            return Ok(None);
        };
        let own = release_of(&identity);
        let needed = needed_version(project)?;
        if own.is_none_or(|own| own < needed) {
            return Ok(None);
        }
        let printed = capture(cleaned(&bin, "rustc").args(["--print", "sysroot"]))?;
        let sources = Path::new(printed.trim()).join("lib/rustlib/src/rust/library");
        let linker = find_linker();
        if !sources.join("Cargo.lock").is_file() || linker.is_none() {
            return Ok(None);
        }
        Ok(Some(Self {
            bin,
            sources,
            identity,
            sysroot: project.tools().join("sysroot"),
            scratch: project.wasm_target().join("std"),
            linker,
        }))
    }

    /// Whether an earlier run built the standard library with this very compiler.
    pub fn std_is_built(&self) -> bool {
        fs::read_to_string(self.stamp()).is_ok_and(|stamp| stamp == self.identity) && holds_std(&self.libraries())
    }

    /// Builds the standard library: less than a minute on two cores.
    pub fn build_std(&self) -> Result<()> {
        say("Building the wasm32 standard library (once, less than a minute)");
        let mut build = cleaned(&self.bin, "cargo");
        build
            .current_dir(&self.sources)
            .args(["build", "--release", "--locked", "--target", TARGET])
            .args(["-p", "sysroot", "-p", "panic_abort", "--target-dir"])
            .arg(&self.scratch)
            // The library's own sources may use what is not stable; nothing else here does.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("__CARGO_DEFAULT_LIB_METADATA", "stablestd")
            .env("CARGO_PROFILE_RELEASE_PANIC", "abort")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked");
        run(&mut build).context("the wasm32 standard library could not be built")?;

        let libraries = self.libraries();
        let _ = fs::remove_dir_all(&self.sysroot);
        fs::create_dir_all(&libraries).with_context(|| format!("could not make {}", libraries.display()))?;
        let built = self.scratch.join(TARGET).join("release/deps");
        for entry in fs::read_dir(&built).with_context(|| format!("could not read {}", built.display()))? {
            let file = entry?.path();
            if file.extension().is_some_and(|end| end == "rlib")
                && let Some(name) = file.file_name()
            {
                fs::copy(&file, libraries.join(name)).with_context(|| format!("could not copy {}", file.display()))?;
            }
        }
        fs::write(self.stamp(), &self.identity)
            .with_context(|| format!("could not write {}", self.stamp().display()))?;
        let _ = fs::remove_dir_all(&self.scratch);
        Ok(())
    }

    /// The system's cargo, with what rustup put into the environment taken out.
    pub fn cargo(&self) -> Command {
        cleaned(&self.bin, "cargo")
    }

    /// The words that make cargo use our standard library, for the browser's target only.
    /// They add to what `.cargo/config.toml` says; RUSTFLAGS would replace it.
    pub fn cargo_settings(&self) -> Vec<OsString> {
        let mut flags = vec![format!("--sysroot={}", self.sysroot.display())];
        if let Ok(own) = env::var("RUSTFLAGS") {
            flags.extend(own.split_whitespace().map(str::to_owned));
        }
        let flags: Vec<String> = flags.iter().map(|flag| toml_string(flag)).collect();
        let mut words =
            vec![OsString::from("--config"), format!("target.{TARGET}.rustflags=[{}]", flags.join(",")).into()];
        if let Some(linker) = &self.linker {
            words.push("--config".into());
            let linker = toml_string(&linker.to_string_lossy());
            words.push(format!("target.{TARGET}.linker={linker}").into());
        }
        words
    }

    /// Makes sure that the system's clippy is there.
    pub fn ready_clippy(&self) -> Result<()> {
        if self.bin.join("cargo-clippy").is_file() {
            return Ok(());
        }
        Apt::find()
            .context("clippy for the system's Rust compiler is missing; install it with the system's packages")?
            .install("clippy for the browser's code", Self::CLIPPY)
    }

    fn libraries(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib").join(TARGET).join("lib")
    }

    fn stamp(&self) -> PathBuf {
        self.sysroot.join("built-with.txt")
    }
}

/// A program of the system's toolchain, free of what rustup and `cargo run` set.
fn cleaned(bin: &Path, program: &str) -> Command {
    let mut command = Command::new(bin.join(program));
    for name in
        ["CARGO", "CARGO_ENCODED_RUSTFLAGS", "LD_LIBRARY_PATH", "RUSTC", "RUSTDOC", "RUSTFLAGS", "RUSTUP_TOOLCHAIN"]
    {
        command.env_remove(name);
    }
    let mut path = vec![bin.to_path_buf()];
    if let Some(old) = env::var_os("PATH") {
        path.extend(env::split_paths(&old));
    }
    if let Ok(path) = env::join_paths(path) {
        command.env("PATH", path);
    }
    command
}

/// A linker for the browser: the one that came with rustup's toolchain, else the system's.
fn find_linker() -> Option<PathBuf> {
    let from_rustup = || {
        let mut rustc = Command::new("rustc");
        let printed = capture(rustc.args(["--print", "target-libdir"])).ok()?;
        let linker = Path::new(printed.trim()).parent()?.join("bin/rust-lld");
        linker.is_file().then_some(linker)
    };
    from_rustup().or_else(|| find_on_path(&["wasm-ld", "wasm-ld-22", "wasm-ld-21", "wasm-ld-20"]))
}

/// The version line of what `rustc -vV` prints.
fn release_of(identity: &str) -> Option<Version> {
    identity.lines().find_map(|line| line.strip_prefix("release: ")).and_then(Version::parse)
}

/// The oldest compiler that the workspace takes.
fn needed_version(project: &Project) -> Result<Version> {
    let manifest = project.path("Cargo.toml");
    let text = fs::read_to_string(&manifest).with_context(|| format!("could not read {}", manifest.display()))?;
    text.lines()
        .find_map(|line| line.strip_prefix("rust-version = \""))
        .and_then(Version::parse)
        .with_context(|| format!("{} names no rust-version", manifest.display()))
}

/// A string as TOML writes it.
fn toml_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_is_read_from_what_rustc_says() {
        let said = "rustc 1.96.0 (abc 2026-05-25)\nbinary: rustc\nrelease: 1.96.0\nLLVM version: 22.1\n";
        assert_eq!(release_of(said), Version::parse("1.96.0"));
        assert_eq!(release_of("rustc 1.96.0"), None);
    }

    #[test]
    fn strings_for_toml_keep_quotes_and_backslashes() {
        assert_eq!(toml_string(r#"a b"c\d"#), r#""a b\"c\\d""#);
    }
}
