//! The limits: what is larger ends in a message, and changes nothing that was there.
#![cfg(not(target_arch = "wasm32"))]

use annotator::formats::{self, Reading, project};
use annotator::limits;
use annotator::model::record::{EntryKind, encode_snapshot};
use annotator::model::*;
use annotator::state::{Command, Effect, NewArticle, Stamp, State, update};
use annotator::text::{Offset, Span, Text};
use serde_json::{Value, json};
use std::rc::Rc;

fn stamp() -> Stamp {
    Stamp { now: Timestamp::unknown(), writer: WriterId::new("w") }
}

fn send(state: &mut State, command: Command) -> Vec<Effect> {
    let (next, effects) = update(state, &command, &stamp());
    *state = next;
    effects
}

fn new(text: impl Into<String>) -> NewArticle {
    let text = Rc::new(Text::new(text.into()));
    NewArticle { text, fallback_title: String::new(), encoding: String::new() }
}

fn toast(state: &State) -> &str {
    state.view.toast.as_ref().map_or("", |toast| &toast.text)
}

/// A state with one article open, and some words of it selected.
fn open(text: &str) -> State {
    let mut state = State::default();
    send(&mut state, Command::Load(vec![new(text)]));
    send(&mut state, Command::SelectSpan(Span::between(Offset::new(0), Offset::new(4))));
    state
}

/// A command that goes too far says so and changes nothing.
fn check_refused(state: &mut State, command: Command, says: &str) {
    let before = encode_snapshot(&state.workspace);
    let effects = send(state, command);
    assert!(toast(state).contains(says), "expected “{says}”, found “{}”", toast(state));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Persist(_))));
    assert!(encode_snapshot(&state.workspace) == before, "the workspace is another one after: {}", toast(state));
}

#[test]
fn an_article_too_long_is_not_taken_and_others_are() {
    let mut state = State::default();
    check_refused(&mut state, Command::Load(vec![new("a\n".repeat(limits::LINES))]), "Split it");
    send(&mut state, Command::Load(vec![new("a\n".repeat(limits::LINES)), new("Good.")]));
    assert_eq!((state.workspace.article_count(), toast(&state).contains("Split it")), (1, true));
    let id = state.view.open.clone().expect("an article");
    let longer = Rc::new(Text::new("a".repeat(limits::TEXT + 1)));
    check_refused(&mut state, Command::Reload(id, longer, "UTF-8".into()), "Split it");
}

#[test]
fn one_article_more_than_fit_is_not_taken() {
    let mut state = State::default();
    send(&mut state, Command::Load(vec![new("Same."); limits::ARTICLES]));
    assert_eq!(state.workspace.article_count(), limits::ARTICLES);
    check_refused(&mut state, Command::Load(vec![new("Same.")]), "5\u{202f}000 articles");
    let file = json!({"format": "annotator-project", "version": 1, "articles": [{"id": "t", "text": "More."}]});
    let plan = formats::plan(&read(&file), &state.workspace, &stamp().writer, &stamp().now);
    assert_eq!(plan.changes, []);
    assert!(plan.issues[0].message.contains("“More.”"), "{:?}", plan.issues);
}

#[test]
fn no_more_marks_than_fit_come_at_once() {
    let mut state = open(&"word ".repeat(limits::ANNOTATIONS + 1));
    check_refused(&mut state, Command::LabelAll(LabelId::new("quote")), "200\u{202f}000");
    let label = |id: &str| Command::LabelAll(LabelId::new(id));
    let mut state = open(&"word ".repeat(limits::ANNOTATIONS));
    send(&mut state, label("quote"));
    assert_eq!(state.sheet().len(), limits::ANNOTATIONS);
    check_refused(&mut state, label("claim"), "200\u{202f}000");
    check_refused(
        &mut state,
        Command::Annotate(LabelId::new("claim"), Span::between(Offset::new(0), Offset::new(4))),
        "200",
    );
}

#[test]
fn words_too_long_are_cut_and_that_is_said() {
    let mut state = open("Some words.");
    send(&mut state, Command::Label(LabelId::new("entity")));
    let id = state.view.active.clone().expect("a mark");
    let long = "é".repeat(limits::NOTE + 1);
    send(&mut state, Command::SetNote { id: id.clone(), note: long.as_str().into(), continues: false });
    let note = |state: &State| state.active().map(|active| active.note.chars().count());
    assert_eq!((note(&state), toast(&state).contains("100\u{202f}000 characters")), (Some(limits::NOTE), true));
    send(&mut state, Command::DismissToast);
    send(&mut state, Command::SetAttribute(id, AttributeId::new("name"), Some(long.as_str().into())));
    let value = state.active().and_then(|active| active.attributes.get(&AttributeId::new("name")).cloned());
    assert_eq!((value.map(|value| value.chars().count()), toast(&state).is_empty()), (Some(limits::NOTE), false));
    let article = state.view.open.clone().expect("an article");
    send(&mut state, Command::Correct(article, long.clone(), String::new(), long));
    let article = state.article().expect("an article");
    assert_eq!([&article.title, &article.date].map(|words| words.chars().count()), [limits::NAME; 2]);
    assert!(toast(&state).contains("1\u{202f}000 characters"));
}

fn read(file: &Value) -> Reading {
    project::read(&file.to_string()).expect("a project file")
}

