//! A person at work: what [`crate::hands`] draws is done in a browser, one thing after the other.

use crate::browser::Browser;
use crate::hands::{self, Act, Reach};
use crate::site::Site;
use anyhow::Result;
use fastrand::Rng;
use std::time::Duration;
use tokio::time::sleep;

/// Between two things that a person does, in milliseconds; a person is slower.
const PAUSE: std::ops::Range<u64> = 30..250;

/// What was begun last.
pub struct Begun {
    act: Act,
    /// How many changes had been heard of by then.
    heard: usize,
    /// Whether all of it was handed to the browser.
    is_done: bool,
}

impl Begun {
    /// How much it may have changed without anybody having heard of it, where there were so many changes in all.
    pub fn unheard(&self, changes: usize) -> Reach {
        if self.is_done && !self.act.in_steps && self.heard < changes { Reach::Nothing } else { self.act.reach }
    }
}

/// What a person does in one visit.
pub struct Acts {
    chance: Rng,
    begun: Option<Begun>,
}

impl Acts {
    /// Somebody who has done nothing yet.
    pub fn new(chance: Rng) -> Self {
        Self { chance, begun: None }
    }

    /// Goes on until the browser is gone.
    pub async fn go_on(&mut self, browser: &Browser, site: &Site) -> Result<()> {
        loop {
            let act = hands::next(&mut self.chance);
            self.act(act, browser, site).await?;
        }
    }

    /// Does one thing.
    pub async fn act(&mut self, act: Act, browser: &Browser, site: &Site) -> Result<()> {
        let begun = self.begun.insert(Begun { act, heard: site.progress().changes, is_done: false });
        for stroke in &begun.act.strokes {
            browser.stroke(stroke).await?;
        }
        begun.is_done = true;
        sleep(Duration::from_millis(self.chance.u64(PAUSE))).await;
        Ok(())
    }

    /// What was begun last.
    pub fn end(self) -> Option<Begun> {
        self.begun
    }
}
