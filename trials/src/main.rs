//! Programs that try to make the release site lose work. `cargo xtask trials` makes ready what they need and starts
//! them; the figures of all runs are added up in `docs/reliability.json` and stand in `docs/reliability.md`.
//!
//! In reading order: [`args`] (what is asked for), [`kill`] (the trial that ends browsers), and what it is made with:
//! [`browser`] and [`tree`] (browsers that are started and ended), [`hands`] (what a person does), [`site`] over [`http`]
//! (the site, and what is seen of it from outside), [`copies`] (what browsers keep, on the disk), [`ledger`] (what must
//! be there), [`tally`] (the figures).

mod args;
mod browser;
mod copies;
mod hands;
mod http;
mod kill;
mod ledger;
mod site;
mod tally;
mod tree;

use anyhow::{Error, Result};
use args::{Trial, Wanted};
use e2e::Engine;
use std::path::PathBuf;
use std::process::ExitCode;
use tally::Tally;

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
            let tried = runtime.block_on(make(wanted, trial, engine, &mut tally));
            tried.map_err(|error: Error| error.context(format!("{} in {}", trial.name(), engine.word())))?;
        }
    }
    Ok(())
}

/// Makes the trials of a kind in a browser. What is known by then is kept after each profile.
async fn make(wanted: &Wanted, trial: Trial, engine: Engine, tally: &mut Tally) -> Result<()> {
    let display = browser::display(engine).await?;
    let plan = kill::Plan {
        engine,
        display: display.as_ref(),
        count: wanted.count.unwrap_or(trial.usual()),
        seed: wanted.seed.unwrap_or_else(|| tally.next_seed(trial, engine)),
        dist: &e2e::setup::site()?,
        kept: &left_behind(),
    };
    let mut now = Tally::default();
    let mut total = (0, 0, 0);
    let done = kill::run(&plan, |seed, figures| {
        let (trials, acknowledged, lost) = figures.summary();
        total = (total.0 + trials, total.1 + acknowledged, total.2 + lost);
        now.add(trial, engine, seed, figures)?;
        tally.add(trial, engine, seed, figures)?;
        if wanted.keep { tally.keep() } else { Ok(()) }
    });
    let done = done.await;
    let (trials, acknowledged, lost) = total;
    println!("{}", now.table(trial));
    println!(
        "{} in {}: {trials} trials, {acknowledged} things had to be there, {lost} lost",
        trial.name(),
        engine.word()
    );
    done
}

/// Where what a failure left behind is kept.
fn left_behind() -> PathBuf {
    e2e::setup::root().join("target/trials")
}
