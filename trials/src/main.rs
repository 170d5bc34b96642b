//! Programs that try to make the release site lose work. `cargo xtask trials` makes ready what they need and starts
//! them; the figures of all runs are added up in `docs/reliability.json` and stand in `docs/reliability.md`.
//!
//! In reading order: [`args`] and [`plan`] (what is asked for), [`kill`], [`tabs`], [`full`] and [`damage`] (the trials), and what they are made with:
//! [`browser`] and [`tree`] (browsers that are started and ended), [`hands`] and [`acts`] (what a person does), [`site`]
//! over [`http`] (the site, and what is seen of it from outside), [`profile`] over [`ledger`] (what must be there),
//! [`copies`] (what browsers keep, on the disk), [`tally`] (the figures).

mod acts;
mod args;
mod browser;
mod copies;
mod damage;
mod full;
mod hands;
mod http;
mod kill;
mod ledger;
mod plan;
mod profile;
mod site;
mod tabs;
mod tally;
mod tree;

use anyhow::{Error, Result, bail};
use args::{Trial, Wanted};
use e2e::Engine;
use plan::{Plan, Taker};
use std::path::PathBuf;
use std::process::ExitCode;
use tally::Tally;
use tokio::signal::unix::{SignalKind, signal};

fn main() -> ExitCode {
    let done = args::parse(std::env::args_os().skip(1)).and_then(|wanted| run(&wanted));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(wanted: &Wanted) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let mut tally = Tally::read()?;
    for &trial in &wanted.trials {
        for &engine in &wanted.engines {
            // Whoever stops it must not find browsers left over.
            let tried = runtime.block_on(async {
                let mut ended = signal(SignalKind::terminate())?;
                tokio::select! {
                    done = make(wanted, trial, engine, &mut tally) => done,
                    _ = tokio::signal::ctrl_c() => bail!("stopped"),
                    _ = ended.recv() => bail!("stopped"),
                }
            });
            tried.map_err(|error: Error| error.context(format!("{} in {}", trial.name(), engine.word())))?;
        }
    }
    Ok(())
}

/// Makes the trials of a kind in a browser. What is known by then is kept after each seed.
async fn make(wanted: &Wanted, trial: Trial, engine: Engine, tally: &mut Tally) -> Result<()> {
    let plan = Plan {
        engine,
        count: wanted.count.unwrap_or(trial.usual()),
        seed: wanted.seed.unwrap_or_else(|| tally.next_seed(trial, engine)),
        dist: &e2e::setup::site()?,
        kept: &left_behind().join(trial.name()),
    };
    let mut taker = Taker::new(trial, engine, tally, wanted.keep);
    let done = match trial {
        Trial::Kill => kill::run(&plan, &mut taker).await,
        Trial::Full => full::run(&plan, &mut taker).await,
        Trial::Tabs => tabs::run(&plan, &mut taker).await,
        Trial::Damage => damage::run(&plan, &mut taker).await,
    };
    taker.print();
    done
}

/// Where what a failure left behind is kept.
fn left_behind() -> PathBuf {
    e2e::setup::root().join("target/trials")
}
