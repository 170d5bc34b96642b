//! Tests of two tabs that write to one log, whatever is done in them and however their writing falls
//! together.

use super::pending::{Base, News, Pending};
use super::tests::{TEXT, any_command, marks};
use super::*;
use crate::formats::project;
use crate::model::{AttributeId, Timestamp, WriterId};
use crate::text::TextHash;
use crate::words;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;

/// A tab as the browser layer keeps it.
struct Tab {
    state: State,
    pending: Pending,
    known: usize,
    stamp: Stamp,
    said: Vec<String>,
}

/// What can happen to a tab.
#[derive(Clone, Debug)]
enum Act {
    Do(Command),
    Note(Index, String, bool),
    Attribute(Index, bool),
    /// Its queue gets its turn.
    Write,
    /// It hears that somebody else has written.
    Hear,
}

impl Tab {
    fn new(writer: &str) -> Self {
        let stamp = Stamp { now: Timestamp::unknown(), writer: WriterId::new(writer) };
        Self { state: State::default(), pending: Pending::default(), known: 0, stamp, said: Vec::new() }
    }

    fn send(&mut self, command: Command) {
        let mut base = Base::of(&self.state);
        let (state, effects) = update(&self.state, &command, &self.stamp);
        self.state = state;
        for effect in effects {
            match effect {
                Effect::Persist(entry) => {
                    self.pending.push(base.clone(), entry.clone());
                    base.replay(&entry);
                }
                Effect::Requeue(pending) => self.pending = pending,
                Effect::Announce(text) => self.said.push(text.to_string()),
                _ => {}
            }
        }
    }

    /// Takes in what others wrote; whether there was something.
    fn hear(&mut self, log: &[Rc<Entry>]) -> bool {
        let others = log[self.known..].to_vec();
        if others.is_empty() {
            return false;
        }
        self.known = log.len();
        let own = self.pending.clone();
        self.send(Command::Follow(Rc::new(News { base: None, others, own })));
        true
    }

    fn write(&mut self, log: &mut Vec<Rc<Entry>>) {
        if !self.hear(log) {
            log.extend(self.pending.iter().map(|(_, entry)| entry.clone()));
            self.pending.logged(log.len() - self.known);
            self.known = log.len();
        }
    }

    fn act(&mut self, act: &Act, log: &mut Vec<Rc<Entry>>) {
        let mark = |at: &Index| {
            let sheet = self.state.sheet();
            (!sheet.is_empty()).then(|| sheet.iter().nth(at.index(sheet.len())).expect("within").id.clone())
        };
        match act {
            Act::Do(command) => self.send(command.clone()),
            Act::Note(at, note, continues) => {
                if let Some(id) = mark(at) {
                    self.send(Command::SetNote { id, note: note.as_str().into(), continues: *continues });
                }
            }
            Act::Attribute(at, on) => {
                if let Some(id) = mark(at) {
                    let value = on.then(|| "direct".into());
                    self.send(Command::SetAttribute(id, AttributeId::new("form"), value));
                }
            }
            Act::Write => self.write(log),
            Act::Hear => drop(self.hear(log)),
        }
    }

    /// What must be so of every tab at any time.
    fn check(&self, log: &[Rc<Entry>]) {
        let base = self.pending.base(&self.state);
        let logged = replayed(&log[..self.known]);
        assert_eq!(base.workspace, logged.workspace, "what it takes for the log's is the log's");
        assert_eq!(base.history, logged.history);
        if let Some(text) = self.state.text() {
            let mut seen = BTreeMap::new();
            for a in self.state.sheet().iter() {
                assert!(!a.span.is_empty() && a.span.end() <= text.len());
                assert!(crate::text::snap::is_grapheme_boundary(text, a.span.start()));
                assert!(crate::text::snap::is_grapheme_boundary(text, a.span.end()));
                let twin = seen.insert((a.span.start(), a.span.end(), a.label.clone()), a.id.clone());
                assert_eq!(twin, None, "no twins on one sheet");
            }
        }
        let view = &self.state.view;
        assert!(view.active.is_none() || self.state.active().is_some(), "what is selected is there");
        assert!(view.open.is_none() || self.state.article().is_some(), "what is open is there");
    }
}

