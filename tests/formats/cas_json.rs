//! UIMA CAS JSON: a file made by hand as INCEpTION writes them, damage, and what is written.

use crate::drawn::{annotations, issues};
use crate::law::check_law;
use crate::make::small;
use crate::shown::{read, read_with, try_read, written, written_of};
use annotator::formats::cas_json::FORMAT;
use annotator::formats::file::InFile;
use annotator::formats::{Reading, Severity};
use annotator::model::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const FERRY: &str = include_str!("fixtures/cas-json/ferry.json");

fn ferry() -> Reading {
    read(&[InFile::new("ferry.json", FERRY)], &Workspace::default())
}

/// A file with a text and some feature structures.
fn file(text: &str, structures: &[Value]) -> InFile {
    let sofa = json!({"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": text});
    let all: Vec<_> = std::iter::once(&sofa).chain(structures).collect();
    InFile::new("a.json", &json!({"%TYPES": {}, "%FEATURE_STRUCTURES": all, "%VIEWS": {}}).to_string())
}

#[test]
fn layers_of_a_project_are_understood() {
    let reading = ferry();
    let expected = [
        concat!(
            "A1 PER: Ann Osei | identifier = http://example.org/ann | ",
            r#"{"cas-json":{"id":5,"type":"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity","label-in":"value"}}"#,
        ),
        concat!(
            r#"A1 claim: Ferry fares stay | Basis → Ann Osei{"cas-json":{"feature":true}} | Voices → The board of the harbour"#,
            r#" | Type = fact | {"cas-json":{"id":6,"type":"webanno.custom.Claim","label-in":"","features":{"Weight":3}}}"#,
        ),
        r#"A1 entity: The board of the harbour | does → agreed | {"cas-json":{"id":7}}"#,
        r#"A1 Span: agreed | {"cas-json":{"id":8,"label-in":""}}"#,
    ];
    assert_eq!(annotations(&reading), expected);
    let expected = [
        "line 156, column 3: the label “Claim” was taken as “claim”, which is known here",
        "what is no label on words, such as tokens and sentences, was not kept, since INCEpTION makes it anew: 2 in all",
        "links in slots became links, which are written as relations: 1 in all",
    ];
    assert_eq!(issues(&reading), expected);
    let article = &reading.articles[0];
    assert_eq!((article.title.as_str(), article.id.as_str().ends_with("-ann")), ("ferry.txt", true));
}

/// The feature structures of a file by type, without their ids: what they refer to is told by where it stands.
fn structures(file: &str) -> Vec<String> {
    let file: Value = serde_json::from_str(file).expect("JSON");
    let all = file["%FEATURE_STRUCTURES"].as_array().expect("a list");
    let place = |id: &Value| {
        let found = all.iter().find(|structure| structure["%ID"] == *id).expect("what is referred to");
        json!([found["begin"], found["end"]])
    };
    let plain = |structure: &Value| {
        let mut fields = std::collections::BTreeMap::new();
        for (name, value) in structure.as_object().expect("an object") {
            match name.as_str() {
                "%ID" | "quotation" => {}
                _ if name.starts_with('@') => drop(fields.insert(name.clone(), place(value))),
                _ => drop(fields.insert(name.clone(), value.clone())),
            }
        }
        serde_json::to_string(&fields).expect("writes")
    };
    let mut plain: Vec<_> = all.iter().map(plain).collect();
    plain.sort();
    plain
}

#[test]
fn what_came_with_a_file_goes_back_into_it() {
    let files = written(&FORMAT, &ferry(), &[]);
    assert_eq!((files.len(), files[0].0.as_str()), (1, "work.json"));
    let mut before: Value = serde_json::from_str(FERRY).expect("JSON");
    let types = before["%TYPES"].clone();
    let after: Value = serde_json::from_str(&files[0].1).expect("JSON");
    let parts: Vec<_> = after.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(parts, ["%TYPES", "%FEATURE_STRUCTURES", "%VIEWS"]);
    // A relation leads to an annotation of another type.
    for end in ["Governor", "Dependent"] {
        assert_eq!(after["%TYPES"]["custom.Relation"][end]["%RANGE"], "uima.tcas.Annotation");
    }
    let types = types.as_object().expect("an object").iter().filter(|(name, _)| *name != "custom.Relation");
    for (name, definition) in types {
        for (field, value) in definition.as_object().expect("an object") {
            assert_eq!(after["%TYPES"][name][field], *value, "{field} of {name}");
        }
    }
    assert_eq!(after["%TYPES"]["webanno.custom.Claim"]["quotation"]["%RANGE"], "uima.cas.String");
    // Without tokens and sentences, and with the link of the slot as a relation.
    let all = before["%FEATURE_STRUCTURES"].as_array_mut().expect("a list");
    all.retain(|structure| ![3, 4, 10, 11].map(Value::from).contains(&structure["%ID"]));
    all[0]["mimeType"] = "text/plain".into();
    all[3].as_object_mut().expect("an object").shift_remove("@Voices");
    all.push(json!({"%ID": 12, "%TYPE": "custom.Relation", "@sofa": 1, "begin": 36, "end": 60, "@Governor": 6,
        "@Dependent": 7, "label": "Voices"}));
    assert_eq!(structures(&files[0].1), structures(&before.to_string()));
}

