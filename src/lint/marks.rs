//! Quotation marks of which one is missing.
//!
//! Marks of a kind come in pairs within a line. Over several lines they do not: each paragraph of a long quotation opens anew.
//! Single marks are left alone, since they are apostrophes as well.

use super::{Found, Rule};
use crate::model::Annotation;
use crate::text::{Offset, Span, Text};

/// The kinds of marks that belong together: what opens and what closes; those that do both in some language stand in both.
const KINDS: [(&str, &str); 5] = [("\"", "\""), ("“„”‟", "”“"), ("«»", "»«"), ("「", "」"), ("『", "』")];

/// The kinds of which an odd number of marks is in an annotation.
pub(super) fn check(text: &Text, annotation: &Annotation) -> Option<Found> {
    let span = annotation.span;
    if !is_odd(text, span) {
        return None;
    }
    let mut better = span;
    // What was done about one kind may bring another to the edge; about each something is done once.
    for _ in KINDS {
        better = KINDS.into_iter().fold(better, |span, kind| step(text, span, kind));
    }
    let better = Some(better).filter(|better| *better != span && !better.is_empty());
    Some((Rule::Marks, "one of its quotation marks has no partner in it".to_owned(), better))
}

/// Whether a mark has no partner in a span of one line.
fn is_odd(text: &Text, span: Span) -> bool {
    let words = text.slice(span);
    !words.contains(['\n', '\r']) && KINDS.into_iter().any(|kind| !count(words, kind).is_multiple_of(2))
}

fn count(words: &str, (open, close): (&str, &str)) -> usize {
    words.chars().filter(|c| open.contains(*c) || close.contains(*c)).count()
}

/// A span with the partner that stands right beside it, or without a mark at its edge that belongs to what is outside.
fn step(text: &Text, span: Span, kind: (&str, &str)) -> Span {
    let (open, close) = kind;
    let words = text.slice(span);
    if count(words, kind).is_multiple_of(2) {
        return span;
    }
    let (start, end) = (span.start(), span.end());
    let is = |at: Offset, marks: &str| text.char_at(at).is_some_and(|c| marks.contains(c));
    let is_blank = |at: Offset| text.char_at(at).is_none_or(char::is_whitespace);
    // The first of what only opens somewhere, and the first of what only closes somewhere.
    let (usual_open, usual_close) = (first(open), first(close));
    let same = usual_open == usual_close;
    let last = end.minus(1);
    if is(last, usual_open) && span.len() > 1 && (!same || is_blank(last.minus(1))) && !(same && is(end, close)) {
        return Span::between(start, last);
    }
    if is(start, usual_close) && span.len() > 1 && (!same || is_blank(start.plus(1))) {
        return Span::between(start.plus(1), end);
    }
    if is(end, close) {
        return Span::between(start, end.plus(1));
    }
    if start > Offset::default() && is(start.minus(1), open) {
        return Span::between(start.minus(1), end);
    }
    span
}

fn first(marks: &str) -> &str {
    let end = marks.chars().next().map_or(0, char::len_utf8);
    &marks[..end]
}
