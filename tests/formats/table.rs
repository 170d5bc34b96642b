//! Tables for spreadsheets.

use crate::drawn::{annotations, issues, read, written};
use crate::law::import;
use crate::make::{add, add_article, article, mark};
use annotator::formats::catalog;
use annotator::formats::file::InFile;
use annotator::model::*;

fn here() -> Workspace {
    let mut here = Workspace::default();
    let mut meals = article("t-w-00001", "She said \"No,\" and -no and 'tis so.");
    meals.title = "Meals".into();
    add_article(&mut here, meals);
    add_article(&mut here, article("t-w-00002", "Another one."));
    here
}

#[test]
fn a_coders_table_is_read_where_its_articles_are() {
    let here = here();
    let reading = read("coded.csv", include_str!("fixtures/csv/coded.csv"), "csv", &here);
    assert_eq!(
        annotations(&reading),
        [
            "Bea quote: \"No,\" | note =not a sum\r\nline two | {\"csv\":{\"Colour\":\"red\"}}",
            "Bea claim: -no",
            "A1 claim: 'tis",
        ]
    );
    assert_eq!(
        issues(&reading),
        [
            "line 4, column 1: annotation of “-no” as “claim”: the words at its offsets are not its quotation; it was moved to \
             where they stand, code points 19–22",
            "line 5, column 14: expected an offset, found “four”; the words of the annotation count",
            "line 6, column 1: the row has 3 cells of 8; the others count as empty",
            "line 6, column 1: annotation as “quote”: it has neither offsets nor a quotation; it was set aside",
            "line 7, column 1: annotation: its article (“Other”, “”) is not here, and a table has no texts; open the article \
             first; it was set aside",
        ]
    );
    let workspace = import(&reading, &here);
    let table = written(&workspace, "csv", &[("separator", "semicolon")]);
    assert!(
        table.starts_with("\u{feff}article;title;annotator;id;label;start;end;text;note;status;Colour\r\n"),
        "{table}"
    );
    assert!(table.contains(";quote;9;14;\"\"\"No,\"\"\";\"'=not a sum\r\nline two\";confirmed;red\r\n"), "{table}");
    assert!(table.contains(";claim;19;22;'-no;;confirmed;\r\n"), "{table}");
    assert!(table.contains(";claim;27;31;''tis;;confirmed;\r\n"), "{table}");
}

#[test]
fn a_table_with_tabs_has_no_mark_of_byte_order() {
    let mut here = here();
    add(&mut here, "t-w-00002", "A1", mark("a-w-00003", "claim", 0, 7));
    let format = catalog::by_id("csv").expect("a format");
    let files = crate::law::write(format, &here, &crate::law::options(format, &[("separator", "tab")]));
    assert_eq!(files[0].name, "work.tsv");
    assert!(files[0].text.starts_with("article\ttitle\t"), "{}", files[0].text);
    let file = InFile::new("work.tsv", &files[0].text);
    assert_eq!(catalog::detect(&file).map(|format| format.id), Some("csv"));
}
