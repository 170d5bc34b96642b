//! What is written is read again as it was, and everything in it is counted right.

use crate::make::*;
use annotator::formats::Severity;
use annotator::formats::project;
use annotator::model::*;
use annotator::text::{Offset, Span};
use proptest::prelude::*;
use serde_json::Value;
use std::rc::Rc;

#[test]
fn the_file_looks_as_documented() {
    let expected = include_str!("small.expected.json");
    assert_eq!(export(&small()), expected);
}

#[test]
fn a_small_workspace_comes_back_with_the_same_bytes() {
    let file = export(&small());
    assert_eq!(words(&read(&file)), Vec::<String>::new());
    let (back, plan) = import(&file, &Workspace::default());
    assert_eq!(export(&back), file);
    assert_eq!(plan.issues, []);
    assert_eq!((plan.summary.articles_new, plan.summary.annotations_added, plan.next_id), (2, 5, 8));
}

#[test]
fn only_what_is_asked_for_is_written() {
    let mut workspace = small();
    let second = workspace.article(&ArticleId::new("t-w-00002")).cloned();
    let some = project::write(&workspace, Some(&[ArticleId::new("t-w-00002")]), &moment(59), "test").content;
    let reading = read(&some);
    assert_eq!(reading.articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["t-w-00002"]);
    assert_eq!(reading.annotators, [AnnotatorCode::new("A1")]);
    assert_eq!(reading.counts.kept, 1);
    // The sheet outlives its article, but is not written without it.
    workspace.apply(&Change::Article { before: second, after: None });
    assert_eq!(read(&export(&workspace)).counts.read, 4);
}

#[test]
fn an_annotation_outside_its_text_is_told_of_and_still_written() {
    let mut workspace = small();
    add(&mut workspace, "t-w-00002", "A1", mark("a-out", "quote", 10, 40));
    let written = project::write(&workspace, None, &moment(59), "test");
    assert_eq!(written.issues.len(), 1);
    assert!(written.issues[0].to_string().contains("“a-out”"), "{}", written.issues[0]);
    // A reader says where the words really stand.
    let reading = read(&written.content);
    assert_eq!((reading.counts.kept, reading.counts.moved), (6, 1), "{:?}", words(&reading));
}

/// The three offsets of a place by the plainest count there is.
fn count(text: &str, code_points: usize) -> [u64; 3] {
    let before: String = text.chars().take(code_points).collect();
    [before.chars().count() as u64, before.encode_utf16().count() as u64, before.len() as u64]
}

/// Checks every number and quotation of a file against a count of its own.
fn check_counts(file: &str) {
    let file: Value = serde_json::from_str(file).expect("JSON");
    let list = |value: &Value, name: &str| value[name].as_array().expect("a list").clone();
    for article in list(&file, "articles") {
        let text = article["text"].as_str().expect("a text");
        let length = &article["length"];
        let claimed =
            [&length["code_points"], &length["utf16"], &length["bytes"]].map(|n| n.as_u64().expect("a number"));
        assert_eq!(claimed, count(text, usize::MAX));
    }
    for sheet in list(&file, "sheets") {
        let article = list(&file, "articles").into_iter().find(|a| a["id"] == sheet["article"]).expect("its article");
        let text: Vec<char> = article["text"].as_str().expect("a text").chars().collect();
        let whole: String = text.iter().collect();
        for annotation in list(&sheet, "annotations") {
            let [start, end] = ["start", "end"].map(|name| annotation[name].as_u64().expect("an offset") as usize);
            for (name, at) in [("start", start), ("end", end)] {
                let claimed = [&annotation[name], &annotation["utf16"][name], &annotation["bytes"][name]];
                assert_eq!(claimed.map(|n| n.as_u64().expect("an offset")), count(&whole, at));
            }
            let words = |from: usize, to: usize| text[from..to].iter().collect::<String>();
            assert_eq!(annotation["quote"]["exact"], words(start, end));
            assert_eq!(annotation["quote"]["prefix"], words(start.saturating_sub(32), start));
            assert_eq!(annotation["quote"]["suffix"], words(end, (end + 32).min(text.len())));
        }
    }
}

