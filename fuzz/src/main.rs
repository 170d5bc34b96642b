//! The long run: case after case, each reader in turn, from where the last run ended. The counts are kept every
//! few hundred cases, so that a run can be ended at any time.
//!
//! An input that breaks a law is kept in the corpus, where the tests find it, and ends the run.

use anyhow::{Context, Result, bail};
use fuzz::corpus::{self, Corpus};
use fuzz::readers::READERS;
use fuzz::run::{STACK, input, try_on};
use fuzz::tally::{self, Tally};
use std::time::{Duration, Instant};

/// Cases of one reader before the next one's turn.
const TURN: u64 = 250;

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let minutes: u64 = words.next().unwrap_or("1".into()).parse().context("expected a number of minutes")?;
    let only = words.next();
    if let Some(name) = only.as_deref().filter(|name| READERS.iter().all(|reader| reader.name != *name)) {
        let names: Vec<&str> = READERS.iter().map(|reader| reader.name).collect();
        bail!("there is no reader `{name}`; there are: {}", names.join(", "));
    }
    std::panic::set_hook(Box::new(|_| {}));
    let run = move || run(Duration::from_secs(minutes * 60), only.as_deref());
    // What goes deeper than this would be too deep in a browser.
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run)?;
    thread.join().unwrap_or_else(|_| bail!("the run itself broke"))
}

fn run(time: Duration, only: Option<&str>) -> Result<()> {
    let corpus = Corpus::load()?;
    let mut tally = Tally::load(&tally::file())?;
    let start = Instant::now();
    while start.elapsed() < time {
        for (reader, count) in
            READERS.iter().zip(&mut tally.0).filter(|(reader, _)| only.is_none_or(|n| n == reader.name))
        {
            for _ in 0..TURN {
                let bytes = input(&corpus, reader, count.cases);
                match try_on(reader, &bytes) {
                    Ok(outcome) => count.add(&outcome),
                    Err(why) => {
                        let file = corpus::folder().join(format!("found-{}-{}", reader.name, count.cases));
                        std::fs::write(&file, bytes)?;
                        (count.cases, count.failures) = (count.cases + 1, count.failures + 1);
                        tally.save(&tally::file())?;
                        bail!("{}: {why}; the input is in {}", reader.name, file.display());
                    }
                }
            }
        }
        tally.save(&tally::file())?;
    }
    print!("{}", tally.table());
    Ok(())
}
