//! The same words elsewhere in the article, without the label.
//!
//! Only whole words are looked for, as they stand, and only short ones: what is long hardly comes twice. The text is
//! gone through once, whatever number of annotations there is.

use super::{Finding, Rule};
use crate::by_key::ByKey;
use crate::model::{Annotation, Sheet};
use crate::order::order;
use crate::text::{ByteOffset, Span, Text, word};
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
    let first = first_of_each(text, sheet);
    // Where each of the beginnings stands, and where anything may end.
    let mut starts = ByKey::from(
        first.iter().filter_map(|(_, words)| beginning(words)).map(|piece| (piece, Vec::new())).collect::<Vec<_>>(),
    );
    let mut cuts: Vec<usize> = Vec::new();
    for (at, piece) in word::pieces(content) {
        cuts.push(at);
        if let Some(starts) = starts.get_mut(&piece) {
            starts.push(at);
        }
    }
    cuts.push(content.len());
    let (mut findings, mut looks) = (Vec::new(), LOOKS);
    for (annotation, words) in first {
        let label = &annotation.label;
        let start = text.byte(annotation.span.start()).index();
        let is_cut = |at: usize| cuts.binary_search(&at).is_ok();
        let whole = |at: usize| is_cut(at) && is_cut(at + words.len());
        if !whole(start) {
            continue;
        }
        let Some(at) = beginning(words).and_then(|piece| starts.get(&piece)) else { continue };
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

/// Of the annotations whose words are looked for, the first of each words and label, with these words.
fn first_of_each<'a>(text: &'a Text, sheet: &'a Sheet) -> Vec<(&'a Rc<Annotation>, &'a str)> {
    let is_looked_for = |(_, words): &(_, &str)| {
        words.len() <= LONGEST && words.chars().any(char::is_alphanumeric) && !words.contains(['\n', '\r'])
    };
    let all = sheet.iter().map(|annotation| (annotation, text.slice(annotation.span)));
    let all: Vec<_> = all.filter(is_looked_for).collect();
    let key = |at: usize| (&all[at].0.label, all[at].1);
    let mut first: Vec<usize> = order(all.len(), &|a, b| key(a).cmp(&key(b)));
    first.dedup_by(|next, one| key(*next) == key(*one));
    first.into_iter().map(|at| all[at]).collect()
}

fn beginning(words: &str) -> Option<&str> {
    word::pieces(words).next().map(|(_, piece)| piece)
}

fn span(text: &Text, at: usize, words: &str) -> Span {
    let [start, end] = [at, at + words.len()].map(|byte| text.from_byte(ByteOffset::from_usize(byte)));
    Span::between(start, end)
}
