//! Exports of Hypothesis: what comes of them, and of damage.

use crate::drawn::{issues, read, written};
use crate::law::{check_law, import};
use crate::make::{add_article, article, moment, small};
use annotator::formats::Reading;
use annotator::formats::catalog;
use annotator::formats::file::InFile;
use annotator::formats::options::Options;
use annotator::model::*;

const CLASS: &str = include_str!("fixtures/hypothesis/class.json");
const TEXT: &str = "Kiln news\r\n\r\n👍 The kiln opens\r\non Monday, said Noor Vale.\r\n\r\nThe kiln was cold.\r\n";

fn here() -> Workspace {
    let mut here = Workspace::default();
    add_article(&mut here, article("t-w-00001", "Cats sit. The kiln."));
    add_article(&mut here, article("t-w-00002", TEXT));
    here
}

fn read_class(here: &Workspace) -> Reading {
    read("class.json", CLASS, "hypothesis", here)
}

#[test]
fn words_say_where_annotations_stand() {
    let reading = read_class(&here());
    let article = &reading.articles[0];
    let found: Vec<_> = reading
        .sheets
        .iter()
        .flat_map(|(key, annotations)| annotations.iter().map(move |a| (key.annotator.as_str(), a)))
        .map(|(who, a)| format!("{who} {}: {} ({})", a.label, article.text.slice(a.span), a.note))
        .collect();
    assert_eq!(found, ["ida claim: The kiln opens\r\non Monday, (Who says so?)", "ray highlight: The kiln ()"]);
    assert_eq!(article.id.as_str(), "t-w-00002");
    let claim = &reading.sheets[0].1[0];
    assert_eq!(claim.attributes.get(&AttributeId::new("type")).map(|value| &**value), Some("fact"));
    assert_eq!(claim.created.as_str(), "2031-03-14T09:26:53.123Z");
    // By its order the second of two places.
    assert_eq!(reading.sheets[1].1[0].span.start().get(), 61);
    let issues = issues(&reading);
    for start in [
        "line 45, column 5: annotation: it is an answer to another one, and stands on no words of its own; it was set aside",
        "line 54, column 5: annotation: it is on no words: a note on all of the page; it was set aside",
        "line 62, column 5: annotation “kQ41”: the text of “https://elsewhere.example/cats” is neither in the file nor here",
        "line 6, column 5: the text of “https://paper.example/kiln” is not in the file; its annotations were put on",
        "line 6, column 5: the words of 1 annotations of “https://paper.example/kiln” stand in several places",
        "line 6, column 5: the label “Claim” was taken as “claim”",
    ] {
        assert!(issues.iter().any(|issue| issue.starts_with(start)), "{start}\n{issues:#?}");
    }
    assert_eq!((issues.len(), reading.counts.set_aside), (6, 3), "{issues:#?}");
}

#[test]
fn what_nothing_here_knows_goes_back() {
    let here = here();
    let after = import(&read_class(&here), &here);
    let format = catalog::by_id("hypothesis").expect("the format");
    let written = written(&after, "hypothesis", &[]);
    for part in [
        "\"id\":\"kQ3x\"",
        "\"user\":\"acct:ida@notes.example\"",
        "\"uri\":\"https://paper.example/kiln\"",
        "\"tags\":[\"claim\",\"type: fact\",\"week 3\",\"type: cause\"]",
        "\"tags\":[]",
        "\"group\":\"__world__\"",
        "\"startContainer\":\"/p[1]\"",
        "\"document\":{\"title\":[\"The kiln | Paper\"]}",
        // UTF-16: the emoji counts twice.
        "\"start\":16,\"end\":42",
    ] {
        assert!(written.contains(part), "{part} is not in {written}");
    }
    check_law(format, &[], &after);
}

#[test]
fn damage_takes_only_what_it_hits() {
    let here = here();
    for cut in (0..CLASS.len()).filter(|at| CLASS.is_char_boundary(*at)).step_by(11) {
        let file = InFile::new("class.json", &CLASS[..cut]);
        let context = catalog::Context {
            here: &here,
            taken: &[],
            now: &moment(50),
            options: &Options::default(),
            progress: &|_| {},
        };
        let format = catalog::by_id("hypothesis").expect("the format");
        if let Ok(reading) = (format.reads.as_ref().expect("it is read").read)(&[&file], &context) {
            assert!(!reading.issues.is_empty(), "{cut}");
        }
    }
    check_law(catalog::by_id("hypothesis").expect("the format"), &[], &small());
}

#[test]
fn a_page_without_an_address_is_called_so() {
    let said = r#"{"export_userid":"acct:ida@notes.example","annotations":[{"id":"k","user":"acct:ida@notes.example","uri":"","tags":["Claim"],"target":[{"selector":[{"type":"TextQuoteSelector","exact":"Dogs"}]}]}]}"#;
    let reading = read("class.json", said, "hypothesis", &here());
    let expected = "annotation “k”: the text of a page without a name is neither in the file nor here";
    assert!(issues(&reading)[0].contains(expected), "{:?}", issues(&reading));
}