#[test]
fn the_nasty_sample_is_counted_right_at_every_code_point() {
    let mut workspace = Workspace::default();
    add_article(&mut workspace, article("t", FESTIVAL));
    let len = FESTIVAL.chars().count() as u32;
    for start in 0..len {
        add(&mut workspace, "t", "A1", mark(&format!("a-{start}"), "quote", start, (start + 1 + start % 50).min(len)));
    }
    let file = export(&workspace);
    check_counts(&file);
    let reading = read(&file);
    assert_eq!((reading.counts.kept, reading.counts.moved), (len as usize, 0));
    // Many of these cut an emoji or an accent from its letter, which is worth a note and no more.
    assert!(reading.issues.iter().all(|issue| issue.severity == Severity::Note));
    assert!(reading.issues.len() > 50, "{}", reading.issues.len());
}

#[test]
fn the_same_text_is_kept_once() {
    let mut workspace = Workspace::default();
    add_article(&mut workspace, article("t-1", MEALS));
    add_article(&mut workspace, article("t-2", MEALS));
    let reading = read(&export(&workspace));
    assert!(Rc::ptr_eq(&reading.articles[0].text, &reading.articles[1].text));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn write_then_read_is_the_identity(workspace in any_workspace()) {
        let file = export(&workspace);
        check_counts(&file);
        let reading = read(&file);
        prop_assert!(reading.issues.iter().all(|i| i.severity == Severity::Note), "{:?}", words(&reading));
        prop_assert_eq!(reading.counts.set_aside + reading.counts.moved, 0);
        let articles = workspace.articles();
        prop_assert_eq!(reading.articles.iter().collect::<Vec<_>>(), articles.clone());
        let sheets: Vec<_> = articles
            .iter()
            .flat_map(|a| workspace.sheets_of(&a.id).map(|(n, s)| {
                (SheetKey { article: a.id.clone(), annotator: n.clone() }, s.iter().cloned().collect::<Vec<_>>())
            }))
            .collect();
        prop_assert_eq!(&reading.sheets, &sheets);
        prop_assert_eq!(reading.scheme.as_ref(), Some(&**workspace.scheme()));
        let (back, plan) = import(&file, &Workspace::default());
        prop_assert_eq!(export(&back), file);
        prop_assert_eq!(plan.issues, []);
    }

    #[test]
    fn what_is_imported_twice_is_already_here(workspace in any_workspace()) {
        let file = export(&workspace);
        let (once, first) = import(&file, &Workspace::default());
        prop_assume!(once.article_count() > 0);
        let (twice, second) = import(&file, &once);
        prop_assert_eq!(second.changes, []);
        prop_assert_eq!(second.summary.already_here, first.summary.annotations_added);
        prop_assert_eq!(export(&twice), file);
    }

    #[test]
    fn offsets_counted_in_other_units_are_repaired(text in any_text(), start in any::<prop::sample::Index>(), len in 1u32..9) {
        prop_assume!(!text.is_empty());
        let mut workspace = Workspace::default();
        add_article(&mut workspace, article("t", &text));
        let total = text.chars().count();
        let start = start.index(total) as u32;
        let annotation = mark("a", "quote", start, (start + len).min(total as u32));
        let span: Span = annotation.span;
        add(&mut workspace, "t", "A1", annotation);
        let mut file: Value = serde_json::from_str(&export(&workspace)).expect("JSON");
        for unit in ["utf16", "bytes"] {
            // A program that counts in this unit alone, and says so nowhere.
            let wrong = file["sheets"][0]["annotations"][0][unit].clone();
            let target = &mut file["sheets"][0]["annotations"][0];
            (target["start"], target["end"]) = (wrong["start"].clone(), wrong["end"].clone());
            let reading = read(&file.to_string());
            let found = reading.sheets[0].1[0].span;
            let words = |span: Span| reading.articles[0].text.slice(span).to_owned();
            prop_assert_eq!(words(found), words(span));
            let same = wrong["start"] == span.start().get() && wrong["end"] == span.end().get();
            if !same {
                prop_assert!(reading.issues.iter().any(|i| i.severity == Severity::Warning), "{:?}", reading.issues);
            }
            if reading.counts.moved == 1 {
                prop_assert_eq!(found, Span::between(span.start(), Offset::new(span.end().get())));
            }
        }
    }
}
