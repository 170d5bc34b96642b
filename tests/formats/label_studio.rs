//! Label Studio: a file made by hand after its documentation, forms of other programs, damage, and the configuration.

use crate::drawn::{annotations, issues};
use crate::make::small;
use crate::shown::{read, written, written_of};
use annotator::formats::Reading;
use annotator::formats::file::InFile;
use annotator::formats::label_studio::FORMAT;
use annotator::model::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const EXPORT: &str = include_str!("fixtures/label-studio/export.json");
const CONFIG: &str = include_str!("fixtures/label-studio/export.xml");

fn export() -> Reading {
    read(&[InFile::new("export.xml", CONFIG), InFile::new("export.json", EXPORT)], &Workspace::default())
}

fn read_json(tasks: &Value) -> Reading {
    read(&[InFile::new("tasks.json", &tasks.to_string())], &Workspace::default())
}

/// What is kept of the one annotation of the sample, on each of its labels.
const KEPT: &str = r#""annotation":{"id":7,"completed_by":{"id":12,"email":"ann@example.org"},"was_cancelled":false,"lead_time":4.25}"#;

#[test]
fn everything_in_an_export_is_understood() {
    let reading = export();
    let without = |line: String| line.replace(KEPT, "…").replace(r#""from_name":"ner","to_name":"article","#, "");
    let read: Vec<_> = annotations(&reading).into_iter().map(without).collect();
    let expected = [
        concat!(
            "12 claim: Ferry\r\nfares | note two\nlines | ",
            r#"{"label-studio":{"id":"aB1","origin":"manual",…}}"#
        ),
        concat!(
            "12 PER: Ann Osei | relation → Ferry\r\nfares",
            r#"{"label-studio":{"labels":[],"direction":"left"}} | tone = calm | why = named in full"#,
            r#" | {"label-studio":{"id":"aB2","origin":"prediction",…,"#,
            r#""results":[{"id":"aB2","from_name":"sure","to_name":"article","type":"rating","#,
            r#""value":{"start":26,"end":34,"text":"Ann Osei","rating":4}}],"other-tag":{"tone":true}}}"#,
        ),
        r#"12 quote: “No rise,” | speaker → Ann Osei | form = direct | {"label-studio":{"id":"aB3",…}}"#,
        r#"12 claim: “No rise,” | {"label-studio":{…}}"#,
        concat!(
            "A1 PER: she | proposed | ",
            r#"{"label-studio":{"id":"p1","score":0.75,"prediction":{"id":3,"model_version":"tagger-2","score":0.5}}}"#,
        ),
    ];
    assert_eq!(read, expected);
    let expected = [
        "line 12, column 11: annotation “a-fef79c910f12-12-aB1”: its link “x” to “gone” was left out: there is no such \
         annotation, or it is by another annotator",
        "line 17, column 11: region “aB3”: it has 2 labels; each became an annotation",
        "results that are neither a label on words, a relation, one choice nor a text on such a label are not shown here, but \
         written to Label Studio again: 2 in all",
    ];
    assert_eq!(issues(&reading), expected);
    let codes: Vec<_> = reading.sheets.iter().map(|(key, sheet)| (key.annotator.to_string(), sheet.len())).collect();
    assert_eq!(codes, [("12".to_owned(), 4), ("A1".to_owned(), 1)]);
    let she = &reading.sheets[1].1[0];
    assert_eq!((she.status, she.origin), (Status::Proposed, Origin::Program));
}

#[test]
fn what_came_with_an_export_goes_back_into_it() {
    let files = written(&FORMAT, &export(), &[]);
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["work.json", "work.xml"]);
    let found: Value = serde_json::from_str(&files[0].1).expect("JSON");
    let mut expected: Value = serde_json::from_str(EXPORT).expect("JSON");
    // Every label is a region of its own; what leads nowhere is gone; codes and ids of ours are added.
    let task = &mut expected[0];
    task["data"]["id"] = found[0]["data"]["id"].clone();
    let entry = &mut task["annotations"][0];
    entry["annotator"] = "12".into();
    let results = entry["result"].as_array_mut().expect("a list");
    results.pop();
    results[2]["value"]["labels"] = json!(["quote"]);
    let mut second = results[2].clone();
    second["value"]["labels"] = json!(["claim"]);
    second["id"] = "a-fef79c910f12-12-claim-36-46".into();
    results.push(second);
    results[0]["meta"]["text"] = json!(["two\nlines"]);
    let relation = results.iter_mut().find(|result| result["direction"] == "left").expect("it");
    relation["labels"] = json!([]);
    task["predictions"][0]["annotator"] = "A1".into();
    assert_eq!(sorted(&found), sorted(&expected));
    for line in [
        r#"  <Labels name="ner" toName="article">"#,
        r##"    <Label value="PER" background="#7e22ce" hotkey="r"/>"##,
        r#"  <Text name="article" value="$body" granularity="word" saveTextResult="yes"/>"#,
        r#"    <Relation value="speaker"/>"#,
        r#"    <Choice value="calm"/>"#,
        r#"  <TextArea name="why" toName="article" perRegion="true" whenTagName="ner" whenLabelValue="PER" maxSubmissions="1"/>"#,
    ] {
        assert!(files[1].1.lines().any(|known| known == line), "{line} is not in\n{}", files[1].1);
    }
}

