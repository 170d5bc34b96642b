//! A collection of the W3C Web Annotation Data Model (Recommendation of 23 February 2017) as JSON-LD.
//!
//! Offsets count code points of the text, ends exclusive (4.2.5); each target has a position and a quotation with its
//! context. The source of a target is the text, named by its hash; its scope is the article. An annotation with the
//! motivation `describing` holds the text of an article and what is known of it, in terms of Dublin Core. A link is an
//! annotation with the motivation `linking`: its target is the one annotation, its body the other. Pieces of an interrupted
//! annotation are linked so, too. Attributes, the note and
//! the status are bodies. Everything written is in the one context that the model has.
//!
//! Any annotations of the model are read, alone, in a list, in a page or in a collection, from files alone: nothing
//! here follows an IRI.

mod bodies;
mod read;
mod target;
mod write;

use crate::formats::catalog::{Format, Likeness, Reads, Writes, alone, whole};
use crate::formats::file::InFile;
use crate::formats::json::{Document, Json, Kind};
use crate::formats::loss::{Annotators, Holds, Links, Unknown};
use crate::formats::options::{Choice, Options, UNIT};
use crate::formats::rows::{self, has};

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "w3c",
    name: "W3C Web Annotations",
    about: "The standard, for archives and tools that share annotations on the web",
    extensions: &["jsonld"],
    looks_like,
    goes_with: alone,
    work: whole,
    reads: Some(Reads { read: read::read, options: &[UNIT] }),
    writes: Some(Writes { write: write::write, holds, options: &[TEXTS] }),
};

/// Whether the texts of the articles are written.
const TEXTS: Choice = Choice {
    id: "texts",
    name: "Texts",
    values: &[
        ("inside", "each in an annotation that describes its article"),
        ("apart", "not written, only named by hash"),
    ],
};

/// The one context.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// The property of a body that names an attribute.
const NAME: &str = "dcterms:title";
/// The note on a link that leads from a piece of an interrupted annotation to the piece before it.
const FRAGMENT: &str = "fragment";
/// The properties of what is known of an article.
const FACTS: [&str; 4] = ["dcterms:title", "dcterms:source", "dcterms:date", "dcterms:creator"];

fn holds(options: &Options) -> Holds {
    let texts = options.is(&TEXTS, "inside");
    Holds {
        ids: true,
        texts,
        unmarked: texts,
        empty: texts,
        fields: if texts { &["title", "source", "date", "byline"] } else { &[] },
        annotators: Annotators::Held,
        attributes: true,
        links: Links::Inside,
        notes: true,
        status: true,
        times: true,
        fragments: true,
        extra: Unknown::Own,
        ..Holds::SPANS
    }
}

fn looks_like(file: &InFile) -> Likeness {
    let of_model = |value: Json<'_>| has(value, "target") && (has(value, "body") || has(value, "motivation"));
    let start = rows::first(&file.text);
    let document = Document::parse(start.as_deref().unwrap_or(&file.text));
    let Some(root) = document.root().filter(|root| root.kind() == Kind::Object) else { return Likeness::No };
    let says_so = root.fields().any(|(name, value)| {
        let name = name.text().unwrap_or_default().0;
        (name == "@context" && value.source().contains("www.w3.org/ns/anno"))
            || (name == "type" && value.text().is_some_and(|(kind, _)| KINDS.contains(&kind)) && !has(root, "result"))
    });
    match says_so || of_model(root) {
        true if says_so => Likeness::Sure,
        true => Likeness::Possible,
        false => Likeness::No,
    }
}

/// What the model has types for, as far as they are read.
const KINDS: [&str; 3] = ["Annotation", "AnnotationCollection", "AnnotationPage"];
