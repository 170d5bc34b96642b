//! The same words elsewhere in the article, without the label.
//!
//! Only whole words are looked for, as they stand, and only short ones: what is long hardly comes twice. The text is
//! gone through once, whatever number of annotations there is.

use super::{Finding, Rule};
use crate::model::{Annotation, LabelId, Sheet};
use crate::text::{ByteOffset, Span, Text, word};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The longest words that are looked for, in bytes.
const LONGEST: usize = 120;
/// How many places of the same words are told at most.
const MOST: usize = 100;
/// How many places are looked at in all: many annotations that begin with a word that stands everywhere are told of only
/// as far as this goes.
const LOOKS: usize = 20_000_000;

/// The first annotation of each words and label that stand elsewhere without it.
pub(super) fn check(text: &Text, sheet: &Sheet) -> Vec<Finding> {
    let content = text.as_str();
    let mut first: BTreeMap<(&LabelId, &str), &Rc<Annotation>> = BTreeMap::new();
    for annotation in sheet.iter() {
        let words = text.slice(annotation.span);
        if words.len() <= LONGEST && words.chars().any(char::is_alphanumeric) && !words.contains(['\n', '\r']) {
            first.entry((&annotation.label, words)).or_insert(annotation);
        }
    }
    let beginnings: BTreeSet<&str> = first.keys().filter_map(|(_, words)| beginning(words)).collect();
    // Where each of the beginnings stands, and where anything may end.
    let (mut starts, mut cuts) = (BTreeMap::<&str, Vec<usize>>::new(), BTreeSet::from([content.len()]));
    for (at, piece) in word::pieces(content) {
        cuts.insert(at);
        if beginnings.contains(piece) {
            starts.entry(piece).or_default().push(at);
        }
    }
    let (mut findings, mut looks) = (Vec::new(), LOOKS);
    for ((label, words), annotation) in first {
        let start = text.byte(annotation.span.start()).index();
        let whole = |at: usize| cuts.contains(&at) && cuts.contains(&(at + words.len()));
        if !whole(start) {
            continue;
        }
        let Some(at) = beginning(words).and_then(|piece| starts.get(piece)) else { continue };
        let Some(left) = looks.checked_sub(at.len()) else { continue };
        looks = left;
        let like =
            at.iter().filter(|at| content[**at..].starts_with(words) && whole(**at)).map(|at| span(text, *at, words));
        let is_bare = |span: &Span| sheet.covering(*span).iter().all(|other| other.label != *label);
        let places: Vec<Span> = like.filter(is_bare).take(MOST).collect();
        if !places.is_empty() {
            let others = match places.len() {
                1 => "another place".to_owned(),
                MOST => format!("{MOST} or more other places"),
                many => format!("{many} other places"),
            };
            let message = format!("“{words}” stands in {others} without this label");
            let (annotation, span) = (annotation.id.clone(), annotation.span);
            findings.push(Finding { annotation, span, rule: Rule::Places, message, fix: None, places });
        }
    }
    findings
}

fn beginning(words: &str) -> Option<&str> {
    word::pieces(words).next().map(|(_, piece)| piece)
}

fn span(text: &Text, at: usize, words: &str) -> Span {
    let [start, end] = [at, at + words.len()].map(|byte| text.from_byte(ByteOffset::from_usize(byte)));
    Span::between(start, end)
}
