//! Words made to do harm: whatever they are put in as, they are kept to the letter and come back from every form
//! in which a workspace is kept.
#![cfg(not(target_arch = "wasm32"))]

use annotator::formats::{self, Reading, project};
use annotator::limits;
use annotator::model::*;
use annotator::state::{Command, NewArticle, Stamp, State, update};
use annotator::text::{Text, TextHash};
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// Each with its name. The journeys put the same words into a page.
fn hostile() -> Vec<(String, String)> {
    let list: Map<String, Value> = serde_json::from_str(include_str!("hostile.json")).expect("an object of texts");
    let mut all: Vec<_> =
        list.into_iter().map(|(name, text)| (name, text.as_str().expect("a text").to_owned())).collect();
    all.push(("letters in a heap".into(), "e".to_owned() + &"\u{301}".repeat(10_000)));
    all
}

fn stamp() -> Stamp {
    Stamp { now: Timestamp::unknown(), writer: WriterId::new("w") }
}

fn send(state: &mut State, command: Command) {
    *state = update(state, &command, &stamp()).0;
}

/// As much of some words as a title or a name may have.
fn one_line(words: &str) -> String {
    words.chars().take(limits::NAME).collect()
}

/// A workspace with some words in every place that has room for words.
fn workspace(words: &str) -> State {
    let line = one_line(words);
    let mut state = State::default();
    let text = Rc::new(Text::new(words));
    send(&mut state, Command::Load(vec![NewArticle { text, fallback_title: line.clone(), encoding: String::new() }]));
    let id = state.view.open.clone().expect("an article");
    send(&mut state, Command::Correct(id, line.clone(), line.clone(), line.clone()));
    let mut scheme = LabelScheme::clone(state.workspace.scheme());
    scheme.labels.push(Label {
        id: LabelId::parse(words).unwrap_or(LabelId::new("plain")),
        name: line.clone(),
        plural: line.clone(),
        line: label::Line::Solid,
        colour: 255,
        key: words.chars().next().unwrap_or('x'),
        guideline: words.into(),
        attributes: vec![Attribute {
            id: AttributeId::new("said"),
            name: line.clone(),
            values: vec![line],
            extra: Extra::default(),
        }],
        links: Vec::new(),
        extra: Extra::default(),
    });
    let label = scheme.labels[3].id.clone();
    let before = state.workspace.scheme().clone();
    state.workspace.apply(&Change::Scheme { before, after: Rc::new(scheme) });
    let whole = state.text().expect("a text").span();
    send(&mut state, Command::Annotate(label, whole));
    let mark = state.sheet().iter().next().map(|mark| mark.id.clone()).expect("a mark");
    send(&mut state, Command::SetNote { id: mark.clone(), note: words.into(), continues: false });
    send(&mut state, Command::SetAttribute(mark.clone(), AttributeId::new("said"), Some(words.into())));
    if let Some(name) = AttributeId::parse(words) {
        send(&mut state, Command::SetAttribute(mark, name, Some(words.into())));
    }
    state
}

fn export(workspace: &Workspace) -> String {
    let written = project::write(workspace, None, &stamp().now, "test");
    assert_eq!(written.issues, []);
    written.content
}

