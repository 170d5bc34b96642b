//! The document on formats: what it says of what is kept is what the catalogue says, and its versions are those of the lock.

use annotator::formats::catalog::FORMATS;
use annotator::formats::loss::Holds;
use annotator::formats::options::Options;
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- what is kept -->\n";
const END: &str = "<!-- end of what is kept -->";

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("a file of the project")
}

/// The table of what each format that is written keeps, with the first value of every choice.
fn table() -> String {
    let written: Vec<_> = FORMATS.iter().filter_map(|format| Some((format, format.writes.as_ref()?))).collect();
    let row = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    let mut table = row(std::iter::once("").chain(written.iter().map(|(format, _)| format.id)).collect());
    table += &row(vec!["---"; written.len() + 1]);
    for words in Holds::EVERYTHING.kept() {
        let held = written.iter().map(|(_, writes)| {
            if (writes.holds)(&Options::of(writes.options)).kept().contains(&words) { "yes" } else { "–" }
        });
        table += &row(std::iter::once(words).chain(held).collect());
    }
    table
}

#[test]
fn the_table_is_that_of_the_catalogue() {
    let document = read("docs/formats.md");
    let (_, rest) = document.split_once(BEGIN).expect("the beginning of the table");
    let (found, _) = rest.split_once(END).expect("its end");
    assert_eq!(found, table(), "put this between the marks of docs/formats.md:\n{}", table());
}

#[test]
fn the_programs_have_the_versions_of_the_lock() {
    let (document, lock) = (read("docs/formats.md"), read("oracles/requirements.txt"));
    for name in read("oracles/requirements.in").lines().filter(|line| !line.starts_with('#')) {
        let locked = lock.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix("=="));
        let version = locked.and_then(|rest| rest.split_whitespace().next()).expect("it is in the lock");
        let row = format!("| `{name}` | {version} |");
        assert!(document.contains(&row), "docs/formats.md lacks the row {row}");
    }
}
