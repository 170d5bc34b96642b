//! Files that others have written or changed: what is repaired, what is set aside, what is said.

use crate::make::*;
use annotator::formats::{self, Reading, Severity};
use annotator::model::*;
use serde_json::{Value, json};

fn good() -> Value {
    serde_json::from_str(&export(&small())).expect("JSON")
}

/// The small file with one value replaced, or with one field removed.
fn with(path: &str, value: Option<Value>) -> String {
    let mut file = good();
    match value {
        Some(value) => *file.pointer_mut(path).unwrap_or_else(|| panic!("{path} is not there")) = value,
        None => {
            let (object, name) = path.rsplit_once('/').expect("a path");
            let object = file.pointer_mut(object).and_then(Value::as_object_mut);
            object.and_then(|fields| fields.shift_remove(name)).unwrap_or_else(|| panic!("{path} is not there"));
        }
    }
    serde_json::to_string_pretty(&file).expect("writes")
}

fn says(reading: &Reading, expected: &str) -> bool {
    reading.issues.iter().any(|issue| issue.place.is_some() && issue.message.contains(expected))
}

/// What is said of a field that is a list with a list in it, and whether its annotation stays.
const WRONG: &[(&str, &str, usize)] = &[
    ("/version", "“version”: expected a number from 1, found a list; read as version 1", 5),
    ("/scheme", "label scheme: expected an object, found a list", 5),
    ("/scheme/labels/0", "label: expected an object, found a list", 3),
    ("/scheme/labels/0/id", "“id”: expected text, found a list; the label was left out", 3),
    ("/scheme/labels/0/name", "label “quote”: “name”: expected text, found a list; taken as “quote”", 5),
    ("/scheme/labels/0/line", "label “quote”: ", 5),
    ("/scheme/labels/0/key", "label “quote”: ", 5),
    ("/scheme/labels/0/colour", "label “quote”: ", 5),
    ("/scheme/labels/0/attributes/0", "one of its attributes: ", 5),
    ("/annotators/0", "annotator: expected an object, found a list", 5),
    ("/annotators/0/code", "“code”: expected text, found a list; the annotator was left out", 5),
    ("/articles/0", "article: expected an object, found a list; it was set aside", 1),
    ("/articles/0/id", "“id”: expected text, found a list; the article was set aside", 1),
    ("/articles/0/title", "article “t-w-00001”: “title”: expected text, found a list; left empty", 5),
    ("/articles/0/source", "“source”: expected text, found a list; left empty", 5),
    ("/articles/0/date", "“date”: expected text, found a list; left empty", 5),
    ("/articles/0/encoding", "“encoding”: expected text, found a list; left empty", 5),
    ("/articles/0/done", "“done”: expected true or false, found a list; taken as not done", 5),
    ("/articles/0/created", "“created”: expected text, found a list; the time counts as unknown", 5),
    ("/articles/0/changed", "“changed”: expected text, found a list; the time counts as unknown", 5),
    ("/articles/0/text", "“text”: expected text, found a list; the article was set aside", 1),
    ("/articles/0/sha256", "“sha256”: expected text, found a list; the text could not be checked", 5),
    ("/articles/0/length", "length of an article: expected an object, found a list", 5),
    ("/articles/0/length/bytes", "“bytes” of the length is [", 5),
    ("/sheets/0", "sheet: expected an object, found a list; it was set aside", 2),
    ("/sheets/0/article", "“article”: expected text, found a list; the sheet was set aside", 2),
    ("/sheets/0/annotator", "“annotator”: expected text, found a list; the sheet was set aside", 2),
    ("/sheets/0/annotations/0", "annotation: expected an object, found a list; it was set aside", 4),
    ("/sheets/0/annotations/0/id", "“id”: expected text, found a list; the annotation was set aside", 4),
    ("/sheets/0/annotations/0/label", "“label”: expected text, found a list; the annotation was set aside", 4),
    ("/sheets/0/annotations/0/start", "annotation “a-w-00003”: “start”: expected an offset, found [", 5),
    ("/sheets/0/annotations/0/end", "“end”: expected an offset, found [", 5),
    ("/sheets/0/annotations/0/utf16", "utf16: expected an object, found a list", 5),
    ("/sheets/0/annotations/0/utf16/end", "utf16 “a-w-00003”: “end”: expected an offset, found [", 5),
    ("/sheets/0/annotations/0/bytes", "bytes: expected an object, found a list", 5),
    ("/sheets/0/annotations/0/bytes/start", "bytes “a-w-00003”: “start”: expected an offset, found [", 5),
    ("/sheets/0/annotations/0/quote", "quote: expected an object, found a list", 5),
    ("/sheets/0/annotations/0/quote/exact", "“exact”: expected text, found a list", 5),
    ("/sheets/0/annotations/0/quote/prefix", "“prefix”: expected text, found a list; left empty", 5),
    ("/sheets/0/annotations/0/quote/suffix", "“suffix”: expected text, found a list; left empty", 5),
    ("/sheets/0/annotations/0/attributes", "attributes: expected an object, found a list; none were taken", 5),
    ("/sheets/0/annotations/0/attributes/form", "“form”: expected text, found a list; the attribute was left out", 5),
    ("/sheets/0/annotations/0/links/0", "link: expected an object, found a list; the link was left out", 5),
    ("/sheets/0/annotations/0/links/0/type", "“type”: expected text, found a list; the link was left out", 5),
    ("/sheets/0/annotations/0/links/0/to", "“to”: expected text, found a list; the link was left out", 5),
    ("/sheets/0/annotations/0/note", "“note”: expected text, found a list; left empty", 5),
    ("/sheets/0/annotations/0/status", "“status”: expected text, found a list; taken as proposed", 5),
    ("/sheets/0/annotations/0/created", "“created”: expected text, found a list; the time counts as unknown", 5),
    ("/sheets/0/annotations/0/changed", "“changed”: expected text, found a list; the time counts as unknown", 5),
    ("/sheets/0/annotations/0/origin", "“origin”: expected text, found a list; taken as from a file", 5),
];

