//! All files of a work, read at once: each annotator's sheets come back as sheets of their own, in however many files
//! they were.

use crate::law::{self, blank, has_twins, holds, options, said, without_annotations, write_all};
use crate::make::*;
use crate::round_trip::{choices, samples, written};
use annotator::formats::Issue;
use annotator::formats::catalog::{self, Format};
use annotator::formats::file::InFile;
use annotator::formats::loss::{Holds, fit};
use annotator::model::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// All files that a workspace is written to.
fn files(format: &Format, chosen: &[(&str, &str)], workspace: &Workspace) -> Vec<InFile> {
    let options = options(format, chosen);
    let files = write_all(format, workspace, &options).files;
    files.into_iter().map(|file| InFile::new(file.name, &file.text)).collect()
}

/// What is here after all files of one import, and what was said.
fn import_all(files: &[InFile], chosen: &[(&str, &str)], here: Workspace) -> (Workspace, Vec<String>) {
    let (groups, unknown) = catalog::group(files, None);
    // A file without an article may well be refused.
    let is_empty = |file: &&InFile| file.text.is_empty();
    assert!(unknown.iter().all(is_empty), "{unknown:?}");
    let groups = groups.iter().filter(|group| !group.files.iter().all(is_empty));
    let (after, issues) = law::import_all(groups, chosen, here);
    (after, issues.iter().map(Issue::to_string).collect())
}

/// The lines of sheets by the text that they are on; those of several workspaces are put together.
fn sheets(workspaces: &[Workspace], format: &Format, holds: &Holds) -> BTreeMap<(String, AnnotatorCode), Vec<String>> {
    let mut sheets: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for workspace in workspaces {
        for article in workspace.articles() {
            for (code, sheet) in workspace.sheets_of(&article.id).filter(|(_, sheet)| !sheet.is_empty()) {
                let annotations: Vec<_> = sheet.iter().map(|annotation| (**annotation).clone()).collect();
                let lines = sheets.entry((article.text.as_str().to_owned(), code.clone())).or_default();
                lines.extend(annotations.iter().map(|a| format!("{:?}", said(a, &annotations, format, holds))));
                lines.sort();
            }
        }
    }
    sheets
}

/// The sheets without the names of their annotators.
fn nobodys(sheets: impl IntoIterator<Item = ((String, AnnotatorCode), Vec<String>)>) -> Vec<(String, Vec<String>)> {
    let mut nobodys: Vec<_> = sheets.into_iter().map(|((text, _), lines)| (text, lines)).collect();
    nobodys.sort();
    nobodys
}

/// A workspace with what one annotator did.
fn of_annotator(workspace: &Workspace, code: &AnnotatorCode) -> Workspace {
    let mut own = without_annotations(workspace);
    own.apply(&Change::Annotator { before: own.annotator().clone(), after: code.clone() });
    for (key, sheet) in workspace.all_sheets().filter(|(key, _)| key.annotator == *code) {
        for annotation in sheet.iter() {
            own.apply(&Change::Annotation { sheet: key.clone(), before: None, after: Some(annotation.clone()) });
        }
    }
    own
}

fn check_together(format: &Format, chosen: &[(&str, &str)], workspace: &Workspace) {
    let (options, holds) = (options(format, chosen), holds(format, chosen));
    let choices = format.writes.iter().flat_map(|writes| writes.options);
    let all: Vec<_> = choices.map(|choice| (choice.id, options.get(choice.id))).collect();
    let here = if holds.texts { blank(workspace) } else { without_annotations(workspace) };
    let (after, _) = import_all(&files(format, chosen, workspace), &all, here);
    let codes: BTreeSet<_> = match options.get("annotators") {
        "own" => BTreeSet::from([workspace.annotator().clone()]),
        _ => workspace.all_sheets().map(|(key, _)| key.annotator.clone()).collect(),
    };
    let of_code = |code| {
        let (parts, _) = fit(&of_annotator(workspace, code), &holds, format.id);
        let parts: Vec<_> = parts.into_iter().map(|part| part.workspace).collect();
        sheets(&parts, format, &holds)
    };
    let expected = nobodys(codes.iter().flat_map(of_code));
    let found = nobodys(sheets(&[after], format, &holds));
    let count = |sheets: &[(String, Vec<String>)]| sheets.iter().map(|(_, lines)| lines.len()).collect::<Vec<_>>();
    assert_eq!(count(&found), count(&expected), "{} {chosen:?}", format.id);
    assert!(found == expected, "{} {chosen:?}", format.id);
}