fn read(name: &str, file: &str) -> Reading {
    project::read(file).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn take_over(reading: &Reading) -> Workspace {
    let plan = formats::plan(reading, &Workspace::default(), &stamp().writer, &stamp().now);
    let mut workspace = Workspace::default();
    workspace.apply_all(&plan.changes);
    workspace
}

#[test]
fn they_come_back_from_a_file_to_the_byte() {
    for (name, words) in hostile() {
        let state = workspace(&words);
        let file = export(&state.workspace);
        let parsed: Value = serde_json::from_str(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let article = &parsed["articles"][0];
        let mark = &parsed["sheets"][0]["annotations"][0];
        let label = &parsed["scheme"]["labels"][3];
        let line = one_line(&words);
        for (place, found, expected) in [
            ("the text", &article["text"], &words),
            ("the title", &article["title"], &line),
            ("the source", &article["source"], &line),
            ("the date", &article["date"], &line),
            ("the quotation", &mark["quote"]["exact"], &words),
            ("the note", &mark["note"], &words),
            ("the attribute", &mark["attributes"]["said"], &words),
            ("the name of the label", &label["name"], &line),
            ("the guideline", &label["guideline"], &words),
            ("a value to choose", &label["attributes"][0]["values"][0], &line),
        ] {
            assert_eq!(found, expected.as_str(), "{name}: {place}");
        }
        let reading = read(&name, &file);
        let worse = reading.issues.iter().find(|issue| issue.severity != formats::Severity::Note);
        assert_eq!(worse, None, "{name}");
        assert_eq!(export(&take_over(&reading)), file, "{name}");
    }
}

#[test]
fn they_come_back_from_what_is_stored() {
    for (name, words) in hostile() {
        let state = workspace(&words);
        let text = state.text().expect("a text").clone();
        let find = |hash: &TextHash| (hash == text.hash()).then(|| text.clone());
        let stored = record::decode_snapshot(&record::encode_snapshot(&state.workspace), &find);
        assert_eq!(stored.as_ref(), Ok(&state.workspace), "{name}");
        assert_eq!(stored.map(|stored| export(&stored)), Ok(export(&state.workspace)), "{name}");
    }
}

#[test]
fn they_are_kept_as_names_and_values_of_fields_that_nobody_knows() {
    for (name, words) in hostile() {
        let file = json!({
            "format": "annotator-project", "version": 1, "scheme": {"labels": [], words.clone(): words},
            "articles": [{"id": "t", "text": "a", words.clone(): {words.clone(): [words]}}], "sheets": [],
            words.clone(): {"deep": [[words]]},
        });
        let written: Value = serde_json::from_str(&export(&take_over(&read(&name, &file.to_string())))).expect("JSON");
        assert_eq!(written[&words], file[&words], "{name}");
        assert_eq!(written["scheme"][&words], file["scheme"][&words], "{name}");
        assert_eq!(written["articles"][0][&words], file["articles"][0][&words], "{name}");
    }
}

/// What the keys of a file mean where a program in JavaScript would go wrong: they are names like any other, and
/// of a known field that is there twice the last one counts, while what is unknown stays as it was written.
#[test]
fn keys_of_javascript_are_keys_and_repeated_ones_inside_what_is_unknown_stay() {
    const UNKNOWN: &str = r#"{"__proto__":{"a":1},"":0,"constructor":null,"k":1,"k":-0,"n":1e999}"#;
    let file = format!(
        r#"{{"format":"annotator-project","version":1,"scheme":{{"labels":[{{"id":"constructor"}}]}},"sheets":[
        {{"article":"__proto__","annotator":"toString","annotations":[{{"id":"__proto__","label":"constructor","start":0,"end":1,
        "quote":{{"exact":"a"}},"attributes":{{"__proto__":"x","constructor":"y"}},"note":"first","note":"last"}}]}}],
        "articles":[{{"id":"__proto__","text":"a","new":{UNKNOWN}}}],"new":{UNKNOWN}}}"#
    );
    let reading = read("keys", &file);
    assert!(reading.issues.iter().any(|issue| issue.message.contains("the field “note” is there twice")));
    let written = export(&take_over(&reading));
    let flat = written.lines().map(str::trim_start).collect::<String>().replace(": ", ":");
    assert_eq!(flat.matches(UNKNOWN).count(), 2, "{written}");
    let mark = &reading.sheets[0].1[0];
    assert_eq!((mark.id.as_str(), &*mark.note, mark.attributes.len()), ("__proto__", "last", 2));
    assert_eq!(export(&take_over(&read("keys", &written))), written);
}
