//! `cargo xtask serve`: build, serve, open a browser, and build again on every change.
//!
//! A build that fails never takes the last good one away.

use crate::build;
use crate::npm::Npm;
use crate::process::{find_on_path, say};
use crate::project::Project;
use crate::server::{self, Folder};
use crate::site::Made;
use crate::toolchain::WasmToolchain;
use crate::watch::Sources;
use anyhow::Result;
use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Runs until it is interrupted.
pub fn run(project: &Project, port: u16, open: bool, release: bool) -> Result<()> {
    let folder = Folder::default();
    // First, so that a port in use is told before minutes of building.
    let address = server::start(port, &folder)?;
    let toolchain = WasmToolchain::ready(project)?;
    let npm = release.then(|| Npm::ready(project)).transpose()?;
    let sources = Sources::of(project.root())?;

    // Two folders in turn: while one is served, the next build goes to the other.
    let mut places = ["a", "b"].map(|name| project.target().join("serve").join(name));
    let mut opened = !open;
    loop {
        say("Building the app");
        let start = Instant::now();
        let [next, _] = &places;
        match site(project, &toolchain, npm.as_ref(), next) {
            Ok(_) => {
                server::exchange(&folder, next);
                places.reverse();
                let seconds = start.elapsed().as_secs_f32();
                say(&format!("Built in {seconds:.1} s. The app is at {address} (Ctrl-C ends it)"));
                if !opened {
                    opened = true;
                    open_browser(&address);
                }
            }
            Err(error) => {
                say(&format!("The build failed: {error:#}"));
                say(&format!("The last good build, if any, stays at {address}; save a source to try again"));
            }
        }
        let changed = sources.wait()?;
        let name = changed.strip_prefix(project.root()).unwrap_or(&changed);
        say(&format!("{} changed", name.display()));
    }
}

fn site(project: &Project, toolchain: &WasmToolchain, npm: Option<&Npm>, out: &Path) -> Result<Made> {
    match npm {
        Some(npm) => build::passing(project, toolchain, npm, out),
        None => build::dev(project, toolchain, out),
    }
}

/// Opens the person's browser where there is a screen; says nothing where there is none.
fn open_browser(address: &str) {
    let command = if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.args(["url.dll,FileProtocolHandler", address]);
        command
    } else if cfg!(target_os = "macos") {
        let mut command = Command::new("open");
        command.arg(address);
        command
    } else {
        let screen =
            ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
        let Some(opener) = find_on_path(&["xdg-open", "wslview"]).filter(|_| screen) else {
            return;
        };
        let mut command = Command::new(opener);
        command.arg(address);
        command
    };
    let mut command = command;
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if quiet.spawn().is_err() {
        say(&format!("No browser could be started; open {address} yourself"));
    }
}
