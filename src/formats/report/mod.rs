//! A report to read, print and pass on: the marked articles in one page of HTML, with a legend, lists and counts.
//! Only written.
//!
//! The page is complete by itself: its one style sheet is in it, its policy allows just that one, by its hash, and
//! nothing else, no script at all. Every word from outside is escaped. Colour never stands alone: each label has its line, and on
//! paper each mark bears the number that it has in the list.

mod list;
mod marked;
mod page;

use crate::formats::catalog::{Format, Likeness, Writes, alone, whole};
use crate::formats::loss::{Annotators, Holds, Links};
use crate::formats::xml;
use crate::model::*;

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "report",
    name: "Report to read",
    about: "A page with the marked articles, for readers without the app and for paper",
    extensions: &["html"],
    looks_like: |_| Likeness::No,
    goes_with: alone,
    work: whole,
    reads: None,
    writes: Some(Writes { write: page::write, holds: |_| HOLDS, options: &[] }),
};

const HOLDS: Holds = Holds {
    ids: true,
    controls: false,
    fields: &["title", "source", "date", "byline"],
    annotators: Annotators::Held,
    attributes: true,
    links: Links::Inside,
    notes: true,
    status: true,
    fragments: true,
    scheme: true,
    ..Holds::SPANS
};

/// An annotation with its number in the list of its sheet.
struct Numbered<'a> {
    annotation: &'a Annotation,
    number: usize,
    label: Look<'a>,
}

/// What is seen of a label.
#[derive(Clone, Copy)]
struct Look<'a> {
    name: &'a str,
    colour: u8,
    line: &'static str,
}

impl<'a> Look<'a> {
    /// That of a label, also of one that the scheme does not have.
    fn of(id: &'a LabelId, scheme: &'a LabelScheme) -> Self {
        match scheme.label(id) {
            Some(label) => Self { name: &label.name, colour: label.colour.clamp(1, 8), line: label.line.as_str() },
            None => Self { name: id.as_str(), colour: 8, line: "solid" },
        }
    }

    /// Its classes in the style sheet.
    fn classes(self) -> String {
        format!("c{} {}", self.colour, self.line)
    }
}

/// The name that a thing has in the page.
fn id_of(kind: &str, id: &str) -> String {
    format!("{kind}.{}", xml::name(id))
}

/// Words as text of the page.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    xml::text(&mut out, words);
    out
}

/// Words as the value of an attribute of the page.
fn as_value(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    xml::value(&mut out, words);
    out
}

/// A number with what is counted.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
