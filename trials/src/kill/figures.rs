//! What came out of ending the browser.

use crate::copies::Harm;
use crate::ledger::Verdict;
use serde::Serialize;
use std::collections::BTreeMap;

/// Figures, under the words of the table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    #[serde(rename = "ended:")]
    ended: BTreeMap<String, usize>,
    #[serde(rename = "starts at which the browser hung before it came to the page")]
    stuck: usize,
    #[serde(rename = "then one of the two copies:")]
    harmed: BTreeMap<String, usize>,
    #[serde(rename = "changes made by key and mouse")]
    changes: usize,
    #[serde(rename = "articles and annotations that came to be called saved")]
    saved: usize,
    #[serde(rename = "starts that were judged")]
    judged: usize,
    #[serde(rename = "articles and annotations that had to be there, added up over those")]
    acknowledged: usize,
    #[serde(rename = "**of these lost or changed**")]
    lost: usize,
    #[serde(rename = "unknown: the last key, of which no report came, may have changed them")]
    uncertain: usize,
    #[serde(rename = "starts with a mixture of states, nothing lost")]
    mixed: usize,
    #[serde(rename = "the page said on opening:")]
    said: BTreeMap<String, usize>,
}

impl Figures {
    /// Counts a hard end.
    pub fn ended(&mut self, moment: &str, changes: usize, saved: usize) {
        *self.ended.entry(moment.to_owned()).or_default() += 1;
        self.changes += changes;
        self.saved += saved;
    }

    /// Counts a browser that did not come to the page.
    pub fn stuck(&mut self) {
        self.stuck += 1;
    }

    /// Counts what happened to a copy.
    pub fn harmed(&mut self, harm: Harm) {
        *self.harmed.entry(harm.name().to_owned()).or_default() += 1;
    }

    /// Counts what a start found.
    pub fn judged(&mut self, verdict: &Verdict) {
        self.judged += usize::from(verdict.acknowledged > 0);
        self.acknowledged += verdict.acknowledged;
        self.lost += verdict.lost.len();
        self.uncertain += verdict.uncertain.len();
        self.mixed += usize::from(!verdict.is_whole && verdict.lost.is_empty() && verdict.uncertain.is_empty());
    }

    /// Counts what the page said.
    pub fn said(&mut self, words: &str) {
        for line in words.lines().filter(|line| !line.is_empty()) {
            *self.said.entry(format!("“{line}”")).or_default() += 1;
        }
    }

    /// How many trials these are of, how much had to be there, and how much was lost.
    pub fn summary(&self) -> (usize, usize, usize) {
        (self.ended.values().sum(), self.acknowledged, self.lost)
    }
}
