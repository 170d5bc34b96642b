//! What came out of ending the browser.

use super::moment::Moment;
use crate::copies::Harm;
use crate::plan;
use crate::profile::Heard;
use serde::Serialize;
use std::collections::BTreeMap;

/// Figures, under the words of the table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    #[serde(rename = "ended:")]
    ended: BTreeMap<String, usize>,
    #[serde(rename = "starts at which the browser hung before it came to the page")]
    hung: usize,
    #[serde(rename = "then one of the two copies:")]
    harmed: BTreeMap<String, usize>,
    #[serde(rename = "copies that the browser itself found damaged and threw away")]
    thrown: usize,
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
    #[serde(rename = "the page said:")]
    said: BTreeMap<String, usize>,
}

impl Figures {
    /// Counts a browser that did not come to the page.
    pub fn hung(&mut self) {
        self.hung += 1;
    }

    /// Counts what happened to a copy.
    pub fn harmed(&mut self, harm: Harm) {
        *self.harmed.entry(harm.name().to_owned()).or_default() += 1;
    }

    /// Counts copies that the browser threw away.
    pub fn thrown(&mut self, copies: usize) {
        self.thrown += copies;
    }

    /// Counts a visit, and the moment at which it was ended.
    pub fn heard(&mut self, moment: Option<Moment>, heard: &Heard) {
        if let Some(moment) = moment {
            *self.ended.entry(moment.name().to_owned()).or_default() += 1;
        }
        self.changes += heard.changes;
        self.saved += heard.saved;
        if let Some(verdict) = &heard.verdict {
            self.judged += usize::from(verdict.acknowledged > 0);
            self.acknowledged += verdict.acknowledged;
            self.lost += verdict.lost.len();
            self.uncertain += verdict.uncertain.len();
            self.mixed += usize::from(!verdict.is_whole && verdict.lost.is_empty() && verdict.uncertain.is_empty());
        }
        for line in &heard.said {
            *self.said.entry(format!("“{line}”")).or_default() += 1;
        }
    }
}

impl plan::Figures for Figures {
    fn trials(&self) -> usize {
        self.ended.values().sum()
    }

    fn needed_and_lost(&self) -> (usize, usize) {
        (self.acknowledged, self.lost)
    }
}
