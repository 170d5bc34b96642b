//! What can be undone and done again: one history for the whole workspace.
//!
//! It is rebuilt from the log on opening by the same function that keeps it up while working, so
//! undo survives a reload. It holds steps; it never applies them.
//!
//! Steps stand in lists that share their ends, so that every state has its own history and none is copied.

use crate::model::Change;
use crate::model::record::{Entry, EntryKind};
use std::rc::Rc;

/// One step back: what was done, and the changes that did it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What was done, in words.
    pub title: Rc<str>,
    /// The changes, in the order in which they were applied.
    pub changes: Rc<[Change]>,
}

/// Steps, the latest first.
#[derive(Clone, Debug, Default)]
struct Steps(Option<Rc<Node>>);

#[derive(Debug)]
struct Node {
    step: Rc<Step>,
    rest: Steps,
}

impl Steps {
    fn first(&self) -> Option<&Rc<Step>> {
        self.0.as_ref().map(|node| &node.step)
    }

    fn push(&mut self, step: Rc<Step>) {
        let rest = std::mem::take(self);
        self.0 = Some(Rc::new(Node { step, rest }));
    }

    fn pop(&mut self) -> Option<Rc<Step>> {
        let node = self.0.take()?;
        let step = node.step.clone();
        *self = match Rc::try_unwrap(node) {
            Ok(mut node) => std::mem::take(&mut node.rest),
            Err(shared) => shared.rest.clone(),
        };
        Some(step)
    }
}

impl Drop for Steps {
    /// One after the other: the list may be longer than the stack is deep.
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(Ok(mut node)) = next.map(Rc::try_unwrap) {
            next = node.rest.0.take();
        }
    }
}

/// Steps done and steps taken back, the latest first.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Steps,
    undone: Steps,
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
        std::iter::successors(self.done.0.as_ref(), |node| node.rest.0.as_ref()).count()
    }

    /// Takes note of a log entry.
    pub fn record(&mut self, entry: &Entry) {
        match entry.kind {
            EntryKind::Do => {
                self.done.push(Rc::new(Step { title: entry.title.clone(), changes: entry.changes.clone() }));
                self.undone = Steps::default();
            }
            EntryKind::Continue => {
                let mut changes = Vec::new();
                let mut title = entry.title.clone();
                if let Some(step) = self.done.first() {
                    changes.extend(step.changes.iter().cloned());
                    title = step.title.clone();
                }
                changes.extend(entry.changes.iter().cloned());
                self.done.pop();
                self.done.push(Rc::new(Step { title, changes: changes.into() }));
                self.undone = Steps::default();
            }
            EntryKind::Undo => shift(&mut self.done, &mut self.undone),
            EntryKind::Redo => shift(&mut self.undone, &mut self.done),
        }
    }
}

fn shift(from: &mut Steps, to: &mut Steps) {
    if let Some(step) = from.pop() {
        to.push(step);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;

    #[test]
    fn a_history_of_a_million_steps_is_let_go_of_one_by_one() {
        let entry = Entry {
            kind: EntryKind::Do,
            title: "step".into(),
            at: Timestamp::unknown(),
            next_id: 1,
            changes: Rc::default(),
        };
        let mut history = History::default();
        for _ in 0..1_000_000 {
            history.record(&entry);
        }
        let copy = history.clone();
        history.record(&Entry { kind: EntryKind::Undo, ..entry });
        drop(history);
        assert_eq!(copy.depth(), 1_000_000);
    }
}
