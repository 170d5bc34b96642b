//! TEI P5 with stand-off annotations (Guidelines 4.9, chapters 16 and 17): a document for each article. Only written.
//!
//! The text stands untouched in one `ab`. In `standOff` a `span` points to its words with `string-range(id, start,
//! length)`, counted in code points, its label in a `taxonomy` and its annotator with `resp`. What else is said of an
//! annotation is a feature structure, a link is a `link`, its note stands in the `span`. Names of things
//! are escaped as `xml` does.

mod write;

use crate::formats::catalog::{Format, Likeness, Writes, alone, whole};
use crate::formats::loss::{Annotators, Holds, Links};

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "tei",
    name: "TEI P5 with stand-off",
    about: "For editions and archives in the humanities",
    extensions: &["xml"],
    looks_like: |_| Likeness::No,
    goes_with: alone,
    work: whole,
    reads: None,
    writes: Some(Writes { write: write::write, holds: |_| HOLDS, options: &[] }),
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
    times: true,
    fragments: true,
    ..Holds::SPANS
};
