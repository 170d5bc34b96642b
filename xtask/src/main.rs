//! The project's own commands: set-up, build, serve, test, bench, fuzz, oracles.
//!
//! `cargo xtask --help` lists them. None of this is part of the app, and the app's crate knows
//! nothing of it.

mod apt;
mod args;
mod bench;
mod browser;
mod build;
mod files;
mod fuzz;
mod html;
mod lean;
mod npm;
mod offline;
mod onefile;
mod oracles;
mod policy;
mod process;
mod project;
mod serve;
mod server;
mod shrink;
mod site;
mod sizes;
mod steps;
mod system_rust;
mod test;
mod toolchain;
mod trials;
mod version;
mod watch;
mod weight;

use anyhow::Result;
use args::Task;
use browser::{Engine, Missing};
use process::{bold, say};
use project::Project;
use site::Made;
use std::process::ExitCode;

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{} {error:#}", bold("error:"));
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<()> {
    let task = args::parse(std::env::args_os().skip(1))?;
    if let Task::Help(text) = task {
        println!("{text}");
        return Ok(());
    }
    let project = Project::find()?;
    match task {
        Task::Help(_) => Ok(()),
        Task::Setup => setup(&project),
        Task::Serve { port, open, release } => serve::run(&project, port, open, release),
        Task::Build { dev: true, .. } => {
            let toolchain = toolchain::WasmToolchain::ready(&project)?;
            build::dev(&project, &toolchain, &project.dist_dev())?;
            say(&format!("The site is in {}", project.dist_dev().display()));
            Ok(())
        }
        Task::Build { profiling: true, .. } => {
            let toolchain = toolchain::WasmToolchain::ready(&project)?;
            let npm = npm::Npm::ready(&project)?;
            build::profiling(&project, &toolchain, &npm, &project.dist_profiling())?;
            say(&format!("The site is in {}", project.dist_profiling().display()));
            Ok(())
        }
        Task::Build { .. } => release(&project),
        Task::Test { steps } => test::run(&project, &steps),
        Task::Fuzz { minutes, reader } => fuzz::run(&project, minutes, reader.as_deref()),
        Task::Oracles { consumers } => oracles::run_all(&project, &consumers).map(drop),
        Task::Trials { engines, words } => trials::run(&project, &engines, &words),
        Task::Bench { native, browser, profiling, parts } => bench::run(&project, native, browser, profiling, &parts),
    }
}

/// Makes the release site and prints its sizes and weights.
fn release(project: &Project) -> Result<()> {
    let toolchain = toolchain::WasmToolchain::ready(project)?;
    let npm = npm::Npm::ready(project)?;
    let Made { visit, later } = build::release(project, &toolchain, &npm, &project.dist())?;
    println!("{}", sizes::table(&visit)?);
    println!("{}", sizes::later(&visit, &later)?);
    println!("{}\n", sizes::one_file(&project.dist().join(onefile::NAME))?);
    if let Some(wasm) = visit.iter().find(|file| file.extension().is_some_and(|end| end == "wasm")) {
        let scratch = project.wasm_target().join("bound/parts");
        println!("{}", weight::table(wasm, &build::names(project), &scratch)?);
    }
    say(&format!("The site is in {}, and {} there is all of it in one", project.dist().display(), onefile::NAME));
    Ok(())
}

/// Makes the machine ready for everything else.
fn setup(project: &Project) -> Result<()> {
    let toolchain = toolchain::WasmToolchain::ready(project)?;
    toolchain::ready_component(project, "rustfmt")?;
    toolchain::ready_component(project, "clippy")?;
    toolchain.ready_clippy(project)?;
    npm::Npm::ready(project)?;
    oracles::ready(project)?;
    for engine in Engine::ALL {
        match trials::ready(project, engine) {
            Err(error) if engine != Engine::Chromium && error.is::<Missing>() => say(&error.to_string()),
            ready => drop(ready?),
        }
    }
    say("This machine is ready");
    Ok(())
}