/// One article that two annotators agree on, but for what one of them left out.
fn agreed() -> Workspace {
    let mut workspace = Workspace::default();
    add_article(&mut workspace, article("t-w-00001", "“No rise,” Ann Osei said. Not now."));
    for (code, first, marks) in [
        ("A1", 10, &[("quote", 0, 10), ("claim", 1, 8), ("entity", 11, 19), ("claim", 26, 33)][..]),
        ("B2", 20, &[("quote", 0, 10), ("claim", 1, 8)][..]),
    ] {
        for (number, (label, start, end)) in (first..).zip(marks) {
            add(&mut workspace, "t-w-00001", code, mark(&format!("a-w-{number:05}"), label, *start, *end));
        }
    }
    workspace
}

#[test]
fn annotators_who_agree_are_still_two() {
    for format in written() {
        for chosen in choices(format) {
            check_together(format, &chosen, &agreed());
            check_together(format, &chosen, &samples());
            check_together(format, &chosen, &small());
        }
    }
}

#[test]
fn files_for_each_label_are_one_sheet_for_each_annotator() {
    let doccano = catalog::by_id("doccano").expect("a format");
    let mut files = files(doccano, &[("overlap", "per-label")], &agreed());
    let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
    let expected = [
        "work.a1-quote.jsonl",
        "work.a1-claim.jsonl",
        "work.a1-entity.jsonl",
        "work.b2-quote.jsonl",
        "work.b2-claim.jsonl",
    ];
    assert_eq!(names, expected);
    files[1].text = files[1].text.replace("[26,33,", "[26,99,");
    let (after, issues) = import_all(&files, &[], Workspace::default());
    let sheets: Vec<_> = after.all_sheets().map(|(key, sheet)| (key.annotator.as_str(), sheet.len())).collect();
    assert_eq!(sheets, [("A1", 3), ("doccano", 2)]);
    assert_eq!(
        issues,
        [
            "3 files for a label each were read as the work of one annotator: “work.a1-quote.jsonl”, “work.a1-claim.jsonl”, \
             “work.a1-entity.jsonl”",
            "the file quotes no words to check its offsets by; they were taken as code points, which matters for 3 of the \
             annotations",
            "“work.a1-claim.jsonl”, line 1, column 79: annotation from 26 to 99 as “claim”: it has no quotation, and its \
             offsets do not lie in the text; it was set aside",
            "2 files for a label each were read as the work of one annotator: “work.b2-quote.jsonl”, “work.b2-claim.jsonl”",
            "the file quotes no words to check its offsets by; they were taken as code points, which matters for 2 of the \
             annotations",
        ]
    );
    // What is here already is taken for the same, and nothing is added.
    files[1].text = files[1].text.replace("[26,99,", "[26,33,");
    let (once, _) = import_all(&files, &[], Workspace::default());
    let (twice, _) = import_all(&files, &[], once.clone());
    assert_eq!(twice.all_sheets().collect::<Vec<_>>(), once.all_sheets().collect::<Vec<_>>());
}

#[test]
fn labels_with_long_names_are_of_one_work_too() {
    let long = "statement of an official whose name is not said in the text";
    let mut workspace = agreed();
    for (number, code) in [(31, "A1"), (32, "B2")] {
        add(&mut workspace, "t-w-00001", code, mark(&format!("a-w-{number:05}"), long, 26, 33));
    }
    for id in ["doccano", "conll"] {
        let format = catalog::by_id(id).expect("a format");
        let here = without_annotations(&workspace);
        let (after, _) = import_all(&files(format, &[("overlap", "per-label")], &workspace), &[], here);
        let sheets: Vec<_> = after.all_sheets().map(|(key, sheet)| (key.annotator.as_str(), sheet.len())).collect();
        assert_eq!(sheets, [("A1", 5), (id, 3)]);
    }
}

