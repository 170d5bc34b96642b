//! Files as copies of the work: what is known of the last one, the reminder, and the file that is written again.
#![cfg(not(target_arch = "wasm32"))]

use annotator::model::*;
use annotator::state::filed::SavedFile;
use annotator::state::table::{self, KeyPress, Place, Request};
use annotator::state::{Command, Dialog, Effect, NewArticle, Stamp, State, update};
use annotator::text::{Offset, Span, Text};
use std::rc::Rc;

fn at(day: u32) -> Timestamp {
    Timestamp::parse(&format!("2031-03-{day:02}T09:26:53.589Z")).expect("a moment")
}

fn send(state: &mut State, day: u32, command: Command) -> Vec<Effect> {
    let (next, effects) = update(state, &command, &Stamp { now: at(day), writer: WriterId::new("w") });
    *state = next;
    effects
}

/// An article with so many marks, all of them made on one day.
fn worked(day: u32, marks: u32) -> State {
    let mut state = State::default();
    let text = Rc::new(Text::new("word ".repeat(100)));
    let new = NewArticle { text, fallback_title: "T".into(), encoding: String::new() };
    send(&mut state, day, Command::Load(vec![new]));
    for mark in 0..marks {
        let span = Span::between(Offset::new(mark * 5), Offset::new(mark * 5 + 4));
        send(&mut state, day, Command::Annotate(LabelId::new("quote"), span));
    }
    state
}

fn saved(state: &State, day: u32, is_own: bool) -> Command {
    let changes = Some(state.filed.changes);
    Command::FileSaved(Rc::new(SavedFile { name: "all.json".into(), at: at(day), changes, is_own }))
}

fn open(state: &State) -> Command {
    Command::Open(state.view.open.clone().expect("an article"))
}

#[test]
fn a_reminder_comes_when_one_turns_to_something_and_not_while_one_marks() {
    let mut state = worked(1, 60);
    assert_eq!((state.filed.changes, state.reminds), (61, false));
    let again = open(&state);
    send(&mut state, 1, again.clone());
    assert!(!state.reminds, "all of it is of today");
    send(&mut state, 2, Command::Undo);
    assert!(!state.reminds, "somebody is at work");
    let effects = send(&mut state, 2, Command::Return);
    assert!(state.reminds && effects.contains(&Effect::KeepFiled));
    let says = |effect: &Effect| matches!(effect, Effect::Announce(words) if words.contains("62 changes"));
    assert!(effects.iter().any(says), "{effects:?}");
    send(&mut state, 2, Command::DismissReminder);
    send(&mut state, 2, again.clone());
    assert!(!state.reminds, "once a day");
    let effects = send(&mut state, 3, again);
    let said: Vec<_> = effects.iter().filter(|effect| matches!(effect, Effect::Announce(_))).collect();
    let both = |effect: &Effect| matches!(effect, Effect::Announce(words) if words.starts_with("T, 59") && words.contains("62"));
    assert!(state.reminds && said.len() == 1 && both(said[0]), "{said:?}");
}

#[test]
fn a_file_with_everything_ends_the_reminder_and_a_part_does_not() {
    let mut state = worked(1, 60);
    send(&mut state, 2, Command::ShowArticles);
    assert!(state.reminds);
    let part = SavedFile { name: "one.json".into(), at: at(2), changes: None, is_own: false };
    send(&mut state, 2, Command::FileSaved(Rc::new(part)));
    assert_eq!((state.reminds, state.filed.saved.clone(), state.filed.changes), (true, None, 61));
    let whole = saved(&state, 2, false);
    let effects = send(&mut state, 2, whole);
    assert_eq!((state.reminds, state.filed.saved.clone(), state.filed.changes), (false, Some(at(2)), 0));
    assert!(effects.contains(&Effect::KeepFiled));
    assert_eq!(state.view.toast.as_ref().map(|toast| &*toast.text), Some("Saved all.json"));
}

#[test]
fn another_tab_that_saved_a_file_ends_the_reminder_here_too() {
    let mut state = worked(1, 60);
    let mut other = state.clone();
    send(&mut state, 2, Command::Return);
    let unsaved = other.filed.clone();
    send(&mut state, 2, Command::FiledElsewhere(unsaved));
    assert!(state.reminds, "it only knows of more changes");
    let command = saved(&other, 2, false);
    send(&mut other, 2, command);
    send(&mut state, 2, Command::FiledElsewhere(other.filed.clone()));
    assert_eq!((state.reminds, &state.filed), (false, &other.filed));
}

#[test]
fn the_key_saves_to_the_file_that_was_chosen_and_else_asks() {
    let mut state = worked(1, 1);
    let press = KeyPress { key: "s".into(), ctrl: true, ..KeyPress::default() };
    let pressed = |state: &State| match table::request(&press, Place::Text, state) {
        Some(Request::Do(command)) => Command::clone(&command),
        other => panic!("{other:?}"),
    };
    let command = pressed(&state);
    assert_eq!(send(&mut state, 1, command), [Effect::Look]);
    assert!(matches!(state.view.dialog, Some(Dialog::Export(_))), "{:?}", state.view.dialog);
    send(&mut state, 1, Command::CloseDialog);
    let chosen = saved(&state, 1, true);
    send(&mut state, 1, chosen);
    assert_eq!(state.file.as_deref(), Some("all.json"));
    let command = pressed(&state);
    assert_eq!(send(&mut state, 1, command), [Effect::WriteFile]);
    assert_eq!(state.view.dialog, None);
    send(&mut state, 1, Command::Erase);
    assert_eq!((state.file, state.filed.saved, state.filed.changes), (None, None, 0));
}