#[test]
fn a_wrong_type_costs_no_more_than_it_must_and_is_told_of() {
    for (path, expected, kept) in WRONG {
        let reading = read(&with(path, Some(json!([[]]))));
        assert!(says(&reading, expected), "{path}: expected {expected}, found {:#?}", words(&reading));
        assert_eq!(reading.counts.kept, *kept, "{path}: {:#?}", words(&reading));
        for wrong in [json!(null), json!(true), json!(-1), json!(1.5), json!("\u{0}"), json!({"": {}}), json!(u64::MAX)]
        {
            let reading = read(&with(path, Some(wrong.clone())));
            let fits = reading.issues.is_empty();
            let may_fit = wrong.is_string() || wrong.is_object() || path.ends_with("done") || path.ends_with("version");
            assert!(!fits || may_fit, "{path}: {wrong}");
        }
    }
}

#[test]
fn lists_that_are_none_are_told_of() {
    for path in [
        "/annotators",
        "/articles",
        "/sheets",
        "/scheme/labels",
        "/sheets/0/annotations",
        "/sheets/0/annotations/0/links",
    ] {
        let reading = read(&with(path, Some(json!({"0": 1}))));
        assert!(says(&reading, "expected a list, found an object"), "{path}: {:#?}", words(&reading));
    }
}

#[test]
fn a_missing_field_is_told_of_where_it_matters() {
    for (path, expected, kept) in [
        ("/version", "“version” is missing; read as version 1", 5),
        ("/scheme", "“scheme” is missing", 5),
        ("/articles", "“articles” is missing", 0),
        ("/sheets", "“sheets” is missing", 0),
        ("/articles/0/text", "article “t-w-00001”: “text” is missing; the article was set aside", 1),
        ("/articles/0/sha256", "“sha256” is missing; the text could not be checked", 5),
        ("/articles/0/created", "“created” is missing; the time counts as unknown", 5),
        ("/sheets/0/annotator", "“annotator” is missing; the sheet was set aside", 2),
        ("/sheets/0/annotations/0/id", "“id” is missing; the annotation was set aside", 4),
        ("/sheets/0/annotations/0/label", "“label” is missing; the annotation was set aside", 4),
        ("/sheets/0/annotations/0/start", "“start” is missing; the other offsets and the quotation count", 5),
        ("/sheets/0/annotations/0/quote", "it has no quotation, so its offsets in code points were taken unchecked", 5),
        ("/sheets/0/annotations/0/status", "“status” is missing; taken as proposed", 5),
    ] {
        let reading = read(&with(path, None));
        assert!(says(&reading, expected), "{path}: expected {expected}, found {:#?}", words(&reading));
        assert_eq!(reading.counts.kept, kept, "{path}: {:#?}", words(&reading));
    }
    for path in ["attributes", "links", "note", "origin", "utf16", "bytes"] {
        let reading = read(&with(&format!("/sheets/0/annotations/0/{path}"), None));
        assert_eq!((reading.counts.kept, reading.issues), (5, Vec::new()), "{path}");
    }
}