#[test]
fn relations_lead_to_where_their_own_file_says() {
    let doccano = catalog::by_id("doccano").expect("a format");
    let mut workspace = agreed();
    let id = |number: u32| AnnotationId::new(format!("a-w-{number:05}"));
    for (from, to) in [(11, 13), (10, 12)] {
        let link = Link { kind: LinkTypeId::new("speaker"), to: id(to), extra: Extra::default() };
        let mut linked = (**workspace.own_sheet(&ArticleId::new("t-w-00001")).get(&id(from)).expect("a mark")).clone();
        linked.links.push(link);
        add(&mut workspace, "t-w-00001", "A1", linked);
    }
    let chosen = [("overlap", "per-label"), ("relations", "yes")];
    let (after, issues) = import_all(&files(doccano, &chosen, &workspace), &[], Workspace::default());
    assert!(issues.iter().all(|issue| !issue.contains("left out")), "{issues:#?}");
    let article = after.articles()[0].clone();
    let sheet = after.own_sheet(&article.id);
    let links: Vec<_> = sheet.iter().flat_map(|from| from.links.iter().map(move |link| (from, link))).collect();
    let words = |a: &Annotation| article.text.slice(a.span).to_owned();
    let drawn: Vec<_> =
        links.iter().map(|(from, link)| (words(from), sheet.get(&link.to).map(|to| words(to)))).collect();
    assert_eq!(drawn, [("No rise".to_owned(), Some("Not now".to_owned()))]);
}

#[test]
fn articles_with_one_text_keep_their_own_where_they_are() {
    let mut work = Workspace::default();
    for (article_id, id, label) in [("t-w-00001", "a-w-00003", "claim"), ("t-w-00002", "a-w-00004", "entity")] {
        add_article(&mut work, article(article_id, "We open."));
        add(&mut work, article_id, "A1", mark(id, label, 0, 2));
    }
    let here = without_annotations(&work);
    let of = |workspace: &Workspace, id: &str| {
        let labels: Vec<_> = workspace.own_sheet(&ArticleId::new(id)).iter().map(|a| a.label.to_string()).collect();
        (id.to_owned(), labels.join(" "))
    };
    let doccano = catalog::by_id("doccano").expect("a format");
    let files = files(doccano, &[], &work);
    // Beside both, each gets what is its own; beside one or none, there is one with all.
    let (after, _) = import_all(&files, &[], here.clone());
    assert_eq!([of(&after, "t-w-00001"), of(&after, "t-w-00002")], [of(&work, "t-w-00001"), of(&work, "t-w-00002")]);
    let (after, said) = import_all(&files, &[], Workspace::default());
    let id = after.articles()[0].id.to_string();
    assert_eq!((after.article_count(), of(&after, &id).1), (1, "claim entity".to_owned()), "{said:?}");
    let mut one = here;
    let second = one.article(&ArticleId::new("t-w-00002")).cloned();
    one.apply(&Change::Article { before: second, after: None });
    let (after, _) = import_all(&files, &[], one);
    assert_eq!((after.article_count(), of(&after, "t-w-00001").1), (1, "claim entity".to_owned()));
}

#[test]
fn a_file_that_is_there_twice_is_read_once() {
    let file = InFile::new("a/x.jsonl", r#"{"text":"No.","spans":[{"start":0,"end":2,"label":"claim"}]}"#);
    let other = InFile { name: "b/x.jsonl".into(), ..file.clone() };
    let (after, _) = import_all(&[file.clone(), other, file], &[], Workspace::default());
    let sheets: Vec<_> = after.all_sheets().map(|(key, sheet)| (key.annotator.as_str(), sheet.len())).collect();
    assert_eq!(sheets, [("A1", 1), ("jsonl", 1)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_work_comes_back_at_once(workspace in any_workspace(), pick in any::<prop::sample::Index>()) {
        // Files without an article may well be refused.
        let has_words = workspace.articles().iter().any(|article| !article.text.is_empty());
        prop_assume!(has_words && !has_twins(&workspace));
        for format in written() {
            let choices = choices(format);
            check_together(format, &choices[pick.index(choices.len())], &workspace);
        }
    }
}
