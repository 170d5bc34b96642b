//! JSON Lines with spans, as Prodigy, spaCy and datasets have them.

use crate::drawn::{annotations, issues, read, written};
use crate::law::import;
use annotator::model::*;

#[test]
fn tasks_of_prodigy_are_read() {
    let reading = read("news.jsonl", include_str!("fixtures/jsonl/prodigy.jsonl"), "jsonl", &Workspace::default());
    assert_eq!(
        annotations(&reading),
        [
            "news-ana PERSON: Ana Ruiz | {\"jsonl\":{\"id\":1}}",
            "news-ana quote: “We open.” | speaker → Ana Ruiz{\"jsonl\":{\"color\":\"#c5bdf4\"}}",
            "news-bo claim: It rained. | proposed | {\"jsonl\":{\"source\":\"model-3\",\"score\":0.71}}",
            "A1 A: By | next → token",
            "A1 B: token | {\"jsonl\":{\"id\":2}}",
        ]
    );
    assert_eq!(
        issues(&reading),
        [
            "line 2, column 140: line: its annotations were not accepted there, so they were taken as proposed",
            "line 3, column 366: relation “lost”: one of its ends is no span of the line; it was left out",
            "the tokens of 2 lines were not kept; writing makes them anew",
            "the file quotes no words to check its offsets by; they were taken as code points, which matters for 1 of the \
             annotations",
        ]
    );
    let first = &reading.articles[0];
    assert_eq!((first.source.as_str(), first.title.as_str()), ("Lantern Lane Wire", ""));
    assert_eq!(
        first.extra.as_json(),
        "{\"jsonl\":{\"_input_hash\":-1842734674,\"_task_hash\":636683182,\"_view_id\":\"relations\",\"answer\":\"accept\",\
         \"_session_id\":\"news-ana\",\"meta\":{\"page\":4}}}"
    );
    // All of it goes back to a file of this kind and to no other.
    let workspace = import(&reading, &Workspace::default());
    let back = written(&workspace, "jsonl", &[("relations", "tokens")]);
    for part in [
        "\"_input_hash\":-1842734674",
        "\"page\":4",
        "\"score\":0.71",
        "\"color\":\"#c5bdf4\"",
        "\"head\":10",
        "\"token_start\":6,\"token_end\":10,\"label\":\"quote\"",
        "{\"text\":\"👍\",\"start\":15,\"end\":16,\"id\":3,\"ws\":true}",
        "\"_annotator_id\":\"news-bo\"",
    ] {
        assert!(back.contains(part), "{part}\n{back}");
    }
    assert!(!written(&workspace, "doccano", &[]).contains("_input_hash"));
}

#[test]
fn documents_and_training_data_of_spacy_are_read() {
    let here = Workspace::default();
    let document = read("doc.json", include_str!("fixtures/jsonl/spacy-doc.json"), "jsonl", &here);
    assert_eq!(
        annotations(&document),
        [
            "A1 CLAUSE: Ruiz spoke. | group = sc | {\"jsonl\":{\"kb_id\":\"\"}}",
            "A1 PERSON: Ana Ruiz | {\"jsonl\":{\"kb_id\":\"Q7\"}}",
        ]
    );
    let training = read("train.json", include_str!("fixtures/jsonl/spacy-training.json"), "jsonl", &here);
    assert_eq!(
        annotations(&training),
        ["A1 PERSON: Ana Ruiz", "A1 PERSON: Bo | group = sc", "A1 VERB: left | group = sc"]
    );
    assert_eq!(
        issues(&training),
        ["line 3, column 68: span: expected a list of start, end and label; it was set aside"]
    );
    assert_eq!((training.counts.read, training.counts.set_aside), (4, 1));
}

#[test]
fn rows_of_datasets_are_read_and_what_is_wrong_is_told_with_its_place() {
    let reading = read("train.jsonl", include_str!("fixtures/jsonl/datasets.jsonl"), "jsonl", &Workspace::default());
    assert_eq!(
        annotations(&reading),
        [
            "A1 entity: Ana | {\"jsonl\":{\"id\":\"s1\"}}",
            "A1 quote: no | speaker → Ana | {\"jsonl\":{\"id\":\"s2\"}}",
            "A1 claim: left | {\"jsonl\":{\"id\":\"s2\"}}",
        ]
    );
    assert_eq!(
        issues(&reading),
        [
            "line 3, column 2: the line is no JSON: expected true, false or null here; it was passed over",
            "line 4, column 1: line: it has no text, which should be its field “text”; the line was passed over",
            "line 5, column 50: annotation “s1”: its offsets do not fit, and several places have the words of its quotation; \
             it was set aside",
            "line 5, column 110: annotation “s2”: the words at its offsets are not its quotation; it was moved to where they \
             stand, code points 4–8",
            "line 5, column 170: annotation “s3”: it has neither offsets nor a quotation; it was set aside",
            "line 5, column 189: span: “start”: expected an offset, found \"a\"; taken as if it were not there",
            "line 5, column 232: relation “speaker”: one of its ends is no span of the line; it was left out",
        ]
    );
    let back = written(&import(&reading, &Workspace::default()), "jsonl", &[]);
    assert!(
        back.starts_with("{\"id\":\"17\",\"text\":\"Ana said no.\",\"spans\":[{\"id\":\"s1\",\"start\":0,\"end\":3,"),
        "{back}"
    );
    assert!(back.contains("\"relations\":[{\"label\":\"speaker\",\"from\":\"s2\",\"to\":\"s1\"}]"), "{back}");
    assert!(back.contains("\"split\":\"train\""), "{back}");
}