fn replayed(log: &[Rc<Entry>]) -> Base {
    let mut base = Base::default();
    log.iter().for_each(|entry| base.replay(entry));
    base
}

fn text(content: &str) -> NewArticle {
    NewArticle { text: Rc::new(Text::new(content)), fallback_title: "T".into(), encoding: String::new() }
}

fn any_act(article: crate::model::ArticleId) -> impl Strategy<Value = Act> {
    let index = any::<Index>;
    let (id, other, third, fourth) = (article.clone(), article.clone(), article.clone(), article);
    prop_oneof![
        30 => any_command().prop_map(Act::Do),
        4 => (index(), "[ab]{0,2}", any::<bool>()).prop_map(|(at, note, continues)| Act::Note(at, note, continues)),
        2 => (index(), any::<bool>()).prop_map(|(at, on)| Act::Attribute(at, on)),
        1 => Just(Act::Do(Command::Remove(id))),
        2 => Just(Act::Do(Command::OpenNext(false))),
        2 => Just(Act::Do(Command::OpenNext(true))),
        1 => Just(Act::Do(Command::Load(vec![text("Another text.")]))),
        1 => Just(Act::Do(Command::Reload(other, Rc::new(Text::new("“We")), "UTF-16".into()))),
        1 => "[ab]".prop_map(move |title| Act::Do(Command::Correct(third.clone(), title, String::new(), String::new()))),
        1 => any::<bool>().prop_map(move |done| Act::Do(Command::SetDone(fourth.clone(), done))),
        1 => prop::sample::select(vec!["A1", "A2"]).prop_map(|code| Act::Do(Command::SetAnnotator(crate::model::AnnotatorCode::new(code)))),
        9 => Just(Act::Write),
        5 => Just(Act::Hear),
    ]
}

/// Two tabs that have one article open.
fn pair() -> ([Tab; 2], Vec<Rc<Entry>>) {
    let mut log = Vec::new();
    let mut tabs = [Tab::new("v"), Tab::new("w")];
    tabs[0].send(Command::Load(vec![text(TEXT)]));
    tabs[0].write(&mut log);
    tabs[1].hear(&log);
    let id = tabs[0].state.view.open.clone().expect("it is open");
    tabs[1].send(Command::Open(id));
    (tabs, log)
}

fn settle(tabs: &mut [Tab; 2], log: &mut Vec<Rc<Entry>>) {
    for at in [0, 1, 0, 1] {
        while !tabs[at].pending.is_empty() {
            tabs[at].write(log);
        }
        tabs[at].hear(log);
    }
}

proptest! {
    #[test]
    fn two_tabs_end_equal_and_the_log_tells_it_all(acts in {
        let (tabs, _) = pair();
        prop::collection::vec((0usize..2, any_act(tabs[0].state.view.open.clone().expect("it is open"))), 1..120)
    }) {
        let (mut tabs, mut log) = pair();
        for (at, act) in acts {
            let before = log.len();
            tabs[at].act(&act, &mut log);
            prop_assert!(log.len() >= before, "nothing that was logged is taken away");
            tabs[at].check(&log);
        }
        settle(&mut tabs, &mut log);
        tabs.iter().for_each(|tab| tab.check(&log));
        prop_assert_eq!(&tabs[0].state.workspace, &tabs[1].state.workspace);
        prop_assert_eq!(&tabs[0].state.history, &tabs[1].state.history);

        // The log, stored and read again, gives the same.
        let texts = [TEXT, "Another text.", "“We"].map(|content| Rc::new(Text::new(content)));
        let find = |hash: &TextHash| texts.iter().find(|text| text.hash() == hash).cloned();
        let stored: Vec<Rc<Entry>> =
            log.iter().map(|entry| Rc::new(Entry::decode(&entry.encode(), &find).expect("an entry"))).collect();
        let again = replayed(&stored);
        prop_assert_eq!(marks(&again.workspace), marks(&tabs[0].state.workspace));
        prop_assert_eq!(again.history.depth(), tabs[0].state.history.depth());

        // And all of it can be taken back, from either tab.
        while tabs[1].state.history.last_done().is_some() {
            tabs[1].send(Command::Undo);
        }
        prop_assert_eq!(marks(&tabs[1].state.workspace), Vec::new());
        prop_assert_eq!(tabs[1].state.workspace.article_count(), 0);
        settle(&mut tabs, &mut log);
        prop_assert_eq!(&tabs[0].state.workspace, &tabs[1].state.workspace);
    }
}