#[test]
fn basic_layers_get_labels_alone() {
    let files = written_of(&FORMAT, &small(), &[("features", "label"), ("annotators", "own")]);
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["work.about-t-w-00001.json", "work.about-t-w-00002.json"]);
    assert_eq!(files[0].1, include_str!("fixtures/cas-json/small.json"));
    check_law(&FORMAT, &[("features", "label")], &small());
}

#[test]
fn offsets_without_quotations_count_what_the_format_says() {
    // As code points the offsets would cut no word.
    let structure = json!({"%ID": 2, "%TYPE": "custom.Span", "@sofa": 1, "begin": 3, "end": 6, "label": "entity"});
    let cut = [file("👍 one two", &[structure])];
    assert_eq!(annotations(&read(&cut, &Workspace::default())), [r#"A1 entity: one | {"cas-json":{"id":2}}"#]);
    let told = read_with(&cut, &Workspace::default(), &[("unit", "code-points")]);
    assert_eq!(annotations(&told), [r#"A1 entity: ne  | {"cas-json":{"id":2}}"#]);
}

#[test]
fn damage_is_said_where_it_is_and_costs_no_more_than_it_must() {
    let span = |id: u32, more: Value| {
        let mut span = json!({"%ID": id, "%TYPE": "custom.Span", "label": "quote"});
        span.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        span
    };
    let relation =
        |from: u32, to: u32| json!({"%ID": 50, "%TYPE": "custom.Relation", "@Governor": from, "@Dependent": to});
    let damaged = file(
        "No, never.",
        &[
            span(2, json!({"begin": 0, "end": 2})),
            span(3, json!({"begin": 0, "end": 99})),
            span(4, json!({"begin": "0"})),
            span(5, json!({"begin": 0, "end": 1, "@sofa": 77})),
            relation(2, 99),
            json!([1]),
            json!({"%ID": 6, "%TYPE": "uima.cas.Sofa", "sofaURI": "http://example.org"}),
        ],
    );
    let reading = read(&[damaged], &Workspace::default());
    assert_eq!(annotations(&reading), [r#"A1 quote: No | {"cas-json":{"id":2}}"#]);
    let expected = [
        "line 1, column 163: annotation “3”: it has no quotation, and its offsets do not lie in the text; it was set aside",
        "line 1, column 230: annotation “4”: it has neither offsets nor a quotation; it was set aside",
        "line 1, column 290: annotation “5” of type “custom.Span”: its text is not there; it was set aside",
        "line 1, column 367: relation “Relation” from “2” to “99”: one of its ends is no annotation of this text; it was \
         left out",
        "line 1, column 434: feature structure: expected an object, found a list; it was passed over",
        "line 1, column 438: view: it has no text; what is annotated there was set aside",
    ];
    assert_eq!(issues(&reading), expected);
    let other =
        [InFile::new("a.json", r#"{"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaString":"a"},"#)];
    let cut = read(&other, &Workspace::default());
    assert_eq!((cut.articles.len(), cut.issues[0].severity), (1, Severity::Error));
    let none = [InFile::new("a.json", r#"{"%TYPES":{},"x":"\"%FEATURE_STRUCTURES\"" "#)];
    assert!(try_read(&none, &Workspace::default(), &[]).is_err());
}

proptest! {
    #[test]
    fn no_cut_is_too_strange(cut in any::<prop::sample::Index>(), from in any::<prop::sample::Index>()) {
        let chars: Vec<char> = FERRY.chars().collect();
        let (one, other) = (cut.index(chars.len()), from.index(chars.len()));
        let (start, end) = (one.min(other), one.max(other));
        let text: String = chars[..start].iter().chain(&chars[end..]).collect();
        let _ = try_read(&[InFile::new("a.json", &text)], &Workspace::default(), &[]);
    }
}
