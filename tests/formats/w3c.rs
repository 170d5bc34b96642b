//! W3C Web Annotations of other programs: what comes of them, and of damage.

use crate::drawn::{annotations, issues, read, written};
use crate::law::{blank, check_law, import};
use crate::make::{FESTIVAL, add, add_article, article, mark, small};
use annotator::formats::Reading;
use annotator::formats::catalog;
use annotator::formats::file::InFile;
use annotator::formats::loss::Aspect;
use annotator::formats::options::Options;
use annotator::model::*;

const PAGE: &str = include_str!("fixtures/w3c/page.jsonld");

fn read_page(source: &str, here: &Workspace) -> Reading {
    read("page.jsonld", source, "w3c", here)
}

fn write(workspace: &Workspace) -> String {
    written(workspace, "w3c", &[])
}

#[test]
fn annotations_of_other_programs_are_read() {
    let reading = read_page(PAGE, &Workspace::default());
    assert_eq!(reading.articles[0].title, "Kiln street");
    let words: Vec<_> =
        annotations(&reading).iter().map(|line| line.split(" | {").next().unwrap_or(line).to_owned()).collect();
    assert_eq!(
        words,
        [
            "Ida highlighting: The kiln opens on Monday, | speaker → Noor Vale{\"w3c\":{\"id\":\"https://notes.example/kiln/3\",\
             \"body\":[{\"type\":\"TextualBody\",\"purpose\":\"commenting\",\"value\":\"By the caption.\"}]}} | note When, though?",
            "Ida Person: Noor Vale",
            "Ida claim: The kiln",
        ]
    );
    let issues = issues(&reading);
    let starts = [
        "the offsets were taken as UTF-16 units, not as code points: of 1 annotations where it makes a difference, 1 have",
        "line 90, column 5: annotation: expected an object, found a number; it was set aside",
        "line 5, column 11: the annotations of “https://notes.example/kiln/page-2” are not in this file",
        "line 87, column 21: selector: “start” or “end” is missing; the position was left out",
        "line 65, column 5: the label “Claim” was taken as “claim”",
        "line 81, column 5: annotation “https://notes.example/kiln/6”: it has neither offsets nor a quotation; it was set aside",
        "line 75, column 5: annotation “https://notes.example/kiln/5”: the text of “https://elsewhere.example/page” is neither",
    ];
    for start in starts {
        assert!(issues.iter().any(|issue| issue.starts_with(start)), "{start}\n{issues:#?}");
    }
    assert_eq!(issues.len(), starts.len(), "{issues:#?}");
}

#[test]
fn what_nothing_here_knows_goes_back() {
    let after = import(&read_page(PAGE, &Workspace::default()), &Workspace::default());
    let written = write(&after);
    for part in [
        "\"language\":\"en\"",
        "\"id\":\"urn:uuid:1c1b2a4e-0f63-4a4b-9a54-5d40f1c9b001\"",
        "\"creator\":{\"id\":\"https://people.example/ida\",\"type\":\"Person\",\"name\":\"Ida\"}",
        "\"motivation\":\"highlighting\"",
        "\"motivation\":[\"tagging\",\"identifying\"]",
        "\"stylesheet\":\"https://notes.example/one.css\"",
        "\"source\":\"https://paper.example/kiln\"",
        "{\"type\":\"XPathSelector\",\"value\":\"/html/body/p[1]\"}",
        "{\"type\":\"TextualBody\",\"purpose\":\"tagging\",\"value\":\"Speaker\"}",
        "\"https://who.example/photo\"",
    ] {
        assert!(written.contains(part), "{part} is not in {written}");
    }
    // A second time around nothing differs.
    let here = blank(&after);
    let again = import(&read_page(&written, &here), &here);
    assert_eq!(write(&again), written);
    check_law(catalog::by_id("w3c").expect("the format"), &[], &after);
}

#[test]
fn a_text_that_is_here_is_found_by_its_words() {
    let mut here = Workspace::default();
    add_article(&mut here, article("t-w-00001", FESTIVAL));
    let text = "Kiln news\n\n👍 The kiln opens\n on Monday, said Noor Vale.\n\nThe kiln was cold for years.";
    add_article(&mut here, article("t-w-00002", text));
    let source = r#"[{"type": "Annotation", "body": {"value": "Claim"}, "motivation": "classifying", "target": {
        "source": "https://paper.example/kiln", "selector": [
            {"type": "TextQuoteSelector", "exact": "The kiln opens on Monday,"},
            {"type": "TextPositionSelector", "start": 140, "end": 165}]}}]"#;
    let reading = read_page(source, &here);
    assert_eq!(
        annotations(&reading),
        ["A1 claim: The kiln opens\n on Monday, | {\"w3c\":{\"target\":{\"source\":\"https://paper.example/kiln\"}}}"]
    );
    assert!(issues(&reading)[0].contains("put on “About t-w-00002” by their words"), "{:?}", issues(&reading));
    assert_eq!(*reading.articles[0], **here.article(&ArticleId::new("t-w-00002")).expect("the article"));
}

#[test]
fn a_file_that_is_cut_off_gives_what_stands_before() {
    let whole = write(&small());
    for cut in (0..whole.len()).filter(|at| whole.is_char_boundary(*at)).step_by(7) {
        let files = [InFile::new("page.jsonld", &whole[..cut])];
        let format = catalog::by_id("w3c");
        let here = Workspace::default();
        let group = catalog::Group { format: format.expect("the format"), files: files.iter().collect() };
        let options = Options::default();
        let now = crate::make::moment(50);
        let context = catalog::Context { here: &here, taken: &[], now: &now, options: &options, progress: &|_| {} };
        let read = group.format.reads.as_ref().expect("it is read").read;
        if let Ok(reading) = read(&group.files, &context) {
            assert!(!reading.issues.is_empty(), "{cut}");
        }
    }
}

#[test]
fn an_empty_collection_has_no_page() {
    let mut here = small();
    for article in here.articles().into_iter().cloned().collect::<Vec<_>>() {
        here.apply(&Change::Article { before: Some(article), after: None });
    }
    let written = write(&here);
    assert!(written.contains("\"total\": 0") && !written.contains("\"first\""), "{written}");
    // The same words of two annotators stay apart.
    let mut two = Workspace::default();
    add_article(&mut two, article("t-w-00001", "We open."));
    add(&mut two, "t-w-00001", "A1", mark("a-w-00002", "claim", 0, 8));
    add(&mut two, "t-w-00001", "@ b/c", mark("a-w-00003", "claim", 0, 8));
    check_law(catalog::by_id("w3c").expect("the format"), &[], &two);
}

#[test]
fn pieces_of_an_interrupted_annotation_stay_pieces() {
    let mut here = Workspace::default();
    add_article(&mut here, article("t-w-00001", "“We,” she said, “open.”"));
    add(&mut here, "t-w-00001", "A1", mark("a-w-00002", "quote", 0, 5));
    let mut piece = mark("a-w-00003", "quote", 16, 23);
    let (kind, to) = (LinkTypeId::new("continues"), AnnotationId::new("a-w-00002"));
    piece.links.push(Link { kind, to, extra: Extra::new(r#"{"fragment":true}"#) });
    add(&mut here, "t-w-00001", "A1", piece);
    let loss = check_law(catalog::by_id("w3c").expect("the format"), &[], &here);
    assert_eq!(loss.count(Aspect::Fragments), 0, "{loss}");
}
