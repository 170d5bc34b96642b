//! What can be undone and done again: one history for the whole workspace.
//!
//! It is rebuilt from the log on opening by the same function that keeps it up while working, so
//! undo survives a reload. It holds steps; it never applies them.
//!
//! Whatever entries come, the last step is always what can be taken back next: an entry that undoes, redoes
//! or goes on with another step than that one, as when another tab was quicker, counts as a step of its own.
//!
//! Steps stand in lists that share their ends, so that every state has its own history and none is copied.

use crate::model::record::{Entry, EntryKind};
use crate::model::{Change, change};
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
    fn iter(&self) -> impl Iterator<Item = &Rc<Step>> {
        std::iter::successors(self.0.as_ref(), |node| node.rest.0.as_ref()).map(|node| &node.step)
    }

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

impl PartialEq for Steps {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
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
#[derive(Clone, Debug, Default, PartialEq)]
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
        self.done.iter().count()
    }

    /// Takes note of a log entry.
    pub fn record(&mut self, entry: &Entry) {
        let done = self.done.first();
        match entry.kind {
            EntryKind::Continue if done.is_some_and(|step| goes_on(step, entry)) => {
                if let Some(step) = self.done.pop() {
                    let changes = step.changes.iter().chain(&*entry.changes).cloned().collect();
                    self.done.push(Rc::new(Step { title: step.title.clone(), changes }));
                }
                self.undone = Steps::default();
            }
            EntryKind::Undo if done.is_some_and(|step| change::cancel(&step.changes, &entry.changes)) => {
                shift(&mut self.done, &mut self.undone);
            }
            EntryKind::Redo
                if self
                    .undone
                    .first()
                    .is_some_and(|step| change::cancel(&change::inverse(&step.changes), &entry.changes)) =>
            {
                shift(&mut self.undone, &mut self.done);
            }
            _ => {
                self.done.push(Rc::new(Step { title: entry.title.clone(), changes: entry.changes.clone() }));
                self.undone = Steps::default();
            }
        }
    }
}

/// Whether an entry starts from where a step ended.
fn goes_on(step: &Step, entry: &Entry) -> bool {
    match (step.changes.last(), entry.changes.first()) {
        (
            Some(Change::Annotation { sheet, after: Some(end), .. }),
            Some(Change::Annotation { sheet: same, before: Some(start), .. }),
        ) => sheet == same && end == start,
        _ => false,
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
        assert_eq!(history.depth(), 999_999);
        drop(history);
        assert_eq!(copy.depth(), 1_000_000);
    }
}
