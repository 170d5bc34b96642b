//! The report of what a format can't hold, as a person reads it before anything is written.

use crate::law::{holds, options, write_all};
use crate::make::{add, add_article, article, mark};
use annotator::formats::catalog::{self, Written};
use annotator::formats::loss::fit;
use annotator::model::*;

/// One article with a nested annotation, one that cuts a word, one behind an emoji, and a second annotator.
fn work() -> Workspace {
    let mut work = Workspace::default();
    let mut first = article("t-w-00001", "“We open,” said Zoë 👍, at nine.");
    first.encoding.clear();
    add_article(&mut work, first);
    let mut quote = mark("a-w-00002", "quote", 0, 10);
    quote.note = "twice".into();
    quote.links =
        vec![Link { kind: LinkTypeId::new("speaker"), to: AnnotationId::new("a-w-00004"), extra: Extra::default() }];
    let mut claim = mark("a-w-00003", "claim", 1, 5);
    claim.status = Status::Proposed;
    for annotation in [quote, claim, mark("a-w-00004", "entity", 16, 19)] {
        add(&mut work, "t-w-00001", "A1", annotation);
    }
    add(&mut work, "t-w-00001", "B2", mark("a-w-00005", "entity", 26, 30));
    add(&mut work, "t-w-00001", "B2", mark("a-w-00006", "entity", 16, 19));
    work
}

/// The lines of the report, and the names of the files.
fn report(format: &str, chosen: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    report_of(format, chosen, &work())
}

fn report_of(format: &str, chosen: &[(&str, &str)], work: &Workspace) -> (Vec<String>, Vec<String>) {
    let format = catalog::by_id(format).expect("a format");
    let options = options(format, chosen);
    let Written { files, loss } = write_all(format, work, &options);
    // How and when annotations were made is much the same for all formats.
    let lines =
        loss.lines.iter().map(ToString::to_string).filter(|line| !line.contains("times") && !line.contains("origin"));
    (lines.collect(), files.into_iter().map(|file| file.name).collect())
}

#[test]
fn all_that_is_lost_is_named_and_counted() {
    let (lines, names) = report("doccano", &[]);
    assert_eq!(
        lines,
        [
            "2 annotators: in a file for each; only its name says whose it is (first: A1, B2)",
            "1 annotation that overlaps another: written, but some programs pass over such (first: “We o”)",
            "1 annotation behind an emoji or the like: written, but programs that count otherwise see other words there \
             (first: “nine”)",
            "1 link is left out (first: “““We open,””)",
            "1 note is left out (first: “““We open,””)",
            "1 proposed annotation counts as confirmed (first: “We o”)",
            "6 ids: made anew",
        ]
        .map(|line| line.replace("“““We open,””", "““We open,””"))
    );
    assert_eq!(names, ["work.a1.jsonl", "work.b2.jsonl"]);
}

#[test]
fn choices_change_what_is_lost() {
    let (lines, names) = report("doccano", &[("annotators", "own"), ("overlap", "outermost"), ("relations", "yes")]);
    assert_eq!(
        lines,
        [
            "1 annotator is left out (first: B2 with 2 of the annotations)",
            "1 annotation that overlaps another is left out (first: “We o”)",
            "1 note is left out (first: ““We open,””)",
            "3 ids: made anew",
        ]
    );
    assert_eq!(names, ["work.jsonl"]);
    let (lines, names) = report("doccano", &[("annotators", "own"), ("overlap", "per-label")]);
    assert_eq!(lines[1], "1 annotation that overlaps another: in a file for each label");
    assert_eq!(names, ["work.quote.jsonl", "work.claim.jsonl", "work.entity.jsonl"]);
    let (kept, _) = report("jsonl", &[]);
    assert_eq!(kept, ["1 annotation that cuts a word: written, but some programs pass over such (first: “We o”)"]);
    let (widened, _) = report("jsonl", &[("words", "widen")]);
    assert_eq!(widened, ["1 annotation that cuts a word is widened to whole words (first: “We o”)"]);
    assert_eq!(report("project", &[]), (vec![], vec!["work.json".to_owned()]));
}

#[test]
fn widened_annotations_have_whole_words() {
    let format = catalog::by_id("jsonl").expect("a format");
    let (parts, _) = fit(&work(), &holds(format, &[("words", "widen")]), format.id);
    let sheet = parts[0].workspace.own_sheet(&ArticleId::new("t-w-00001"));
    let claim = sheet.get(&AnnotationId::new("a-w-00003")).expect("the claim");
    assert_eq!(work().articles()[0].text.slice(claim.span), "We open");
}

#[test]
fn articles_with_one_text_are_told() {
    for (format, chosen, is_told) in [
        ("project", vec![], false),
        ("jsonl", vec![], false),
        ("label-studio", vec![], false),
        ("w3c", vec![], false),
        ("doccano", vec![("overlap", "per-label")], true),
        ("brat", vec![], true),
        ("conll", vec![], true),
        ("cas-json", vec![], true),
    ] {
        let mut work = work();
        add_article(
            &mut work,
            Article { title: "Later".into(), ..article("t-w-00007", "“We open,” said Zoë 👍, at nine.") },
        );
        add(&mut work, "t-w-00007", "A1", mark("a-w-00008", "entity", 1, 8));
        let lines = report_of(format, &chosen, &work).0;
        let told = "1 article with the text of another: written, but read again as one with it (first: “Later”)";
        assert_eq!(lines.iter().any(|line| line == told), is_told, "{format}: {lines:#?}");
    }
}
