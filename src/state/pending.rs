//! What was done and is not in the log yet, so that it can be put on top of what another tab was quicker
//! to write.
//!
//! Each entry stands beside what was there before it; copies of that cost next to nothing. Nothing here
//! decides what still fits (see `reduce::follow`), and nothing is written.

use crate::model::Workspace;
use crate::model::record::Entry;
use crate::state::{History, State};
use std::rc::Rc;

/// The workspace and its history at one point of the log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Base {
    /// The workspace.
    pub workspace: Workspace,
    /// What can be undone.
    pub history: History,
}

impl Base {
    /// What a state shows.
    pub fn of(state: &State) -> Self {
        Self { workspace: state.workspace.clone(), history: state.history.clone() }
    }

    /// Makes the changes of a log entry.
    pub fn replay(&mut self, entry: &Entry) {
        self.workspace.apply_entry(entry);
        self.history.record(entry);
    }
}

/// Entries that are not in the log yet, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pending(Vec<(Base, Rc<Entry>)>);

impl Pending {
    /// Adds an entry, with what was there before it.
    pub fn push(&mut self, before: Base, entry: Rc<Entry>) {
        self.0.push((before, entry));
    }

    /// Lets go of as many as the log has taken.
    pub fn logged(&mut self, count: usize) {
        self.0.drain(..count.min(self.0.len()));
    }

    /// What the log holds, `now` being all that was done.
    pub fn base(&self, now: &State) -> Base {
        self.0.first().map_or_else(|| Base::of(now), |(before, _)| before.clone())
    }

    /// The entries, each with what was there before it.
    pub fn iter(&self) -> impl Iterator<Item = &(Base, Rc<Entry>)> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What came into the log otherwise than from here, and what waits to come after it.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// What the log holds, where all of it was read anew.
    pub base: Option<Base>,
    /// What it holds further, in its order.
    pub others: Vec<Rc<Entry>>,
    /// What was done here meanwhile.
    pub own: Pending,
}
