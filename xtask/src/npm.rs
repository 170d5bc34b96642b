//! What comes from npm: wasm-opt, terser, axe-core and Readability, in the versions of `xtask/npm`.
//!
//! It goes into `.tools/npm`. Only Readability is part of the site; serving needs none of it.

use crate::process::{find_on_path, npm, run, say};
use crate::project::Project;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The installed packages.
#[derive(Debug)]
pub struct Npm {
    modules: PathBuf,
}

impl Npm {
    /// Installs what `xtask/npm/package-lock.json` names, unless that was done before.
    pub fn ready(project: &Project) -> Result<Self> {
        let modules = project.npm().join("node_modules");
        let stamp = project.npm().join("installed.json");
        let sources = project.path("xtask/npm");
        let read = |name: &str| {
            let file = sources.join(name);
            fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))
        };
        if find_on_path(&["node"]).is_none() {
            bail!(
                "Node is missing; it runs the optimiser and tools of the tests. Install it from \
                 https://nodejs.org or with the system's packages (`apt-get install nodejs npm`)."
            );
        }
        let lock = read("package-lock.json")?;
        if fs::read_to_string(&stamp).is_ok_and(|old| old == lock) && modules.is_dir() {
            return Ok(Self { modules });
        }
        say("Installing wasm-opt, terser, axe-core and Readability with npm into .tools/");
        let place = project.npm();
        fs::create_dir_all(&place).with_context(|| format!("could not make {}", place.display()))?;
        for (name, text) in [("package.json", read("package.json")?), ("package-lock.json", lock.clone())] {
            let file = place.join(name);
            fs::write(&file, text).with_context(|| format!("could not write {}", file.display()))?;
        }
        let mut install = Command::new(npm());
        install.current_dir(&place).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]);
        run(&mut install).context("npm could not install the tools of xtask/npm")?;
        fs::write(&stamp, lock).with_context(|| format!("could not write {}", stamp.display()))?;
        Ok(Self { modules })
    }

    /// The script of wasm-opt, to be run by node.
    pub fn wasm_opt(&self) -> PathBuf {
        self.modules.join("binaryen/bin/wasm-opt")
    }

    /// The script of terser, which makes scripts smaller, to be run by node.
    pub fn terser(&self) -> PathBuf {
        self.modules.join("terser/bin/terser")
    }

    /// The library that tells the main text of a web page from the rest: its script and its version.
    pub fn readability(&self) -> Result<(String, String)> {
        let folder = self.modules.join("@mozilla/readability");
        let read = |name: &str| {
            let file = folder.join(name);
            fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))
        };
        let package = read("package.json")?;
        let version = package.split_once("\"version\": \"").and_then(|(_, rest)| rest.split_once('"'));
        let (version, _) = version.context("the package of Readability does not say its version")?;
        Ok((read("Readability.js")?, version.to_owned()))
    }

    /// The accessibility checks, as one script.
    pub fn axe(&self) -> PathBuf {
        self.modules.join("axe-core/axe.min.js")
    }
}
