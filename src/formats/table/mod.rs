//! Tables for spreadsheets: CSV and TSV with a row for each annotation.
//!
//! RFC 4180 with a header: rows end in CR LF, cells with a separator, a quotation mark or a line break are quoted.
//! Offsets count code points, ends exclusive. UTF-8 with a mark of byte order, without which Excel reads it as
//! something else; none where tabs separate. A table holds the words of annotations but not the texts, so that it is
//! read where its articles are here already.
//!
//! A cell that begins like a formula is run as one by spreadsheets, and quotations often begin with a dash. Such a
//! cell gets an apostrophe before it, which reading takes away again ([`guarded`], [`unguarded`]).

mod cells;
mod columns;
mod read;
mod write;

use self::columns::Columns;
use crate::formats::catalog::{Format, Likeness, Reads, Writes, alone, whole};
use crate::formats::file::InFile;
use crate::formats::loss::{Annotators, Holds, Links, Unknown};
use crate::formats::options::{Choice, UNIT};
use crate::limits;

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "csv",
    name: "CSV or TSV",
    about: "A table for spreadsheets: a row for each annotation, without the texts",
    extensions: &["csv", "tsv", "tab"],
    looks_like,
    goes_with: alone,
    work: whole,
    reads: Some(Reads { read: read::read, options: &[UNIT] }),
    writes: Some(Writes { write: write::write, holds: |_| HOLDS, options: &[SEPARATOR] }),
};

/// What stands between cells.
const SEPARATOR: Choice = Choice {
    id: "separator",
    name: "Between cells",
    values: &[
        ("comma", "a comma"),
        ("semicolon", "a semicolon, as spreadsheets in German, French and other languages expect"),
        ("tab", "a tab"),
    ],
};

const HOLDS: Holds = Holds {
    ids: true,
    texts: false,
    unmarked: false,
    empty: false,
    fields: &["title"],
    annotators: Annotators::Held,
    attributes: true,
    links: Links::Inside,
    notes: true,
    status: true,
    extra: Unknown::OwnOfAnnotations,
    ..Holds::SPANS
};

fn looks_like(file: &InFile) -> Likeness {
    let is_table = |header: Vec<String>| header.len() <= limits::LIST && Columns::of(&header).is_usable();
    if cells::header(&file.text).is_some_and(is_table) { Likeness::Sure } else { Likeness::No }
}

/// Whether a cell would be run as a formula, or looks as if it had been kept from that.
fn is_risky(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\''])
}

/// A cell that no spreadsheet runs.
pub fn guarded(cell: &str) -> String {
    if is_risky(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell that was guarded.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.is_empty() || is_risky(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_what_could_be_run_is_guarded() {
        for (cell, expected) in [
            ("=SUM(A1)", "'=SUM(A1)"),
            ("– no", "– no"),
            ("-no", "'-no"),
            ("@all", "'@all"),
            ("'tis", "''tis"),
            ("no", "no"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), expected);
        }
        // Nobody guarded this one.
        assert_eq!(unguarded("'tis"), "'tis");
        assert_eq!(unguarded("'"), "");
    }

    proptest! {
        #[test]
        fn the_guard_is_taken_away_again(cell in "['=+@\\t\\r\\n-]{0,3}.{0,4}") {
            let guarded = guarded(&cell);
            prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(unguarded(&guarded), cell);
        }
    }
}