/// What a changed annotation comes to: its words or nothing, its origin, and what is said.
fn check(changes: Value, words: Option<&str>, origin: Origin, expected: &str) {
    let mut file = good();
    let annotation = file.pointer_mut("/sheets/0/annotations/1").expect("an annotation");
    assert_eq!(annotation["quote"]["exact"], "Zoë");
    for (name, value) in changes.as_object().expect("fields") {
        annotation[name] = value.clone();
    }
    let reading = read(&file.to_string());
    let found = reading.sheets[0].1.iter().find(|a| a.id.as_str() == "a-w-00004");
    let text = &reading.articles[0].text;
    assert_eq!(found.map(|a| (text.slice(a.span), a.origin)), words.map(|words| (words, origin)), "{changes}");
    assert!(expected.is_empty() == reading.issues.is_empty(), "{changes}: {:#?}", reading.issues);
    assert!(expected.is_empty() || says(&reading, expected), "{changes}: {:#?}", reading.issues);
    assert_eq!(reading.counts.kept + reading.counts.set_aside, reading.counts.read);
}

#[test]
fn an_annotation_is_believed_only_where_its_quotation_stands() {
    const NOWHERE: &Value = &Value::Null;
    let there = |exact: &str| json!({"exact": exact, "prefix": "", "suffix": ""});
    let off = json!({"start": 0, "end": 3});
    for (changes, words, origin, expected) in [
        (json!({}), Some("Zoë"), Origin::Hand, ""),
        (json!({"start": 12, "end": 15}), Some("Zoë"), Origin::Hand, "its offsets in UTF-16 units fit"),
        (json!({"start": 12, "end": 15, "utf16": NOWHERE}), Some("Zoë"), Origin::Hand, "its offsets in bytes fit"),
        (json!({"utf16": off}), Some("Zoë"), Origin::Hand, "its offsets in UTF-16 units say another place"),
        (json!({"utf16": off, "bytes": off}), Some("Zoë"), Origin::Hand, "in UTF-16 units and bytes say"),
        (
            json!({"start": 1, "utf16": off, "bytes": off}),
            Some("Zoë"),
            Origin::Anchored,
            "it was moved to where they stand, code points 11 to 14",
        ),
        (
            json!({"start": 4_000_000_000_u32, "utf16": off, "bytes": off}),
            Some("Zoë"),
            Origin::Anchored,
            "it was moved",
        ),
        (
            json!({"quote": there("No"), "start": 1, "end": 3, "utf16": off, "bytes": off}),
            Some("No"),
            Origin::Hand,
            "say another place",
        ),
        (
            json!({"quote": there("No"), "start": 2}),
            None,
            Origin::Hand,
            "several places have the words of its quotation “No”; it was set aside",
        ),
        (
            json!({"quote": there("Zoe")}),
            None,
            Origin::Hand,
            "neither its offsets fit nor does the text have the words of its quotation “Zoe”",
        ),
        (json!({"quote": there("")}), None, Origin::Hand, "it covers no words; it was set aside"),
        (
            json!({"quote": {"exact": "Zoë", "prefix": "Ms ", "suffix": ""}}),
            Some("Zoë"),
            Origin::Hand,
            "what the file says stands around them does not",
        ),
        (json!({"quote": NOWHERE, "end": 12}), Some("Z"), Origin::Hand, "taken unchecked"),
        (
            json!({"quote": NOWHERE, "start": 12, "end": 12, "utf16": NOWHERE, "bytes": NOWHERE}),
            None,
            Origin::Hand,
            "it covers no words",
        ),
        (
            json!({"quote": NOWHERE, "start": 12, "end": 99, "utf16": NOWHERE, "bytes": NOWHERE}),
            None,
            Origin::Hand,
            "no offsets inside the text",
        ),
        (json!({"quote": there("👍"), "start": 15, "end": 16}), Some("👍"), Origin::Hand, "cuts through a character"),
        (json!({"label": "rumour"}), None, Origin::Hand, "its label “rumour” is not in the file's scheme"),
        (
            json!({"attributes": {"type": "planet"}}),
            Some("Zoë"),
            Origin::Hand,
            "“planet” is not one of the values of “type”; kept",
        ),
        (
            json!({"attributes": {"size": "tall"}}),
            Some("Zoë"),
            Origin::Hand,
            "the label “entity” has no attribute “size”; kept",
        ),
        (json!({"attributes": {"name": "Zoë H."}}), Some("Zoë"), Origin::Hand, ""),
        (
            json!({"links": [{"type": "same-as", "to": "a-gone"}]}),
            Some("Zoë"),
            Origin::Hand,
            "which is not on the sheet of A1; the link was kept",
        ),
        (json!({"created": "2031-03-14T09:26:53Z"}), Some("Zoë"), Origin::Hand, "read as 2031-03-14T09:26:53.000Z"),
        (json!({"created": "last week"}), Some("Zoë"), Origin::Hand, "the time counts as unknown"),
        (json!({"status": "rejected"}), Some("Zoë"), Origin::Hand, "“status” is “rejected”, which is not known here"),
        (json!({"origin": "oracle"}), Some("Zoë"), Origin::File, "“origin” is “oracle”, which is not known here"),
        (json!({"id": "a-w-00003"}), None, Origin::Hand, "another one on its sheet has the same id"),
        (json!({"id": "x".repeat(201)}), None, Origin::Hand, "its id is empty, longer than 200 bytes"),
    ] {
        check(changes, words, origin, expected);
    }
}