/// A value in which the order of fields and results says nothing.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<_> = items.iter().map(sorted).collect();
            items.sort_by_key(ToString::to_string);
            items.into()
        }
        Value::Object(fields) => {
            let fields: std::collections::BTreeMap<_, _> = fields.iter().map(|(k, v)| (k.clone(), sorted(v))).collect();
            fields.into_iter().collect()
        }
        other => other.clone(),
    }
}

#[test]
fn every_file_goes_with_a_configuration_that_names_all_that_is_in_it() {
    let files = written_of(&FORMAT, &small(), &[]);
    assert_eq!(files[1].1, include_str!("fixtures/label-studio/small.xml"));
}

#[test]
fn a_link_to_what_is_only_proposed_stands_beside_the_results() {
    let mut workspace = small();
    let sheet = SheetKey { article: ArticleId::new("t-w-00001"), annotator: AnnotatorCode::new("A1") };
    let before = workspace.sheet(&sheet).and_then(|sheet| sheet.get(&AnnotationId::new("a-w-00004")).cloned());
    let before = before.expect("Zoë");
    let after = Annotation { status: Status::Proposed, ..(*before).clone() };
    workspace.apply(&Change::Annotation { sheet, before: Some(before), after: Some(after.into()) });
    let files = written_of(&FORMAT, &workspace, &[]);
    let tasks: Value = serde_json::from_str(&files[0].1).expect("JSON");
    let [confirmed, proposed] = ["annotations", "predictions"].map(|name| &tasks[0][name][0]);
    assert_eq!(confirmed["links"][0]["to_id"], proposed["result"][0]["id"]);
    let kinds = |entry: &Value| entry["result"].as_array().into_iter().flatten().any(|r| r["type"] == "relation");
    assert!(!kinds(confirmed) && !kinds(proposed));
}

