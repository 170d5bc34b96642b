//! CoNLL: files made by hand after the shared task and its like, damage, and what is written.

use crate::drawn::{annotations, issues};
use crate::law::{blank, import};
use crate::make::{add, add_article, article, mark, small};
use crate::shown::{read, written_of};
use annotator::formats::catalog;
use annotator::formats::conll::FORMAT;
use annotator::formats::file::InFile;
use annotator::model::*;
use proptest::prelude::*;

const IOB1: &str = include_str!("fixtures/conll/iob1.conll");
const DAMAGED: &str = include_str!("fixtures/conll/damaged.bilou");

#[test]
fn tokens_of_an_unknown_text_are_joined() {
    let reading = read(&[InFile::new("iob1.conll", IOB1)], &Workspace::default());
    let texts: Vec<_> = reading.articles.iter().map(|article| article.text.as_str()).collect();
    assert_eq!(texts, ["Harbour board Wednesday met .\nAnn Osei agreed", "Fares stay"]);
    assert_eq!(annotations(&reading), ["A1 ORG: Harbour board", "A1 ORG: Wednesday", "A1 PER: Ann Osei"]);
    let joined = "the file has no texts, only tokens; where no article here has just these, they were joined by blanks, so that the text \
         is not quite what was published: 2 in all";
    assert_eq!(issues(&reading), [joined]);
}

#[test]
fn tokens_of_an_article_that_is_here_stand_where_they_stood() {
    let mut here = Workspace::default();
    add_article(&mut here, article("t-w-00001", "Fares\u{a0}stay"));
    add_article(&mut here, article("t-w-00002", "Harbour board\r\nWednesday met.\n\n\tAnn Osei agreed\n"));
    let reading = read(&[InFile::new("iob1.conll", IOB1)], &here);
    assert_eq!(annotations(&reading), ["A1 ORG: Harbour board", "A1 ORG: Wednesday", "A1 PER: Ann Osei"]);
    assert_eq!(issues(&reading), [""; 0]);
    let after = import(&reading, &here);
    assert_eq!(after.article_count(), 2);
    let sheets: Vec<_> = after.sheets_of(&ArticleId::new("t-w-00002")).map(|(_, sheet)| sheet.len()).collect();
    assert_eq!(sheets, [3]);
}

#[test]
fn damage_is_said_where_it_is_and_costs_no_more_than_it_must() {
    let reading = read(&[InFile::new("damaged.bilou", DAMAGED)], &blank(&Workspace::default()));
    let expected = ["A1 quote: “ No , ”", "A1 entity: Ann", "A1 entity: Osei", "A1 claim: far", "A1 Long shot: yes"];
    assert_eq!(annotations(&reading), expected);
    let expected = [
        "line 8, column 1: annotation of “Osei” as “entity”: it has no tag for its end, as others have; it was taken to end \
         before the next",
        "line 10, column 1: “never\tX”: expected a token and a tag such as O or B-quote; the token was taken without a label",
        "line 11, column 1: “so”: expected a token and a tag such as O or B-quote; the token was taken without a label",
        "line 12, column 1: the token is nothing that can be seen; the line was passed over",
        "line 13, column 1: annotation of “far” as “claim”: it has no tag for its beginning, as others have; it was taken \
         to begin here",
        "line 14, column 1: the token is nothing that can be seen; the line was passed over",
        "line 15, column 1: annotation of “yes” as “Long_x0020_shot”: it has no tag for its beginning, as others have; it \
         was taken to begin here",
        "the file has no texts, only tokens; where no article here has just these, they were joined by blanks, so that the text \
         is not quite what was published: 1 in all",
    ];
    assert_eq!(issues(&reading), expected);
}

/// Nested and crossing annotations of one annotator.
fn nested() -> Workspace {
    let mut workspace = Workspace::default();
    add_article(&mut workspace, article("t-w-00001", "“No rise,” Ann Osei said.\r\n“Not now. Not ever.”"));
    for (number, (label, start, end)) in
        [("quote", 0, 10), ("claim", 1, 8), ("entity", 11, 19), ("quote", 27, 47), ("claim", 28, 35)]
            .into_iter()
            .enumerate()
    {
        add(&mut workspace, "t-w-00001", "A1", mark(&format!("a-w-{number:05}"), label, start, end));
    }
    workspace
}

