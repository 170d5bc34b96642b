//! What can be undone and done again: one history for the whole workspace.
//!
//! It is rebuilt from the log on opening by the same function that keeps it up while working, so
//! undo survives a reload. It holds steps; it never applies them.

use crate::model::Change;
use crate::model::record::{Entry, EntryKind};
use rpds::List;
use std::rc::Rc;

/// One step back: what was done, and the changes that did it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What was done, in words.
    pub title: Rc<str>,
    /// The changes, in the order in which they were applied.
    pub changes: Rc<[Change]>,
}

/// Steps done and steps taken back, the latest first.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: List<Rc<Step>>,
    undone: List<Rc<Step>>,
}

impl History {
    /// The step that undo would take back.
    pub fn last_done(&self) -> Option<&Rc<Step>> {
        self.done.first()
    }

    /// The step that redo would do again.
    pub fn last_undone(&self) -> Option<&Rc<Step>> {
        self.undone.first()
    }

    /// How many steps can be undone.
    pub fn depth(&self) -> usize {
        self.done.len()
    }

    /// Takes note of a log entry.
    pub fn record(&mut self, entry: &Entry) {
        match entry.kind {
            EntryKind::Do => {
                self.done.push_front_mut(Rc::new(Step { title: entry.title.clone(), changes: entry.changes.clone() }));
                self.undone = List::new();
            }
            EntryKind::Continue => {
                let mut changes = Vec::new();
                let mut title = entry.title.clone();
                if let Some(step) = self.done.first() {
                    changes.extend(step.changes.iter().cloned());
                    title = step.title.clone();
                }
                changes.extend(entry.changes.iter().cloned());
                self.done.drop_first_mut();
                self.done.push_front_mut(Rc::new(Step { title, changes: changes.into() }));
                self.undone = List::new();
            }
            EntryKind::Undo => shift(&mut self.done, &mut self.undone),
            EntryKind::Redo => shift(&mut self.undone, &mut self.done),
        }
    }
}

fn shift(from: &mut List<Rc<Step>>, to: &mut List<Rc<Step>>) {
    if let Some(step) = from.first().cloned() {
        from.drop_first_mut();
        to.push_front_mut(step);
    }
}
