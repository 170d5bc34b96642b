//! doccano's JSON Lines.

use crate::drawn::{annotations, issues, read, read_with, written};
use crate::law::import;
use annotator::model::*;

const SEQUENCE: &str = include_str!("fixtures/doccano/sequence.jsonl");

#[test]
fn labels_are_read_in_the_unit_that_cuts_fewer_words() {
    let reading = read("all.jsonl", SEQUENCE, "doccano", &Workspace::default());
    assert_eq!(
        annotations(&reading),
        ["A1 ORG: council", "A1 MISC: Dutch", "A1 LOC: Tarvale", "A1 PER: Ito", "A1 PER: Ito"]
    );
    let found = issues(&reading);
    assert_eq!(
        found,
        [
            "line 2, column 65: annotation from 11 to 14 as “PER”: the same label is on the same words already; both were \
             taken",
            "line 2, column 82: annotation from 0 to 99 as “PER”: it has no quotation, and its offsets do not lie in the text; \
             it was set aside",
            "line 2, column 98: label: expected a list of start, end and label, found [\"0\",2,\"PER\"]; it was set aside",
            "the file quotes no words to check its offsets by; they were taken as code points, which matters for 1 of the \
             annotations",
        ]
    );
    // The same as doccano's page counts: one further after the emoji.
    let page = SEQUENCE.replace("[41, 48", "[42, 49");
    let reading = read("all.jsonl", &page, "doccano", &Workspace::default());
    assert!(annotations(&reading).contains(&"A1 LOC: Tarvale".to_owned()), "{:?}", annotations(&reading));
    assert!(issues(&reading)[3].starts_with("the offsets were taken as UTF-16 units"), "{:?}", issues(&reading));
    let told = read_with("all.jsonl", &page, "doccano", &Workspace::default(), &[("unit", "code-points")]);
    // Told otherwise it is believed, and the last place is past the end.
    assert_eq!(annotations(&told), ["A1 ORG: council", "A1 MISC: Dutch", "A1 PER: Ito", "A1 PER: Ito"]);
}

#[test]
fn metadata_goes_back() {
    let reading = read("all.jsonl", SEQUENCE, "doccano", &Workspace::default());
    assert_eq!(reading.articles[0].title, "A bid");
    let workspace = import(&reading, &Workspace::default());
    let back = written(&workspace, "doccano", &[("unit", "utf-16")]);
    let first = "{\"id\":41,\"text\":\"The council turned down a Dutch bid \\ud83d\\udc4d in Tarvale\",\"label\":[[4,11,\"ORG\"],[26,31,\"MISC\"],\
                 [42,49,\"LOC\"]],\"title\":\"A bid\",\"source\":\"\",\"date\":\"\",\"Comments\":[\"check\"],\"outlet\":\"Lantern \
                 Lane Wire\"}\n";
    assert!(back.starts_with(first), "{back}");
}

#[test]
fn relations_are_links() {
    let text = include_str!("fixtures/doccano/relations.jsonl");
    let reading = read("all.jsonl", text, "doccano", &Workspace::default());
    assert_eq!(
        annotations(&reading),
        [
            "A1 ORG: Lantern Press | foundedAt → May 4, 2011 | foundedBy → Lena Park | {\"doccano\":{\"id\":0}}",
            "A1 DATE: May 4, 2011 | {\"doccano\":{\"id\":1}}",
            "A1 PERSON: Lena Park | {\"doccano\":{\"id\":2}}",
            "A1 PERSON: Omar Diaz | {\"doccano\":{\"id\":3}}",
        ]
    );
    assert_eq!(
        issues(&reading),
        ["line 1, column 493: relation from “9” to “2”: there is no entity “9”; it was left out"]
    );
    let back = written(&import(&reading, &Workspace::default()), "doccano", &[("relations", "yes")]);
    assert!(back.contains("{\"id\":3,\"label\":\"PERSON\",\"start_offset\":59,\"end_offset\":68}"), "{back}");
    assert!(back.contains("{\"id\":2,\"from_id\":0,\"to_id\":2,\"type\":\"foundedBy\"}"), "{back}");
}
