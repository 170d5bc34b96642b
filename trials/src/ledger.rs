//! What was called saved, and whether it is there again: states of the workspace in the order in which they were seen,
//! and a verdict on the one that a new start found. Pure: nothing here knows of a browser.

use crate::hands::Reach;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;

/// One state of the workspace, as the things in it: articles and annotations by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    things: BTreeMap<String, Value>,
}

impl State {
    /// Reads a project file. When it was exported and by what makes no difference.
    pub fn read(file: &str) -> Result<Self> {
        let file: Value = serde_json::from_str(file).context("an export")?;
        let mut things = BTreeMap::new();
        for article in list(&file, "articles") {
            things.insert(format!("article {}", article["id"]), article.clone());
        }
        for sheet in list(&file, "sheets") {
            for annotation in list(sheet, "annotations") {
                let name = format!("{} {} {}", sheet["article"], sheet["annotator"], annotation["id"]);
                things.insert(name, annotation.clone());
            }
        }
        Ok(Self { things })
    }

    /// Whether there is an annotation with an id.
    pub fn has_annotation(&self, id: &str) -> bool {
        let end = format!(" \"{id}\"");
        self.things.keys().any(|name| name.ends_with(&end))
    }

    /// What is not there in another one, or not as it is here.
    pub fn missing_in(&self, other: &Self) -> Vec<String> {
        self.things
            .iter()
            .filter(|(name, value)| other.things.get(*name) != Some(value))
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// How many articles and annotations there are.
    pub fn len(&self) -> usize {
        self.things.len()
    }
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

/// Every state that was seen since the last one that was called saved.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// In the order in which they were seen; the first is called saved, where any ever was.
    states: Vec<State>,
    /// Whether the first is.
    any_saved: bool,
}

/// What a new start found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Things that had to be there.
    pub acknowledged: usize,
    /// Those of them that are not there, or not as they were.
    pub lost: Vec<String>,
    /// Those that may have been taken away by what was pressed last, of which no report came.
    pub uncertain: Vec<String>,
    /// Whether just one of the states is there that may be: the one called saved, or a later one.
    pub is_whole: bool,
}

impl Ledger {
    /// Notes a state, and whether the page called it saved.
    pub fn note(&mut self, state: State, is_saved: bool) {
        if is_saved {
            self.states.clear();
            self.any_saved = true;
        }
        if self.any_saved {
            self.states.push(state);
        }
    }

    /// How many things were not there, or not so, in another ledger's saved state.
    pub fn newer_than(&self, other: &Self) -> usize {
        let Some(state) = self.states.first() else { return 0 };
        let old = other.states.first();
        state.things.iter().filter(|(name, value)| old.and_then(|old| old.things.get(*name)) != Some(value)).count()
    }

    /// Judges what a new start found. A thing may be as it was in the state called saved or in any later one: what
    /// came later may have reached the disk without the page having said so. `unheard` is how much the last thing pressed may
    /// have changed without anybody having heard of it.
    pub fn judge(&self, found: &State, unheard: Reach) -> Verdict {
        let Some(saved) = self.states.first() else {
            return Verdict { is_whole: true, ..Verdict::default() };
        };
        let is_whole = self.states.contains(found);
        let astray = |name: &&String| {
            let now = found.things.get(*name);
            self.states.iter().all(|state| state.things.get(*name) != now)
        };
        let astray: Vec<String> = saved.things.keys().filter(astray).cloned().collect();
        let explained = match unheard {
            Reach::Nothing => false,
            Reach::One => astray.len() == 1,
            Reach::Any => true,
        };
        let (lost, uncertain) = if explained { (Vec::new(), astray) } else { (astray, Vec::new()) };
        Verdict { acknowledged: saved.len(), lost, uncertain, is_whole }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A state of annotations given as `id:note`.
    fn state(marks: &str) -> State {
        let marks = marks.split_whitespace().filter_map(|mark| mark.split_once(':'));
        let annotations: Vec<Value> = marks.map(|(id, note)| json!({ "id": id, "note": note })).collect();
        let sheet = json!({ "article": "x", "annotator": "A1", "annotations": annotations });
        let file = json!({ "exported": "now", "articles": [{ "id": "x" }], "sheets": [sheet] });
        State::read(&file.to_string()).expect("a project file")
    }

    /// A ledger of states; those with a `!` were called saved.
    fn ledger(states: &[&str]) -> Ledger {
        let mut ledger = Ledger::default();
        for marks in states {
            ledger.note(state(marks.trim_end_matches('!')), marks.ends_with('!'));
        }
        ledger
    }

    fn lost(ledger: &Ledger, found: &str) -> usize {
        ledger.judge(&state(found), Reach::Nothing).lost.len()
    }

    #[test]
    fn what_was_called_saved_must_be_there() {
        let ledger = ledger(&["a:!", "a: b:!", "a: b: c:"]);
        assert_eq!(lost(&ledger, "a: b:"), 0);
        assert_eq!(lost(&ledger, "a: b: c:"), 0);
        assert_eq!(lost(&ledger, "a:"), 1);
        assert_eq!(ledger.judge(&State::default(), Reach::Nothing).lost.len(), 3, "the article as well");
        assert_eq!(ledger.judge(&state("a: b:"), Reach::Nothing).acknowledged, 3);
    }

    #[test]
    fn what_was_taken_away_later_may_be_there_or_not() {
        let ledger = ledger(&["a: b:!", "a:"]);
        assert_eq!(lost(&ledger, "a: b:"), 0);
        assert_eq!(lost(&ledger, "a:"), 0);
        assert_eq!(lost(&ledger, "b:"), 1);
    }

    #[test]
    fn a_thing_must_be_as_it_was_or_as_it_became() {
        let ledger = ledger(&["a:one!", "a:two", "a:three"]);
        for (found, count) in [("a:one", 0), ("a:three", 0), ("a:four", 1), ("a:", 1)] {
            assert_eq!(lost(&ledger, found), count, "{found}");
        }
    }

    #[test]
    fn what_nobody_heard_of_is_uncertain_as_far_as_it_reaches() {
        let judged = |found, reach| {
            let verdict = ledger(&["a: b: c:!"]).judge(&state(found), reach);
            (verdict.lost.len(), verdict.uncertain.len(), verdict.is_whole)
        };
        assert_eq!(judged("a: b:", Reach::One), (0, 1, false));
        assert_eq!(judged("a:", Reach::One), (2, 0, false));
        assert_eq!(judged("a:", Reach::Any), (0, 2, false));
        assert_eq!(judged("a: b: c:", Reach::One), (0, 0, true));
    }

    #[test]
    fn before_anything_was_called_saved_nothing_can_be_lost() {
        let ledger = ledger(&["a:", "a: b:"]);
        assert_eq!(ledger.judge(&State::default(), Reach::Nothing), Verdict { is_whole: true, ..Verdict::default() });
    }

    #[test]
    fn what_is_new_in_a_ledger_is_counted() {
        assert_eq!(ledger(&["a:x b: c:!"]).newer_than(&ledger(&["a: b:!"])), 2);
        assert_eq!(ledger(&["a:!"]).newer_than(&Ledger::default()), 2);
    }
}
