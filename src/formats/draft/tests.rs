//! What a builder makes of drafts, as a reader of any format would hand them over.

use super::*;
use crate::formats::catalog::Context;
use crate::formats::options::{Options, UNIT};
use crate::formats::{Issue, Reading};
use crate::model::*;
use crate::text::{Offset, Span, Text};
use std::rc::Rc;

const TEXT: &str = "👍 “We open,” said Zoë Ng.\r\nShe did.";

fn mark(label: &str, piece: (u32, u32), words: &str) -> MarkDraft {
    let quote = Some(QuoteDraft::new(words)).filter(|_| !words.is_empty());
    MarkDraft { label: label.into(), pieces: vec![piece], quote, ..MarkDraft::default() }
}

/// The reading of one article with marks, into what is here.
fn read_into(here: &Workspace, unit: &str, marks: Vec<MarkDraft>) -> Reading {
    let mut options = Options::of(&[UNIT]);
    options.set("unit", unit).expect("a unit");
    let now = Timestamp::parse("2031-03-14T09:26:53.589Z").expect("a moment");
    let context = Context { here, taken: &[], now: &now, options: &options, progress: &|_| {} };
    let mut builder = Builder::new("other", &context);
    builder.add(ArticleDraft { text: TEXT.into(), marks, ..ArticleDraft::default() });
    builder.finish()
}

fn read(marks: Vec<MarkDraft>) -> Reading {
    read_into(&Workspace::default(), "auto", marks)
}

/// The annotations as label, words and links.
fn found(reading: &Reading) -> Vec<String> {
    let text = &reading.articles[0].text;
    let annotations = reading.sheets.iter().flat_map(|(_, annotations)| annotations);
    let links = |a: &Annotation| a.links.iter().map(|link| format!(" {}→{}", link.kind, link.to)).collect::<String>();
    annotations.map(|a| format!("{}: {}{}", a.label, text.slice(a.span), links(a))).collect()
}

fn issues(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(Issue::to_string).collect()
}

#[test]
fn what_fits_is_taken_as_it_is() {
    let reading = read(vec![mark("quote", (2, 12), "“We open,”"), mark("PER", (18, 24), "Zoë Ng")]);
    assert_eq!(found(&reading), ["quote: “We open,”", "PER: Zoë Ng"]);
    assert_eq!(issues(&reading), Vec::<String>::new());
    let Reading { counts, annotators, scheme, .. } = reading;
    assert_eq!((counts.read, counts.kept, counts.moved, counts.set_aside, annotators.len()), (2, 2, 0, 0, 0));
    let labels: Vec<_> = scheme.expect("a scheme").labels.into_iter().map(|label| label.name).collect();
    assert_eq!(labels, ["Quote", "Claim", "Entity", "PER"]);
}

#[test]
fn the_unit_is_found_out_and_said() {
    let marks = || vec![mark("quote", (3, 13), "“We open,”"), mark("entity", (19, 25), "Zoë Ng")];
    let reading = read(marks());
    assert_eq!(found(&reading), ["quote: “We open,”", "entity: Zoë Ng"]);
    let said = "the offsets were taken as UTF-16 units, not as code points: of 2 annotations where it makes a difference, 2 \
                have their words there, and 0 as code points";
    assert_eq!((issues(&reading), reading.counts.moved), (vec![said.to_owned()], 0));
    let told = read_into(&Workspace::default(), "utf-16", marks());
    assert_eq!((found(&told), issues(&told)), (found(&reading), vec![]));
}

#[test]
fn what_does_not_fit_is_found_again_or_set_aside() {
    let reading = read(vec![
        mark("quote", (2, 12), "“We open,”"),
        mark("entity", (17, 20), "Zoë"),
        mark("entity", (5, 8), "Nobody"),
        mark("entity", (3, 900), ""),
        mark("", (18, 21), "Zoë"),
        mark("quote", (2, 12), "“We open,”"),
    ]);
    assert_eq!(found(&reading), ["quote: “We open,”", "entity: Zoë", "quote: “We open,”"]);
    assert_eq!(
        issues(&reading),
        [
            "annotation of “Zoë” as “entity”: the words at its offsets are not its quotation; it was moved to where they \
             stand, code points 18–21",
            "annotation of “Nobody” as “entity”: neither its offsets fit nor does the text have the words of its quotation; \
             it was set aside",
            "annotation from 3 to 900 as “entity”: it has no quotation, and its offsets do not lie in the text; it was set \
             aside",
            "annotation of “Zoë” as “”: it has no label; it was set aside",
            "annotation of ““We open,”” as “quote”: the same label is on the same words already; both were taken",
        ]
    );
    assert_eq!((reading.counts.read, reading.counts.kept, reading.counts.moved), (6, 3, 1));
}