fn annotate(label: &str, start: u32, end: u32) -> Command {
    Command::Annotate(
        LabelId::new(label),
        Span::between(crate::text::Offset::new(start), crate::text::Offset::new(end)),
    )
}

#[test]
fn the_same_mark_made_in_both_tabs_is_there_once() {
    let (mut tabs, mut log) = pair();
    tabs.iter_mut().for_each(|tab| tab.send(annotate("quote", 1, 8)));
    tabs[1].send(annotate("claim", 1, 8));
    settle(&mut tabs, &mut log);
    assert_eq!(tabs[0].state.sheet().len(), 2);
    assert_eq!(tabs[0].state.workspace, tabs[1].state.workspace);
    assert!(tabs[1].said.iter().any(|said| said == words::OVERTAKEN), "{:?}", tabs[1].said);
    assert!(!tabs[0].said.iter().any(|said| said == words::OVERTAKEN));
}

#[test]
fn undo_takes_back_what_it_was_meant_for_even_where_the_other_tab_was_quicker() {
    let (mut tabs, mut log) = pair();
    tabs[0].send(annotate("quote", 1, 3));
    settle(&mut tabs, &mut log);
    // One takes back the mark, the other makes another one first.
    tabs[1].send(Command::Undo);
    tabs[0].send(annotate("claim", 4, 8));
    tabs[0].write(&mut log);
    settle(&mut tabs, &mut log);
    for tab in &tabs {
        let left: Vec<&str> = marks(&tab.state.workspace)
            .iter()
            .map(|a| if a.label.as_str() == "claim" { "claim" } else { "other" })
            .collect();
        assert_eq!(left, ["claim"]);
    }
    tabs[0].send(Command::Undo);
    assert_eq!(tabs[0].state.sheet().len(), 2, "the last step was that a mark went");
    tabs[0].send(Command::Undo);
    assert_eq!(marks(&tabs[0].state.workspace)[0].label, LabelId::new("quote"));
}

#[test]
fn an_article_comes_back_only_with_the_text_that_its_marks_stand_on() {
    let (mut tabs, mut log) = pair();
    let id = tabs[0].state.view.open.clone().expect("it is open");
    // One marks and removes, the other reads the text anew, removes it and takes that back.
    tabs[1].send(annotate("quote", 4, 8));
    tabs[1].send(Command::Remove(id.clone()));
    tabs[0].send(Command::Reload(id.clone(), Rc::new(Text::new("“We")), "UTF-16".into()));
    tabs[0].send(Command::Remove(id.clone()));
    tabs[0].send(Command::Undo);
    tabs[1].write(&mut log);
    settle(&mut tabs, &mut log);
    for tab in &tabs {
        tab.check(&log);
        assert_eq!(tab.state.workspace.article(&id), None, "the text that came first is the marks'");
    }
    assert!(tabs[0].said.iter().any(|said| said == words::OVERTAKEN), "{:?}", tabs[0].said);
    // With their own text it comes back, whoever removed it and whoever marked meanwhile.
    tabs[1].send(Command::Undo);
    settle(&mut tabs, &mut log);
    tabs[0].send(Command::Remove(id.clone()));
    tabs[0].send(Command::Undo);
    tabs[1].send(Command::Open(id.clone()));
    tabs[1].send(annotate("claim", 0, 3));
    tabs[1].write(&mut log);
    settle(&mut tabs, &mut log);
    for tab in &tabs {
        tab.check(&log);
        assert!(tab.state.workspace.article(&id).is_some(), "it was brought back");
        assert_eq!(marks(&tab.state.workspace).len(), 2);
    }
}

