//! Where things are: the one place that knows the folders of the repository.
//!
//! It only names paths; it never creates, reads or removes anything behind them.

use anyhow::{Context, Result, bail};
use std::env;
use std::path::{Path, PathBuf};

/// The repository this program was started in.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the repository: the folder above the one that holds this crate.
    pub fn find() -> Result<Self> {
        let own =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = own.parent().context("the folder of xtask has no parent")?.to_path_buf();
        if !root.join("index.html").is_file() {
            bail!("{} holds no index.html; start this as `cargo xtask` inside the repository", root.display());
        }
        Ok(Self { root })
    }

    /// The top of the repository.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the repository.
    pub fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.root.join(inside)
    }

    /// Tools that the set-up fetched or built; git ignores it.
    pub fn tools(&self) -> PathBuf {
        self.path(".tools")
    }

    /// The npm packages that the set-up installed.
    pub fn npm(&self) -> PathBuf {
        self.tools().join("npm")
    }

    /// Cargo's target folder for what runs on this machine.
    pub fn target(&self) -> PathBuf {
        match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => self.root.join(dir),
            None => self.path("target"),
        }
    }

    /// Cargo's target folder for what runs in the browser. It is apart from [`Self::target`]
    /// so that a native build never waits for it and two compilers never share artefacts.
    pub fn wasm_target(&self) -> PathBuf {
        self.target().join("wasm")
    }

    /// The release site.
    pub fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// The unoptimised site of `build --dev`.
    pub fn dist_dev(&self) -> PathBuf {
        self.target().join("dist-dev")
    }

    /// The release site of `build --profiling`, with the names of functions.
    pub fn dist_profiling(&self) -> PathBuf {
        self.target().join("dist-profiling")
    }

    /// Whether the workspace has a member in this folder.
    pub fn has_member(&self, folder: &str) -> bool {
        self.path(folder).join("Cargo.toml").is_file()
    }
}