#[test]
fn overlap_goes_into_files_by_label_or_only_the_outermost_is_written() {
    let files = written_of(&FORMAT, &nested(), &[]);
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["work.quote.conll", "work.claim.conll", "work.entity.conll"]);
    let quotes = "“\tB-quote\nNo\tI-quote\nrise\tI-quote\n,\tI-quote\n”\tI-quote\nAnn\tO\nOsei\tO\nsaid\tO\n.\tO\n\n\
                  “\tB-quote\nNot\tI-quote\nnow\tI-quote\n.\tI-quote\nNot\tI-quote\never\tI-quote\n.\tI-quote\n”\tI-quote\n\n";
    assert_eq!(files[0].1, quotes);
    let chosen = [("overlap", "outermost"), ("tags", "bilou"), ("columns", "four"), ("blank-lines", "sentences")];
    let files = written_of(&FORMAT, &nested(), &chosen);
    let all = "“ -X- _ B-quote\nNo -X- _ I-quote\nrise -X- _ I-quote\n, -X- _ I-quote\n” -X- _ L-quote\n\
               Ann -X- _ B-entity\nOsei -X- _ L-entity\nsaid -X- _ O\n. -X- _ O\n\n\
               “ -X- _ B-quote\nNot -X- _ I-quote\nnow -X- _ I-quote\n. -X- _ I-quote\nNot -X- _ I-quote\n\
               ever -X- _ I-quote\n. -X- _ I-quote\n” -X- _ L-quote\n\n";
    assert_eq!((files.len(), files[0].1.as_str()), (1, all));
}

#[test]
fn files_for_each_label_are_read_together() {
    let files: Vec<_> =
        written_of(&FORMAT, &nested(), &[]).iter().map(|(name, text)| InFile::new(name.as_str(), text)).collect();
    let expected = [
        "A1 quote: “No rise,”",
        "A1 quote: “Not now. Not ever.”",
        "A1 claim: No rise",
        "A1 claim: Not now",
        "A1 entity: Ann Osei",
    ];
    let here = annotations(&read(&files, &nested_text()));
    assert_eq!(here, expected);
    // The text of the first file serves for all, wherever these cut tokens.
    let joined = read(&files, &Workspace::default());
    assert_eq!((joined.articles.len(), joined.counts.kept, joined.issues.len()), (1, 5, 2));
    let mut broken = files.clone();
    broken[1].text = broken[1].text.replacen("B-claim", "I-claim", 1);
    let told = issues(&read(&broken, &nested_text()));
    assert!(
        told[0].starts_with("“work.claim.conll”, line 2, column 1: annotation of “No rise” as “claim”: it has no tag"),
        "{told:?}"
    );
}

#[test]
fn files_of_two_annotators_are_not_read_together() {
    let mut workspace = nested();
    add(&mut workspace, "t-w-00001", "B2", mark("a-w-00009", "quote", 0, 10));
    add(&mut workspace, "t-w-00001", "B2", mark("a-w-00010", "entity", 11, 15));
    let files: Vec<_> =
        written_of(&FORMAT, &workspace, &[]).iter().map(|(name, text)| InFile::new(name.as_str(), text)).collect();
    let (groups, unknown) = catalog::group(&files, None);
    let names: Vec<Vec<_>> =
        groups.iter().map(|group| group.files.iter().map(|file| file.name.as_str()).collect()).collect();
    let expected: [&[&str]; 2] = [
        &["work.a1-quote.conll", "work.a1-claim.conll", "work.a1-entity.conll"],
        &["work.b2-quote.conll", "work.b2-entity.conll"],
    ];
    assert!(unknown.is_empty());
    assert_eq!(names, expected);
}

/// The article without its annotations.
fn nested_text() -> Workspace {
    let mut workspace = Workspace::default();
    add_article(&mut workspace, (**nested().articles()[0]).clone());
    workspace
}

#[test]
fn several_articles_are_told_apart() {
    let files = written_of(&FORMAT, &small(), &[("overlap", "outermost"), ("annotators", "own")]);
    assert_eq!(files[0].1.matches("-DOCSTART-\tO\n\n").count(), 2);
}

proptest! {
    #[test]
    fn no_line_is_too_strange(lines in prop::collection::vec("[aO#-]{0,2}[\t ]{0,2}([BILUX]-[xé_]{0,2}|O|\r|\u{a0}){0,2}", 0..12)) {
        let reading = read(&[InFile::new("a.conll", &lines.join("\n"))], &Workspace::default());
        prop_assert!(reading.counts.set_aside == 0);
    }
}