#[test]
fn a_note_goes_on_only_with_the_note_before_it() {
    let (mut tabs, mut log) = pair();
    tabs[0].send(annotate("quote", 1, 3));
    settle(&mut tabs, &mut log);
    let id = tabs[0].state.sheet().iter().next().expect("a mark").id.clone();
    let note = |note: &str, continues| Command::SetNote { id: id.clone(), note: note.into(), continues };
    tabs[0].send(note("a", false));
    settle(&mut tabs, &mut log);
    tabs[0].send(note("ab", true));
    tabs[1].send(annotate("claim", 4, 8));
    tabs[1].write(&mut log);
    settle(&mut tabs, &mut log);
    tabs[1].send(Command::Undo);
    assert_eq!(&*tabs[1].state.sheet().get(&id).expect("the mark").note, "a");
    tabs[1].send(Command::Undo);
    assert_eq!(tabs[1].state.sheet().len(), 1, "then the claim goes");
}

#[test]
fn what_is_seen_stays_as_far_as_it_makes_sense() {
    let (mut tabs, mut log) = pair();
    tabs[0].send(annotate("quote", 1, 8));
    settle(&mut tabs, &mut log);
    let id = tabs[1].state.sheet().iter().next().expect("a mark").id.clone();
    tabs[1].send(Command::Activate(Some(id.clone())));
    tabs[1].send(Command::TakeEdge(Edge::End));
    let selection = tabs[1].state.view.selection;
    tabs[0].send(annotate("claim", 4, 8));
    settle(&mut tabs, &mut log);
    assert_eq!(tabs[1].state.view.active, Some(id.clone()));
    assert!(tabs[1].state.view.resize.is_some(), "the mark in hand is the same");
    assert_eq!(tabs[1].state.view.selection, selection);
    tabs[0].send(Command::Activate(Some(id.clone())));
    tabs[0].send(Command::Delete);
    settle(&mut tabs, &mut log);
    assert_eq!((tabs[1].state.view.active.clone(), tabs[1].state.view.resize.clone()), (None, None));
    assert_eq!(tabs[1].state.view.selection, selection);
    // What was being typed about it comes now, and is at least shown.
    tabs[1].send(Command::SetNote { id, note: "half a thought".into(), continues: false });
    assert!(tabs[1].said.iter().any(|said| said.contains("“half a thought”")), "{:?}", tabs[1].said);
    let article = tabs[0].state.view.open.clone().expect("it is open");
    tabs[0].send(Command::Remove(article));
    settle(&mut tabs, &mut log);
    assert_eq!(tabs[1].state.view.screen, Screen::Articles);
}

#[test]
fn an_import_that_waits_for_a_word_is_worked_out_anew() {
    let (mut tabs, mut log) = pair();
    let now = Timestamp::unknown();
    let file = project::write(&tabs[0].state.workspace, None, &now, "test").content;
    let reading = project::read(&file).expect("a project file");
    let plan = crate::formats::plan(&reading, &tabs[1].state.workspace, &tabs[1].stamp.writer, &now);
    let preview = view::ImportPreview { files: Vec::new(), plan: Rc::new(plan) };
    tabs[1].send(Command::ShowDialog(Dialog::Import(Rc::new(preview))));
    tabs[0].send(annotate("quote", 1, 3));
    settle(&mut tabs, &mut log);
    assert_eq!(tabs[1].state.view.dialog, None);
    assert!(tabs[1].said.iter().any(|said| said == words::IMPORT_OVERTAKEN), "{:?}", tabs[1].said);
}