#[test]
fn pieces_are_linked_and_those_with_white_space_between_are_one() {
    let mut pieces = mark("claim", (0, 0), "");
    pieces.pieces = vec![(27, 30), (18, 24), (3, 5)];
    (pieces.id, pieces.note) = ("T1".into(), "so".into());
    let mut whole = mark("claim", (0, 0), "");
    whole.pieces = vec![(18, 25), (27, 30)];
    whole.links = vec![LinkDraft { kind: "evidence".into(), to: "T1".into(), ..LinkDraft::default() }];
    whole.id = "T2".into();
    let reading = read(vec![pieces, whole]);
    let hash = reading.articles[0].text.hash().as_str().get(..12).expect("a hash").to_owned();
    let own = |id: &str| format!("a-{hash}-{id}");
    assert_eq!(
        found(&reading),
        [
            "claim: We".to_owned(),
            format!("claim: Zoë Ng continues→{}", own("T1")),
            format!("claim: She continues→{}", own("T1-2")),
            format!("claim: Zoë Ng.\r\nShe evidence→{}", own("T1")),
        ]
    );
    let annotations = &reading.sheets[0].1;
    assert!(annotations[1].links.iter().all(crate::formats::kept::is_fragment));
    assert_eq!((&*annotations[0].note, &*annotations[1].note), ("so", ""));
    assert_eq!(reading.articles[0].id.as_str(), format!("t-{hash}"));
}

#[test]
fn the_same_text_here_takes_it_as_another_annotators() {
    let mut here = Workspace::default();
    let article = Article {
        id: ArticleId::new("t-w-00001"),
        text: Rc::new(Text::new(TEXT)),
        title: "Open".into(),
        source: String::new(),
        date: String::new(),
        byline: String::new(),
        extractor: String::new(),
        encoding: String::new(),
        done: true,
        created: Timestamp::unknown(),
        changed: Timestamp::unknown(),
        extra: Extra::default(),
    };
    here.apply(&Change::Article { before: None, after: Some(Rc::new(article.clone())) });
    let keys = |reading: &Reading| reading.sheets.iter().map(|(key, _)| key.annotator.to_string()).collect::<Vec<_>>();
    let quote = || mark("quote", (2, 12), "“We open,”");
    // Nothing of one's own is there yet.
    let reading = read_into(&here, "auto", vec![quote()]);
    assert_eq!((keys(&reading), *reading.articles[0] == article), (vec!["A1".to_owned()], true));
    let span = Span::between(Offset::new(2), Offset::new(12));
    let own = Annotation::new(AnnotationId::new("a-w-00002"), LabelId::new("quote"), span, Timestamp::unknown());
    here.apply(&Change::Annotation { sheet: here.key(&article.id), before: None, after: Some(Rc::new(own)) });
    // Nothing new.
    assert_eq!(keys(&read_into(&here, "auto", vec![quote()])), ["A1"]);
    let reading = read_into(&here, "auto", vec![quote(), mark("claim", (3, 10), "We open")]);
    assert_eq!((keys(&reading), reading.annotators.len()), (vec!["other".to_owned()], 0));
    let named = MarkDraft { annotator: "Bea".into(), ..quote() };
    let reading = read_into(&here, "auto", vec![named]);
    assert_eq!((keys(&reading), reading.annotators), (vec!["Bea".to_owned()], vec![AnnotatorCode::new("Bea")]));
}

#[test]
fn what_nobody_is_named_for_joins_the_annotator_at_work() {
    let named = |words: &str, at| MarkDraft { annotator: "A1".into(), id: "a-x-1".into(), ..mark("claim", at, words) };
    let unnamed = |words: &str, at| MarkDraft { id: "a-x-1".into(), ..mark("claim", at, words) };
    let other = mark("claim", (18, 21), "Zoë");
    let reading =
        read(vec![named("We open", (3, 10)), unnamed("She", (26, 29)), mark("claim", (3, 10), "We open"), other]);
    assert_eq!((found(&reading), reading.sheets.len()), (vec!["claim: We open".to_owned(), "claim: Zoë".into()], 1));
    assert_eq!(
        (reading.counts.read, reading.counts.kept, reading.counts.set_aside),
        (4, 2, 2),
        "{:?}",
        issues(&reading)
    );
}

#[test]
fn new_labels_know_what_is_said_under_them() {
    let mut person = mark("PER", (18, 24), "Zoë Ng");
    person.attributes = vec![("gender".into(), "f".into()), ("".into(), "x".into())];
    person.id = "1".into();
    let mut pronoun = mark("PER", (27, 30), "She");
    pronoun.links = vec![
        LinkDraft { kind: "coref".into(), to: "1".into(), ..LinkDraft::default() },
        LinkDraft { kind: "coref".into(), to: "9".into(), ..LinkDraft::default() },
    ];
    let reading = read(vec![person, pronoun]);
    let scheme = reading.scheme.clone().expect("a scheme");
    let label = scheme.label(&LabelId::new("PER")).expect("the new label");
    let names = (label.attributes[0].name.as_str(), label.links[0].name.as_str());
    assert_eq!((label.attributes.len(), label.links.len(), names), (1, 1, ("gender", "coref")));
    assert_eq!(reading.issues.len(), 2, "{:?}", issues(&reading));
    assert!(issues(&reading)[1].contains("its link “coref” to “9” was left out"), "{:?}", issues(&reading));
}