/// A file with one thing too many: what is said of it.
fn check_file(file: Value, expected: &str) -> Reading {
    let reading = read(&file);
    assert!(
        reading.issues.iter().any(|issue| issue.message.contains(expected)),
        "{expected}: {:#?}",
        &reading.issues[..reading.issues.len().min(9)]
    );
    reading
}

fn file(articles: Value, sheets: Value) -> Value {
    json!({"format": "annotator-project", "version": 1, "scheme": {"labels": [{"id": "q"}]}, "articles": articles, "sheets": sheets})
}

#[test]
fn a_file_with_more_than_fits_gives_what_fits() {
    let article = |text: &str| json!({"id": "t", "text": text, "title": "x".repeat(limits::NAME + 1)});
    let many: Vec<Value> = (0..limits::ARTICLES + 2).map(|i| json!({"id": i.to_string(), "text": ""})).collect();
    let reading = check_file(
        file(json!(many), json!([])),
        "of its articles the first 5000 were taken, the most that fit, and 2 left out",
    );
    assert_eq!(reading.articles.len(), limits::ARTICLES);

    let reading = check_file(file(json!([article("a")]), json!([])), "“title” is longer than 1000 characters");
    assert_eq!(reading.articles[0].title.len(), limits::NAME);
    let reading =
        check_file(file(json!([article(&"\n".repeat(limits::LINES))]), json!([])), "it was set aside, split it");
    assert_eq!(reading.articles.len(), 0);

    let mut labels = file(json!([]), json!([]));
    labels["scheme"]["labels"] = (0..limits::LIST + 1).map(|i| json!({"id": i.to_string()})).collect();
    let reading = check_file(labels, "label scheme: of its labels the first 1000 were taken");
    assert_eq!(reading.scheme.map(|scheme| scheme.labels.len()), Some(limits::LIST));

    let sheets: Vec<Value> =
        (0..limits::SHEETS + 1).map(|i| json!({"article": "t", "annotator": i.to_string()})).collect();
    check_file(file(json!([article("a")]), json!(sheets)), "of its sheets the first 10000 were taken");
}

#[test]
fn more_annotations_than_fit_are_set_aside_and_counted() {
    let mark = |i: usize| json!({"id": i.to_string(), "label": "q", "start": i, "end": i + 1, "quote": {"exact": "a"}});
    let marks: Vec<Value> = (0..limits::ANNOTATIONS + 3).map(mark).collect();
    let article = json!([{"id": "t", "text": "a".repeat(marks.len())}]);
    let sheets = json!([{"article": "t", "annotator": "A1", "annotations": marks}]);
    let reading = check_file(
        file(article, sheets),
        "3 of its annotations were set aside, since no more than 200000 of a file fit",
    );
    let counts = reading.counts;
    assert_eq!((counts.kept, counts.set_aside, counts.read), (limits::ANNOTATIONS, 3, limits::ANNOTATIONS + 3));
    // Each has issues of its own (no status, no times); only so many are told.
    let told = |severity| reading.issues.iter().filter(|issue| issue.severity == severity).count();
    assert!(told(formats::Severity::Warning) == limits::ISSUES + 1);
    assert!(reading.issues.last().is_some_and(|issue| issue.message.ends_with("more like these were found")));
}

#[test]
fn an_id_that_nobody_can_have_minted_does_not_make_the_next_ones_start_over() {
    let mut state = open("Some words.");
    send(&mut state, Command::Label(LabelId::new("entity")));
    let here = state.view.active.clone().expect("a mark");
    let file = json!([{"id": format!("t-w-{}", u64::MAX), "text": "Hostile."}]);
    let plan = formats::plan(&read(&self::file(file, json!([]))), &state.workspace, &stamp().writer, &stamp().now);
    send(&mut state, Command::Import(Rc::new(plan)));
    for _ in 0..3 {
        send(&mut state, Command::Load(vec![new("One more.")]));
    }
    assert_eq!(state.workspace.article_count(), 5);
    assert!(state.workspace.all_sheets().any(|(_, sheet)| sheet.get(&here).is_some()));
}

#[test]
fn a_stored_entry_with_a_number_that_nobody_can_have_reached_is_none() {
    let entry = record::Entry {
        kind: EntryKind::Do,
        title: "step".into(),
        at: Timestamp::unknown(),
        next_id: limits::SEQUENCE + 1,
        changes: Rc::default(),
    };
    assert!(matches!(record::Entry::decode(&entry.encode(), &|_| None), Err(record::RecordError::Form(_))));
    let mut workspace = Workspace::default();
    workspace.next_id = u64::MAX;
    assert!(matches!(
        record::decode_snapshot(&encode_snapshot(&workspace), &|_| None),
        Err(record::RecordError::Form(_))
    ));
}

#[test]
fn a_plan_that_no_longer_fits_changes_nothing() {
    let mut state = open("Here.");
    let article = json!([{"id": "t", "text": "There."}]);
    let plan =
        Rc::new(formats::plan(&read(&file(article, json!([]))), &state.workspace, &stamp().writer, &stamp().now));
    send(&mut state, Command::Import(plan.clone()));
    assert_eq!(state.workspace.article_count(), 2);
    check_refused(&mut state, Command::Import(plan), "changed meanwhile");
}
