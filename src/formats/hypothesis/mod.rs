//! The JSON that Hypothesis exports and imports: annotations of pages on the web, without their texts.
//!
//! A page's annotations have a position in UTF-16 units of the page's own text, end exclusive, and a quotation with
//! 32 characters of context. The text of the article is never quite that of the page, so that the words decide where an
//! annotation stands (`cited`) and the article must be here. The first tag is the label; a further one of the form `name: value`
//! is an attribute; the text is the note.
//!
//! Sources: the exporter of the client (`annotations-exporter.tsx`), its importer, and the schema of the API.

mod read;
mod tags;
mod write;

use crate::formats::catalog::{Format, Likeness, Reads, Writes, alone, whole};
use crate::formats::file::InFile;
use crate::formats::json::{Document, Json, Kind};
use crate::formats::loss::{Annotators, Holds, Unknown};
use crate::formats::options::Options;
use crate::formats::rows::{self, has};

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "hypothesis",
    name: "Hypothesis",
    about: "Annotations of pages on the web; the article must be here, since the file has no text",
    extensions: &["json"],
    looks_like,
    goes_with: alone,
    work: whole,
    reads: Some(Reads { read: read::read, options: &[] }),
    writes: Some(Writes { write: write::write, holds, options: &[] }),
};

/// The fields that a file may have its annotations under: those of an export and of the API.
const LISTS: [&str; 2] = ["annotations", "rows"];
/// What users made here are of: a name that nobody has (RFC 2606).
const AUTHORITY: &str = "annotator.invalid";

fn holds(_: &Options) -> Holds {
    Holds {
        ids: true,
        texts: false,
        unmarked: false,
        empty: false,
        fields: &["title"],
        annotators: Annotators::Held,
        attributes: true,
        notes: true,
        times: true,
        extra: Unknown::Own,
        ..Holds::SPANS
    }
}

fn looks_like(file: &InFile) -> Likeness {
    let row = rows::first(&file.text);
    let document = Document::parse(row.as_deref().unwrap_or(&file.text));
    let Some(root) = document.root().filter(|root| root.kind() == Kind::Object) else { return Likeness::No };
    let list = root.fields().find(|(name, _)| name.text().is_some_and(|(name, _)| LISTS.contains(&name)));
    let is_annotation = |at: Json<'_>| has(at, "uri") && (has(at, "target") || has(at, "references"));
    let is_export = ["export_userid", "client_version"].iter().any(|name| has(root, name));
    match list.map(|(_, list)| list.items().next()) {
        Some(None) if is_export => Likeness::Sure,
        Some(Some(first)) if is_annotation(first) => Likeness::Sure,
        None if is_annotation(root) => Likeness::Sure,
        _ => Likeness::No,
    }
}

/// The name of a user, without what it is of: `acct:name@authority`.
fn user_name(user: &str) -> &str {
    let name = user.strip_prefix("acct:").unwrap_or(user);
    name.rsplit_once('@').map_or(name, |(name, _)| name)
}

/// A user with the code of an annotator.
fn user(code: &str) -> String {
    format!("acct:{code}@{AUTHORITY}")
}
