//! What was read of a file as bytes, for the way from the thread that reads to the one that shows.
//!
//! Two runs of one build talk to each other here, at one moment: there is no version, no checksum, and no
//! reason to distrust what comes. It is not a form to store.

use crate::formats::{Counts, Issue, Place, Reading, Severity};
use crate::model::record::{In, Out, Source, put_annotation, put_article, put_key, put_scheme};
use crate::model::{AnnotatorCode, LabelScheme};
use crate::text::{Text, TextHash};
use std::rc::Rc;

/// In the order of their numbers.
const SEVERITIES: [Severity; 3] = [Severity::Note, Severity::Warning, Severity::Error];

/// Packs a reading.
pub fn pack(reading: &Reading) -> Vec<u8> {
    let mut out = Out::default();
    let mut texts: Vec<&Rc<Text>> = Vec::new();
    for article in &reading.articles {
        if !texts.iter().any(|known| Rc::ptr_eq(known, &article.text)) {
            texts.push(&article.text);
        }
    }
    out.list(&texts, |out, text| {
        out.text(text.hash().as_str());
        out.text(text.as_str());
    });
    out.list(&reading.articles, |out, article| put_article(out, article));
    out.option(reading.scheme.as_ref(), put_scheme);
    out.list(&reading.annotators, |out, code| out.text(code.as_str()));
    out.list(&reading.sheets, |out, (key, annotations)| {
        put_key(out, key);
        out.list(annotations, |out, annotation| put_annotation(out, annotation));
    });
    out.text(reading.extra.as_json());
    out.list(&reading.issues, put_issue);
    let Counts { read, kept, moved, set_aside } = reading.counts;
    for count in [read, kept, moved, set_aside] {
        out.number(count as u64);
    }
    out.0
}

fn put_issue(out: &mut Out, issue: &Issue) {
    out.number(SEVERITIES.iter().position(|severity| *severity == issue.severity).unwrap_or_default() as u64);
    out.text(&issue.message);
    out.option(issue.place.as_ref(), |out, place| {
        out.number(place.line.into());
        out.number(place.column.into());
    });
}

/// Unpacks a reading; `None` where the bytes are none.
pub fn unpack(bytes: &[u8]) -> Option<Reading> {
    let mut from = In::new(bytes);
    let mut texts: Vec<Rc<Text>> = Vec::new();
    for _ in 0..from.number() {
        let (hash, content) = (TextHash::parse(from.text())?, from.text());
        texts.push(Rc::new(Text::with_hash(content.into(), hash)));
    }
    let find = |hash: &TextHash| texts.iter().find(|text| text.hash() == hash).cloned();
    let mut from = Source::new(from, &find);
    let reading = Reading {
        articles: from.list(Source::article),
        scheme: from.option(Source::scheme).map(|scheme| LabelScheme::clone(&scheme)),
        annotators: from.list(|from| AnnotatorCode::new(from.string())),
        sheets: from.list(|from| (from.key(), from.list(Source::annotation))),
        extra: from.extra(),
        issues: from.list(issue),
        counts: Counts {
            read: count(&mut from),
            kept: count(&mut from),
            moved: count(&mut from),
            set_aside: count(&mut from),
        },
    };
    from.close(reading).ok()
}

fn count(from: &mut Source<'_>) -> usize {
    from.bytes.small() as usize
}

fn issue(from: &mut Source<'_>) -> Issue {
    Issue {
        severity: from.choice(&SEVERITIES),
        message: from.string(),
        place: from.option(|from| Place { line: from.bytes.small(), column: from.bytes.small() }),
    }
}