#[test]
fn forms_of_other_programs_are_understood() {
    let region = |start: u32, words: &str| {
        let end = start + words.encode_utf16().count() as u32;
        json!({"type": "labels", "value": {"start": start, "end": end, "text": words, "labels": ["quote"]}})
    };
    // Offsets in UTF-16 units and line breaks as they are.
    let old = json!([{"data": {"text": "👍👍 No,\nnever."}, "completions": [{"result": [region(5, "No,\nnever.")]}]}]);
    let reading = read_json(&old);
    assert_eq!(annotations(&reading), ["A1 quote: No,\nnever."]);
    assert_eq!(reading.issues.len(), 1, "{:?}", issues(&reading));
    // A task alone, the text under another name, offsets as text, nobody's label.
    let value = json!({"start": "3", "end": "8", "labels": ["quote", "claim"]});
    let other = json!({"data": {"id": 4, "body": "No, never."}, "annotations": [
        {"completed_by": 3, "was_cancelled": true, "result": [{"type": "labels", "id": 9, "value": value}]},
    ]});
    let reading = read_json(&other);
    assert_eq!(reading.sheets[0].0.annotator.as_str(), "3");
    assert_eq!(annotations(&reading)[0].split('{').next(), Some("3 quote:  neve | proposed | "));
    let words: Vec<_> = issues(&reading);
    assert_eq!(words[0], "line 1, column 24: data: its field “body” was taken for the text");
    assert_eq!(reading.articles[0].extra.as_json(), r#"{"label-studio":{"text-field":"body","data":{"id":4}}}"#);
}

#[test]
fn damage_is_said_where_it_is_and_costs_no_more_than_it_must() {
    let tasks = json!([
        {"data": {"n": 1}, "annotations": []},
        {"annotations": [], "predictions": []},
        {"data": "text"},
        {"data": {"text": "No, never."}, "annotations": [5, {"result": [
            {"type": "labels", "id": "a", "value": {"start": 0, "end": 3, "text": "No,", "labels": []}},
            {"type": "labels", "id": "b", "value": {"start": 0.5, "end": 3.5, "labels": ["quote"]}},
            {"type": "labels", "id": "c", "value": {"start": 0, "end": 99, "text": "gone", "labels": ["quote"]}},
            {"type": "relation", "from_id": "z", "to_id": "a", "direction": "right"},
            "words",
            {"type": "hypertextlabels", "id": "h", "value": {"start": "/p[1]", "hypertextlabels": ["quote"]}},
        ]}, 7], "predictions": "none"},
    ]);
    let reading = read_json(&tasks);
    assert_eq!(annotations(&reading), [""; 0]);
    let expected = [
        "line 1, column 10: data: it has no text; the task was passed over",
        "line 1, column 36: task: it has no “data”; the task was passed over",
        "line 1, column 80: data: expected an object, found text; the task was passed over",
        "line 1, column 146: annotation “a”: it has no label; it was set aside",
        "line 1, column 226: annotation “b”: it has neither offsets nor a quotation; it was set aside",
        "line 1, column 304: annotation “c”: neither its offsets fit nor does the text have the words of its quotation; \
         it was set aside",
        "line 1, column 393: relation from “z” to “a”: there is no region “z”; it was left out",
        "line 1, column 459: result: expected an object, found text; it was left out",
        "line 1, column 467: result of type “hypertextlabels”: it labels something other than a span of plain text; it was \
         set aside",
        "line 1, column 576: task: “predictions”: expected a list, found text; read as if there were none",
        "results that are neither a label on words, a relation, one choice nor a text on such a label are not shown here, \
         but written to Label Studio again: 1 in all",
    ];
    assert_eq!(issues(&reading), expected);
}

#[test]
fn an_address_is_no_text() {
    for (data, text) in [
        (json!({"image": "https://pictures.example/1.png"}), None),
        (json!({"row": "a-very-long-key-of-a-database", "body": "No, never."}), Some("No, never.")),
        (json!({"page": "/data/upload/1.html", "body": "決して"}), Some("決して")),
    ] {
        let reading = read_json(&json!({"data": data, "annotations": []}));
        assert_eq!(reading.articles.first().map(|article| article.text.as_str()), text, "{:?}", issues(&reading));
    }
}

proptest! {
    #[test]
    fn no_cut_is_too_strange(cut in any::<prop::sample::Index>(), from in any::<prop::sample::Index>()) {
        // A part of the file taken out, wherever that leaves it.
        let chars: Vec<char> = EXPORT.chars().collect();
        let (one, other) = (cut.index(chars.len()), from.index(chars.len()));
        let (start, end) = (one.min(other), one.max(other));
        let text: String = chars[..start].iter().chain(&chars[end..]).collect();
        let files = [InFile::new("export.json", &format!("{text}\n{{\"data\":{{\"text\":\"a\"}},\"annotations\":[]}}"))];
        let _ = crate::shown::try_read(&files, &Workspace::default(), &[]);
    }
}
