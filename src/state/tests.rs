//! Tests of the machine: drawn texts before and after commands, and laws that hold whatever is asked.
//!
//! A drawing shows marks as `[q|words]` with the first letter of the label, nested or side by side, and the
//! caret as `^`, or the selection as `<words>`.

use super::*;
use crate::model::record::{self, Entry};
use crate::model::{AnnotationId, AttributeId, Change, Timestamp, WriterId};
use crate::state::table::{KeyPress, Place, Request};
use crate::text::{Offset, TextHash};
use crate::words;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn stamp() -> Stamp {
    Stamp { now: Timestamp::unknown(), writer: WriterId::new("w") }
}

/// A machine with its log, as the browser layer would keep it.
struct Machine {
    state: State,
    log: Vec<Rc<Entry>>,
    said: Vec<String>,
}

impl Machine {
    fn new(text: &str) -> Self {
        let mut machine = Self { state: State::default(), log: Vec::new(), said: Vec::new() };
        machine.load(text);
        machine
    }

    fn load(&mut self, text: &str) {
        let text = Rc::new(Text::new(text));
        self.send(Command::Load(vec![NewArticle { text, fallback_title: "T".into(), encoding: String::new() }]));
    }

    fn send(&mut self, command: Command) -> &mut Self {
        let (state, effects) = update(&self.state, &command, &stamp());
        self.state = state;
        let redrawn = effects.iter().filter(|effect| matches!(effect, Effect::Repaint(_))).count();
        assert!(redrawn <= 1, "the same lines are drawn {redrawn} times");
        for effect in effects {
            match effect {
                Effect::Persist(entry) => self.log.push(entry),
                Effect::Announce(text) => self.said.push(text.to_string()),
                _ => {}
            }
        }
        self
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let parts: Vec<&str> = key.split('+').collect();
            let has = |name: &str| parts[..parts.len() - 1].contains(&name);
            let press = KeyPress {
                key: parts.last().map(|&key| key.to_owned()).unwrap_or_default(),
                code: String::new(),
                ctrl: has("Ctrl"),
                by_word: has("Ctrl"),
                shift: has("Shift"),
                alt: has("Alt"),
            };
            match table::request(&press, Place::Text, &self.state) {
                Some(Request::Do(command)) => drop(self.send(Command::clone(&command))),
                other => panic!("{key} asks for {other:?}"),
            }
        }
        self
    }

    fn draw(&self) -> String {
        let Some(text) = self.state.text() else {
            return "no article".into();
        };
        let sheet = self.state.sheet();
        let selection = self.state.view.selection;
        let mut out = String::new();
        for (i, c) in text.as_str().chars().map(Some).chain([None]).enumerate() {
            let at = Offset::from_usize(i);
            sheet.iter().filter(|a| a.span.end() == at).for_each(|_| out.push(']'));
            if !selection.is_caret() && selection.span.end() == at {
                out.push('>');
            }
            for a in sheet.iter().filter(|a| a.span.start() == at) {
                let is_active = self.state.view.active.as_ref() == Some(&a.id);
                out.push('[');
                out.push_str(&a.label.as_str()[..1]);
                out.push(if is_active { '!' } else { '|' });
            }
            if !selection.is_caret() && selection.span.start() == at {
                out.push('<');
            }
            if selection.is_caret() && selection.span.start() == at && self.state.view.active.is_none() {
                out.push('^');
            }
            out.extend(c);
        }
        out
    }
}

/// Loads a text, presses keys, compares the drawing.
fn check(text: &str, cases: &[(&str, &str)]) {
    for (keys, expected) in cases {
        assert_eq!(Machine::new(text).press(keys).draw(), *expected, "{keys}");
    }
}

