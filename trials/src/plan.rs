//! What is to be tried, and to whom it is told what came out.

use crate::args::Trial;
use crate::tally::Tally;
use anyhow::Result;
use e2e::Engine;
use serde::Serialize;
use std::path::Path;

/// What is to be done.
pub struct Plan<'a> {
    /// In which browser.
    pub engine: Engine,
    /// How many trials.
    pub count: usize,
    /// Where chance begins.
    pub seed: u64,
    /// The release site.
    pub dist: &'a Path,
    /// Where what a failure left behind is kept.
    pub kept: &'a Path,
}

/// Figures of a kind of trial, under the words of the table.
pub trait Figures: Serialize {
    /// How many trials they are of.
    fn trials(&self) -> usize;
    /// How many things had to be there, and how many of them were lost.
    fn needed_and_lost(&self) -> (usize, usize);
}

/// Takes the figures as they come.
pub struct Taker<'a> {
    trial: Trial,
    engine: Engine,
    /// Those of all runs; they are kept at once where they are wanted.
    all: &'a mut Tally,
    keep: bool,
    /// Those of this run.
    now: Tally,
    sum: (usize, usize, usize),
}

impl<'a> Taker<'a> {
    /// Takes those of a kind of trial in a browser.
    pub fn new(trial: Trial, engine: Engine, all: &'a mut Tally, keep: bool) -> Self {
        Self { trial, engine, all, keep, now: Tally::default(), sum: (0, 0, 0) }
    }

    /// Takes the figures of the trials of a seed.
    pub fn take(&mut self, seed: u64, figures: &impl Figures) -> Result<()> {
        let (needed, lost) = figures.needed_and_lost();
        self.sum = (self.sum.0 + figures.trials(), self.sum.1 + needed, self.sum.2 + lost);
        self.now.add(self.trial, self.engine, seed, figures)?;
        self.all.add(self.trial, self.engine, seed, figures)?;
        if self.keep { self.all.keep() } else { Ok(()) }
    }

    /// Prints those of this run.
    pub fn print(&self) {
        let (trials, needed, lost) = self.sum;
        let (trial, engine) = (self.trial.name(), self.engine.word());
        println!("{}", self.now.table(self.trial));
        println!("{trial} in {engine}: {trials} trials, {needed} things had to be there, {lost} lost");
    }
}