#[test]
fn the_same_label_twice_on_the_same_words_is_taken_as_it_is() {
    let mut file = good();
    let mut twin = file["sheets"][0]["annotations"][1].clone();
    twin["id"] = json!("a-twin");
    file["sheets"][0]["annotations"].as_array_mut().expect("a list").push(twin.clone());
    // A second part of the same sheet is the same sheet.
    twin["id"] = json!("a-other-twin");
    let part = json!({"article": "t-w-00001", "annotator": "A1", "annotations": [twin]});
    file["sheets"].as_array_mut().expect("a list").push(part);
    let reading = read(&file.to_string());
    assert_eq!((reading.counts.read, reading.counts.kept, reading.counts.set_aside), (7, 7, 0));
    let sheet = &reading.sheets[0].1;
    let on_the_same = sheet.iter().filter(|it| it.span == sheet[1].span && it.label == sheet[1].label);
    assert_eq!(on_the_same.count(), 3);
}

#[test]
fn articles_and_sheets_that_do_not_fit_together_are_set_aside() {
    let mut file = good();
    let again = file["articles"][1].clone();
    file["articles"].as_array_mut().expect("a list").push(again);
    file["sheets"][0]["article"] = json!("t-gone");
    let reading = read(&file.to_string());
    assert_eq!((reading.articles.len(), reading.counts.set_aside), (2, 3));
    assert!(says(&reading, "article “t-w-00002”: another one before it has the same id"));
    assert!(says(&reading, "sheet “t-gone”: its article is not in the file; its 3 annotations were set aside"));
}

#[test]
fn a_changed_text_is_taken_and_its_annotations_found_again() {
    let mut file = good();
    let text = file["articles"][0]["text"].as_str().expect("a text").replace("\r\n", "\n");
    file["articles"][0]["text"] = json!(format!("Late news: {text}"));
    let reading = read(&file.to_string());
    assert!(says(&reading, "article “t-w-00001”: the SHA-256 in the file is not that of the text in the file"));
    assert!(says(&reading, "“code_points” of the length is 27, but the text has 36"), "{:#?}", words(&reading));
    assert_eq!((reading.counts.kept, reading.counts.moved), (5, 4), "{:#?}", words(&reading));
    for (key, annotations) in &reading.sheets {
        let article = reading.articles.iter().find(|a| a.id == key.article).expect("its article");
        for annotation in annotations {
            let old = good();
            let all = old["sheets"]
                .as_array()
                .expect("sheets")
                .iter()
                .flat_map(|s| s["annotations"].as_array().expect("a list"));
            let was = all.clone().find(|a| a["id"] == annotation.id.as_str()).expect("the annotation");
            assert_eq!(was["quote"]["exact"], article.text.slice(annotation.span));
        }
    }
}