#[test]
fn words_are_selected_labelled_and_relabelled_by_key() {
    check(
        "We open at nine",
        &[
            ("ArrowRight Ctrl+ArrowRight", "We^ open at nine"),
            ("Shift+ArrowRight", "<We> open at nine"),
            ("Shift+ArrowRight Shift+ArrowRight", "<We open> at nine"),
            ("Alt+Shift+ArrowRight", "<W>e open at nine"),
            ("Shift+ArrowRight 1", "[q!We] open at nine"),
            ("Shift+ArrowRight 1 2", "[c!We] open at nine"),
            ("Shift+ArrowRight e", "[e!We] open at nine"),
            ("Shift+ArrowRight 1 Delete", "^We open at nine"),
            ("Shift+ArrowRight 1 Delete Ctrl+z", "[q!We] open at nine"),
            ("Shift+ArrowRight 1 Ctrl+z Ctrl+Shift+Z", "[q!We] open at nine"),
            ("Shift+ArrowRight Enter", "[q!We] open at nine"),
            ("Ctrl+a 2", "[c!We open at nine]"),
        ],
    );
}

#[test]
fn a_label_with_shift_goes_on_every_place_of_the_words() {
    let art = "art, party art Art art";
    check(
        art,
        &[
            ("Shift+ArrowRight Shift+1", "[q!art], party [q|art] Art [q|art]"),
            ("Shift+ArrowRight Shift+E", "[e!art], party [e|art] Art [e|art]"),
            ("Shift+ArrowRight 1 Shift+1", "[q!art], party [q|art] Art [q|art]"),
            // The selected mark stays what it is; the one that joins it there is selected.
            ("Shift+ArrowRight 1 Shift+2", "[q|[c!art]], party [c|art] Art [c|art]"),
            ("Shift+ArrowRight Shift+1 Ctrl+z", "^art, party art Art art"),
            ("Shift+ArrowRight Shift+1 Ctrl+z Ctrl+y", "[q!art], party [q|art] Art [q|art]"),
            ("Ctrl+End Shift+ArrowLeft Shift+1", "[q|art], party [q|art] Art [q!art]"),
            ("Ctrl+End Shift+ArrowLeft Shift+1 Ctrl+z", "art, party art Art ^art"),
            ("Alt+Shift+ArrowRight Shift+3", "[e!a]rt, party [e|a]rt Art [e|a]rt"),
            ("Shift+1", "^art, party art Art art"),
        ],
    );
}