#[test]
fn repeated_fields_are_told_of_and_the_last_counts() {
    let file = export(&small());
    for (once, twice) in [
        ("\"note\":\"\",", "\"note\":\"first\",\"note\":\"\","),
        ("\"title\": \"About t-w-00001\"", "\"title\": 5, \"title\": \"About t-w-00001\""),
        ("\"version\": 1,", "\"version\": 7, \"version\": 1,"),
        ("\"form\":\"direct\"", "\"form\":\"mixed\",\"form\":\"direct\""),
        ("\"locale\": \"en-CA\"", "\"locale\": \"fr\", \"locale\": \"en-CA\""),
        ("\"format\": \"annotator-project\"", "\"format\": \"other\", \"format\": \"annotator-project\""),
    ] {
        let twice = file.replacen(once, twice, 1);
        assert_ne!(twice, file, "{once}");
        let reading = read(&twice);
        assert_eq!(reading.issues.len(), 1, "{once}: {:#?}", words(&reading));
        assert!(says(&reading, "is there twice; the last one was taken"), "{once}");
        let plan = formats::plan(&reading, &Workspace::default(), &writer(), &moment(1));
        assert_eq!(export(&apply(&plan, &Workspace::default())), file);
    }
}

#[test]
fn a_newer_version_is_read_and_nothing_of_it_is_lost() {
    let newer = json!({"new": [1, {"deep": null}], "é": "👍"});
    let mut file = good();
    file["version"] = json!(7);
    for path in [
        "",
        "/scheme",
        "/scheme/labels/1",
        "/scheme/labels/1/attributes/0",
        "/scheme/labels/1/links/0",
        "/annotators/0",
        "/articles/1",
        "/articles/1/length",
        "/sheets/0",
        "/sheets/2",
        "/sheets/0/annotations/1",
        "/sheets/0/annotations/1/utf16",
        "/sheets/0/annotations/1/bytes",
        "/sheets/0/annotations/1/quote",
        "/sheets/0/annotations/0/links/0",
    ] {
        let object = file.pointer_mut(path).and_then(Value::as_object_mut).unwrap_or_else(|| panic!("{path}"));
        object.insert("newer".into(), newer.clone());
    }
    let (workspace, plan) = import(&file.to_string(), &Workspace::default());
    assert_eq!(plan.issues, []);
    let reading = read(&file.to_string());
    assert_eq!(
        reading.issues.iter().map(|i| i.severity).collect::<Vec<_>>(),
        [Severity::Note],
        "{:#?}",
        words(&reading)
    );
    file["version"] = json!(1);
    let again = export(&workspace);
    assert_eq!(serde_json::from_str::<Value>(&again).expect("JSON"), file);
    // And it stays so through the stored form of a snapshot and of the log.
    let texts =
        |hash: &annotator::text::TextHash| reading.articles.iter().map(|a| a.text.clone()).find(|t| t.hash() == hash);
    let stored = record::decode_snapshot(&record::encode_snapshot(&workspace), &texts).expect("a snapshot");
    assert_eq!(export(&stored), again);
    let entry = record::Entry {
        kind: record::EntryKind::Do,
        title: "Import".into(),
        at: moment(1),
        next_id: plan.next_id,
        changes: plan.changes.into(),
    };
    assert_eq!(record::Entry::decode(&entry.encode(), &texts), Ok(entry));
}

#[test]
fn half_a_surrogate_pair_becomes_a_replacement_character_and_is_told_of() {
    let file = export(&small()).replacen("We open at nine.", "We open at\\ud83dnine.", 1);
    let reading = read(&file);
    assert_eq!(reading.articles[1].text.as_str(), "We open at\u{fffd}nine.");
    assert!(says(&reading, "half of a UTF-16 surrogate pair stands alone"), "{:#?}", words(&reading));
    assert_eq!((reading.counts.kept, reading.counts.set_aside), (4, 1));
}

#[test]
fn a_sheet_of_nobody_goes_to_the_only_annotator() {
    let mut file = good();
    file["annotators"] = json!([{"code": "Z9"}]);
    file["sheets"][0].as_object_mut().expect("a sheet").shift_remove("annotator");
    let reading = read(&file.to_string());
    assert_eq!(reading.sheets[0].0.annotator.as_str(), "Z9");
    assert!(says(&reading, "“annotator” is missing; taken as Z9, the only annotator of the file"));
}