#[test]
fn places_that_bear_the_label_stay_as_they_are() {
    let mut machine = Machine::new("art art art");
    let toast = |machine: &Machine| machine.state.view.toast.clone().map(|toast| (toast.text.to_string(), toast.undo));
    machine.press("Shift+ArrowRight 3 Shift+3");
    assert_eq!(machine.draw(), "[e!art] [e|art] [e|art]");
    assert_eq!(toast(&machine), Some(("2 entities added".into(), true)));
    assert_eq!(machine.said.last().map(String::as_str), Some("2 entities added"));
    let steps = machine.state.history.depth();
    machine.press("Shift+3");
    assert_eq!(toast(&machine), Some((words::ALL_MARKED.into(), false)));
    machine.press("Ctrl+End Shift+ArrowLeft Shift+3");
    assert_eq!(machine.draw(), "[e|art] [e|art] [e!art]", "the mark that is there already is selected");
    assert_eq!(machine.state.history.depth(), steps);
    machine.press("Delete Ctrl+Home Shift+ArrowRight Shift+3");
    assert_eq!(toast(&machine), Some(("1 entity added".into(), true)));
    let ids: BTreeSet<AnnotationId> = machine.state.sheet().iter().map(|a| a.id.clone()).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn every_place_needs_words() {
    let mut machine = Machine::new("a  a  b");
    for (keys, expected) in
        [("Shift+1", words::NO_WORDS_IN_HAND), ("ArrowRight Alt+Shift+ArrowRight Shift+1", words::ONLY_BLANKS)]
    {
        machine.press(keys);
        assert_eq!(machine.state.view.toast.as_ref().map(|toast| &*toast.text), Some(expected), "{keys}");
        assert_eq!(machine.state.sheet().len(), 0);
    }
}

#[test]
fn many_places_are_marked_and_let_go_again_in_one_step() {
    let mut machine = Machine::new(&"the art, ".repeat(3_000));
    machine.press("Shift+ArrowRight Shift+3");
    assert_eq!(machine.state.sheet().len(), 3_000);
    machine.press("Ctrl+End Ctrl+z");
    assert_eq!(machine.state.sheet().len(), 0);
    let last = Offset::new(2_999 * 9);
    assert_eq!(machine.state.view.selection.span.start(), last, "undo shows the place nearest to the caret");
    machine.press("Ctrl+y");
    assert_eq!(machine.state.sheet().len(), 3_000);
    assert_eq!(machine.state.active().map(|a| a.span.start()), Some(last));
    assert_eq!(machine.log.len(), 4, "one article, and one entry for each step");
}

#[test]
fn an_edge_moves_with_the_arrows_and_is_kept_or_restored() {
    let marked = "Ctrl+ArrowRight Ctrl+ArrowRight Shift+ArrowLeft 1";
    let with = |keys: &str| format!("{marked} {keys}");
    for (keys, expected) in [
        ("Escape", "We [q|open]^ at nine"),
        ("] ArrowRight ArrowRight ArrowRight Enter", "We [q!open at] nine"),
        ("] Ctrl+ArrowRight Enter", "We [q!open at] nine"),
        ("[ Ctrl+ArrowLeft Enter", "[q!We open] at nine"),
        ("] ArrowRight Escape", "We [q!open] at nine"),
        // The edges never cross: one character stays.
        ("] Ctrl+Home Enter", "We [q!o]pen at nine"),
        ("[ Ctrl+Home Enter Ctrl+z", "We [q!open] at nine"),
        // What is undone first is the move.
        ("] Ctrl+ArrowRight Ctrl+z", "We [q!open] at nine"),
        ("] Ctrl+ArrowRight Ctrl+z Ctrl+z", "We ^open at nine"),
        // Whoever goes on has moved it.
        ("] Ctrl+ArrowRight 2", "We [c!open at] nine"),
        ("] Ctrl+ArrowRight 2 Ctrl+z", "We [q!open at] nine"),
        ("] Ctrl+ArrowRight p", "We [q!open at] nine"),
    ] {
        check("We open at nine", &[(&with(keys), expected)]);
    }
}

#[test]
fn a_label_in_hand_goes_on_whatever_is_selected() {
    let mut machine = Machine::new("We open at nine");
    machine.press("3");
    let select = |anchor, focus, finished| Command::Select {
        anchor: Offset::new(anchor),
        focus: Offset::new(focus),
        raw: false,
        finished,
    };
    machine.send(select(4, 5, false));
    assert_eq!(machine.draw(), "We <open> at nine", "nothing happens before the pointer lets go");
    machine.send(select(4, 5, true)).send(select(12, 13, true));
    assert_eq!(machine.draw(), "We [e|open] at [e|nine]^", "a fresh mark is not selected");
    machine.press("1").send(select(8, 9, true));
    assert_eq!(machine.draw(), "We [e|open] [q|at]^ [e|nine]", "a key switches the label in hand");
    machine.press("Escape").send(select(0, 1, true));
    assert_eq!(machine.draw(), "<We> [e|open] [q|at] [e|nine]");
}

#[test]
fn a_click_takes_the_smallest_mark_and_later_clicks_the_others() {
    let mut machine = Machine::new("He said We open at nine");
    for (label, start, end) in [("quote", 8, 23), ("claim", 8, 15), ("entity", 8, 10)] {
        let span = Span::between(Offset::new(start), Offset::new(end));
        machine.send(Command::Annotate(LabelId::new(label), span));
    }
    let taken = |machine: &Machine| machine.state.active().map(|a| a.label.to_string());
    let mut clicks = Vec::new();
    for again in [false, false, true, true, true] {
        machine.send(Command::Click(Offset::new(9), again));
        clicks.push(taken(&machine).unwrap_or_default());
    }
    assert_eq!(clicks, ["entity", "entity", "claim", "quote", "entity"]);
    machine.press("Tab Tab");
    assert_eq!(taken(&machine).as_deref(), Some("quote"));
    let tab = KeyPress { key: "Tab".into(), ..KeyPress::default() };
    assert_eq!(table::request(&tab, Place::Text, &machine.state), None, "Tab leaves the text after the last");
    machine.press("Shift+Tab");
    assert_eq!(taken(&machine).as_deref(), Some("claim"));
    machine.send(Command::Click(Offset::new(1), false));
    assert_eq!(taken(&machine), None);
}

#[test]
fn a_click_puts_an_edge_that_is_in_hand() {
    let mut machine = Machine::new("He said We open at nine");
    machine.send(Command::Annotate(LabelId::new("claim"), Span::between(Offset::new(11), Offset::new(15))));
    machine.send(Command::Click(Offset::new(12), false));
    machine.send(Command::PlaceEdge(Edge::Start)).send(Command::Click(Offset::new(9), false));
    assert_eq!(machine.state.view.toast, None, "what asked for the click is answered");
    assert_eq!(machine.draw(), "He said [c!We open] at nine", "the word that was clicked is part of it");
    machine.send(Command::PlaceEdge(Edge::End)).send(Command::Click(Offset::new(20), false));
    assert_eq!(machine.draw(), "He said [c!We open at nine]");
    machine.send(Command::PlaceEdge(Edge::End)).send(Command::Click(Offset::new(1), false));
    assert_eq!(machine.draw(), "He said [c!We] open at nine", "beyond the other edge a word stays");
    machine.press("Ctrl+z");
    assert_eq!(machine.draw(), "He said [c!We open at nine]");
    machine.send(Command::TakeEdge(Edge::End)).press("Ctrl+ArrowLeft").send(Command::Click(Offset::new(1), false));
    assert_eq!(
        machine.draw(),
        "H^e said [c|We open at] nine",
        "an edge that was taken by key stays where arrows put it"
    );
}

#[test]
fn going_to_another_mark_of_the_same_place_keeps_the_way_back() {
    let mut machine = Machine::new("He said We open at nine");
    for (label, start, end) in [("quote", 3, 23), ("claim", 8, 15), ("entity", 8, 10)] {
        let span = Span::between(Offset::new(start), Offset::new(end));
        machine.send(Command::Annotate(LabelId::new(label), span));
    }
    machine.send(Command::Click(Offset::new(9), false));
    let places = machine.state.view.stack.clone();
    machine.send(Command::Activate(places.last().cloned()));
    assert_eq!(machine.state.active().map(|a| a.label.to_string()).as_deref(), Some("quote"));
    assert_eq!(machine.state.view.stack, places);
}

#[test]
fn a_message_goes_with_the_page_it_was_about() {
    let mut machine = Machine::new("We open");
    machine.load("Another");
    for leave in [Command::OpenNext(false), Command::ShowArticles] {
        machine.press("Ctrl+a 1 Delete");
        assert!(machine.state.view.toast.is_some());
        machine.send(leave);
        assert_eq!(machine.state.view.toast, None);
        machine.send(Command::OpenNext(true));
    }
}

#[test]
fn the_hint_goes_with_the_first_mark() {
    let mut machine = Machine::new("We open");
    assert!(!machine.state.preferences.hints_seen);
    machine.press("Ctrl+a 1");
    assert!(machine.state.preferences.hints_seen);
}

#[test]
fn the_same_mark_twice_is_refused_with_a_word() {
    let mut machine = Machine::new("We open");
    machine.press("Ctrl+a 1 Escape Ctrl+a 1");
    assert_eq!(machine.state.sheet().len(), 1);
    assert_eq!(machine.state.view.toast.as_ref().map(|t| t.text.to_string()), Some(words::already_there("Quote")));
    machine.press("Escape Ctrl+a 2");
    assert_eq!(machine.state.sheet().len(), 2);
    machine.press("1");
    assert_eq!(machine.state.sheet().count(&LabelId::new("quote")), 1, "relabelling into a twin is refused too");
}

#[test]
fn typing_in_a_note_is_one_step_until_there_is_a_pause() {
    let mut machine = Machine::new("We open");
    machine.press("Ctrl+a 1");
    let id = machine.state.view.active.clone().expect("a fresh mark is selected");
    let note = |note: &str, continues| Command::SetNote { id: id.clone(), note: note.into(), continues };
    machine.send(note("a", false)).send(note("ab", true)).send(note("abc", true)).send(note("abc d", false));
    let shown = |machine: &Machine| machine.state.sheet().get(&id).map(|a| a.note.to_string());
    let mut seen = vec![shown(&machine)];
    for _ in 0..2 {
        machine.send(Command::Undo);
        seen.push(shown(&machine));
    }
    assert_eq!(seen, [Some("abc d".into()), Some("abc".into()), Some(String::new())]);
}

#[test]
fn relabelling_takes_along_only_what_the_new_label_allows() {
    let mut machine = Machine::new("We open");
    machine.press("Ctrl+a 3");
    let id = machine.state.view.active.clone().expect("a fresh mark is selected");
    for (attribute, value) in [("type", "person"), ("role", "expert")] {
        machine.send(Command::SetAttribute(id.clone(), AttributeId::new(attribute), Some(value.into())));
    }
    machine.press("2");
    assert_eq!(machine.state.active().map(|a| a.attributes.len()), Some(0), "a claim has no type “person”");
    machine.press("Ctrl+z");
    assert_eq!(machine.state.active().map(|a| a.attributes.len()), Some(2));
}

#[test]
fn removing_an_article_is_undone_with_its_marks() {
    let mut machine = Machine::new("We open");
    machine.press("Ctrl+a 1");
    let id = machine.state.view.open.clone().expect("it is open");
    machine.send(Command::Remove(id.clone()));
    assert_eq!(machine.draw(), "no article");
    assert_eq!(machine.state.view.screen, Screen::Articles);
    machine.send(Command::Undo).send(Command::Open(id));
    assert_eq!(machine.draw(), "[q|^We open]");
}

#[test]
fn single_keys_are_off_where_people_type_and_where_they_are_switched_off() {
    let machine = Machine::new("We open");
    let key = |key: &str| KeyPress { key: key.into(), ..KeyPress::default() };
    for name in ["1", "q", "n", "?", "/", "Delete", "ArrowRight", "Enter"] {
        assert_eq!(table::request(&key(name), Place::Field, &machine.state), None, "{name} while typing");
    }
    let mut off = machine.state.clone();
    off.preferences.single_keys = false;
    for name in ["1", "q", "n", "?", "/"] {
        assert_eq!(table::request(&key(name), Place::Text, &off), None, "{name} switched off");
    }
    assert!(table::request(&key("ArrowRight"), Place::Text, &off).is_some());
    let azerty = KeyPress { key: "&".into(), code: "Digit1".into(), ..KeyPress::default() };
    let label = Some(Command::Label(LabelId::new("quote")).into());
    assert_eq!(table::request(&azerty, Place::Text, &machine.state), label, "a digit by its place");
    for key in ["1", "!", "Q"] {
        let code = if key == "Q" { "KeyA" } else { "Digit1" };
        let press = KeyPress { key: key.into(), code: code.into(), shift: true, ..KeyPress::default() };
        let all = Some(Command::LabelAll(LabelId::new("quote")).into());
        assert_eq!(table::request(&press, Place::Text, &machine.state), all, "Shift and {key}");
        assert_eq!(table::request(&press, Place::Text, &off), None, "Shift and {key}, switched off");
    }
    let next = KeyPress { key: "N".into(), shift: true, ..KeyPress::default() };
    assert_eq!(table::request(&next, Place::Text, &machine.state), Some(Command::OpenNext(true).into()));
}

#[test]
fn what_could_not_be_saved_is_said_until_it_is() {
    let mut machine = Machine::new("We open");
    assert_eq!(machine.state.saving, Saving::Saving);
    machine.send(Command::NotStored("the disk is full".into()));
    machine.press("Ctrl+a 1");
    assert_eq!(machine.state.saving, Saving::Failed("the disk is full".into()));
    machine.send(Command::Stored);
    assert_eq!(machine.state.saving, Saving::Saved);
    assert!(machine.said.contains(&words::not_saved("the disk is full")));
}

#[test]
fn a_new_version_starts_once_it_is_wanted_and_everything_is_saved() {
    let starts = |machine: &mut Machine, command: Command| {
        let (state, effects) = update(&machine.state, &command, &stamp());
        machine.state = state;
        effects.contains(&Effect::Update)
    };
    let mut machine = Machine::new("one two");
    assert!(!starts(&mut machine, Command::Update(Update::Ready)), "nobody wants it yet");
    machine.load("three");
    assert_eq!(machine.state.update, Update::Ready, "it is there whatever is opened");
    assert!(!starts(&mut machine, Command::Stored), "saved, but nobody wants it yet");
    machine.press("Shift+ArrowRight 1");
    assert!(!starts(&mut machine, Command::Update(Update::Wanted)), "the mark is not saved yet");
    assert!(!starts(&mut machine, Command::NotStored("full".into())), "it could not be saved");
    assert!(starts(&mut machine, Command::Stored));

    machine.send(Command::Update(Update::None));
    assert!(!starts(&mut machine, Command::Stored), "it is not wanted any more");
    assert!(starts(&mut machine, Command::Update(Update::Wanted)), "everything is saved");
}

/// Commands as a person with restless fingers would give them.
pub(super) fn any_command() -> impl Strategy<Value = Command> {
    let offset = (0u32..60).prop_map(Offset::new);
    let label = prop::sample::select(vec!["quote", "claim", "entity"]).prop_map(LabelId::new);
    let motion = prop::sample::select(vec![
        Motion::CharBack,
        Motion::CharForward,
        Motion::WordBack,
        Motion::WordForward,
        Motion::BlockBack,
        Motion::BlockForward,
        Motion::TextStart,
        Motion::TextEnd,
    ]);
    let edge = prop::sample::select(vec![Edge::Start, Edge::End]);
    prop_oneof![
        4 => (offset.clone(), offset.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(anchor, focus, raw, finished)| Command::Select { anchor, focus, raw, finished }),
        2 => (motion, any::<bool>(), any::<bool>()).prop_map(|(motion, extend, raw)| Command::Move { motion, extend, raw }),
        6 => label.clone().prop_map(Command::Label),
        3 => label.clone().prop_map(Command::LabelAll),
        1 => label.prop_map(|label| Command::Stick(Some(label))),
        3 => (offset.clone(), any::<bool>()).prop_map(|(at, again)| Command::Click(at, again)),
        2 => any::<bool>().prop_map(Command::ActivateNext),
        2 => edge.clone().prop_map(Command::TakeEdge),
        1 => edge.prop_map(Command::PlaceEdge),
        3 => (offset.clone(), any::<bool>()).prop_map(|(at, raw)| Command::MoveEdge(at, raw)),
        2 => Just(Command::KeepEdge),
        1 => Just(Command::Escape),
        2 => Just(Command::Delete),
        1 => offset.prop_map(|at| Command::CaretTo(at, true)),
        4 => Just(Command::Undo),
        3 => Just(Command::Redo),
    ]
}

pub(super) const TEXT: &str = "“We open at\r\nnine,” sa\u{301}id 👩‍👩‍👧 דוד 北京.\n\nNo\u{a0}more 🇰🇷.";

/// Every annotation of a workspace.
pub(super) fn marks(workspace: &Workspace) -> Vec<Rc<Annotation>> {
    workspace.all_sheets().flat_map(|(_, sheet)| sheet.iter().cloned().collect::<Vec<_>>()).collect()
}

proptest! {
    #[test]
    fn whatever_is_asked_every_mark_is_whole_and_the_log_tells_it_all(commands in prop::collection::vec(any_command(), 1..60)) {
        let mut machine = Machine::new(TEXT);
        for command in commands {
            // Undo may take the only article away; what is asked then must not break anything.
            machine.send(command);
            let Some(text) = machine.state.text().cloned() else { continue };
            prop_assert_eq!(text.as_str(), TEXT);
            let mut seen = BTreeMap::new();
            for a in machine.state.sheet().iter() {
                prop_assert!(!a.span.is_empty() && a.span.end() <= text.len());
                prop_assert!(crate::text::snap::is_grapheme_boundary(&text, a.span.start()));
                prop_assert!(crate::text::snap::is_grapheme_boundary(&text, a.span.end()));
                let twin = seen.insert((a.span.start(), a.span.end(), a.label.clone()), a.id.clone());
                prop_assert_eq!(twin, None, "no twins on one sheet");
            }
        }
        // The log, stored and read again, gives the same workspace and the same history.
        let find = |_: &TextHash| Some(Rc::new(Text::new(TEXT)));
        let mut replayed = State::default();
        for entry in &machine.log {
            replayed.replay(&Entry::decode(&entry.encode(), &find).expect("an entry comes back"));
        }
        prop_assert_eq!(marks(&replayed.workspace), marks(&machine.state.workspace));
        prop_assert_eq!(replayed.workspace.articles(), machine.state.workspace.articles());
        prop_assert_eq!(replayed.history.depth(), machine.state.history.depth());
        prop_assert_eq!(replayed.history.last_undone(), machine.state.history.last_undone());
        let snapshot = record::decode_snapshot(&record::encode_snapshot(&machine.state.workspace), &find);
        prop_assert_eq!(marks(&snapshot.expect("a snapshot comes back")), marks(&machine.state.workspace));
    }

    #[test]
    fn undoing_everything_gives_the_start_and_redoing_everything_the_end(commands in prop::collection::vec(any_command(), 1..60)) {
        let mut machine = Machine::new(TEXT);
        for command in commands {
            machine.send(command);
        }
        // The move of an edge is no step before it is kept.
        machine.send(Command::KeepEdge);
        let look = |machine: &Machine| -> Vec<(AnnotationId, Span, LabelId)> {
            marks(&machine.state.workspace).iter().map(|a| (a.id.clone(), a.span, a.label.clone())).collect()
        };
        let end = look(&machine);
        let steps = machine.state.history.depth();
        for _ in 0..steps {
            machine.send(Command::Undo);
        }
        prop_assert_eq!(look(&machine), Vec::new());
        prop_assert_eq!(machine.state.workspace.article_count(), 0);
        for _ in 0..steps {
            machine.send(Command::Redo);
        }
        prop_assert_eq!(look(&machine), end);
    }

    #[test]
    fn a_change_and_its_inverse_cancel(commands in prop::collection::vec(any_command(), 1..30)) {
        let mut machine = Machine::new(TEXT);
        for command in commands {
            machine.send(command);
        }
        let changes: Vec<Change> = machine.log.last().map(|entry| entry.changes.to_vec()).unwrap_or_default();
        let mut workspace = machine.state.workspace.clone();
        let before = marks(&workspace);
        crate::model::change::inverse(&changes).iter().for_each(|change| workspace.apply(change));
        changes.iter().for_each(|change| workspace.apply(change));
        prop_assert_eq!(marks(&workspace), before);
    }
}

#[test]
fn what_is_said_of_an_annotation_comes_in_the_order_of_the_scheme() {
    let mut machine = Machine::new("We open");
    machine.press("Ctrl+a 1");
    let id = machine.state.view.active.clone().expect("a fresh mark is selected");
    for (attribute, value) in [("basis", "explicit"), ("form", "direct"), ("a-newer-one", "seen")] {
        machine.send(Command::SetAttribute(id.clone(), AttributeId::new(attribute), Some(value.into())));
    }
    let label = machine.state.label(&LabelId::new("quote"));
    let said = machine.state.active().map(|a| a.values(label));
    assert_eq!(said, Some(vec!["direct", "explicit", "seen"]));
}
