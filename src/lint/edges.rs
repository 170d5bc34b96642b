//! White space and lone punctuation at the edges of an annotation.

use super::{Found, Rule};
use crate::model::Annotation;
use crate::text::{Span, Text, snap};

/// Found at an edge: white space first, then punctuation.
pub(super) fn check(text: &Text, annotation: &Annotation) -> Vec<Found> {
    let span = annotation.span;
    let mut found = Vec::new();
    let Some(inner) = snap::without_edge_space(text, span) else {
        found.push((Rule::Space, "it covers nothing but white space".to_owned(), None));
        return found;
    };
    if inner != span {
        let message = match (inner.start() > span.start(), inner.end() < span.end()) {
            (true, true) => "it begins and ends with white space",
            (true, false) => "it begins with white space",
            _ => "it ends with white space",
        };
        found.push((Rule::Space, message.to_owned(), Some(inner)));
    }
    match core(text, inner) {
        Some(core) if core != inner => {
            let (before, after) = (Span::between(inner.start(), core.start()), Span::between(core.end(), inner.end()));
            let message = match (text.slice(before).trim(), text.slice(after).trim()) {
                (before, "") => format!("it begins with “{before}”"),
                ("", after) => format!("it ends with “{after}”"),
                (before, after) => format!("it begins with “{before}” and ends with “{after}”"),
            };
            found.push((Rule::Punctuation, message, Some(core)));
        }
        Some(_) => {}
        None => found.push((Rule::Punctuation, "it covers nothing but punctuation".to_owned(), None)),
    }
    found
}

/// A span without white space and lone punctuation at its edges; `None` where nothing is left.
pub(super) fn core(text: &Text, span: Span) -> Option<Span> {
    let mut core = snap::without_edge_space(text, span)?;
    loop {
        let stripped = strip(text, core);
        if stripped == core {
            return Some(core);
        }
        core = snap::without_edge_space(text, stripped).filter(|core| !core.is_empty())?;
    }
}

/// A span without a lone mark at its start or, failing that, at its end. A mark that bears an accent stays.
fn strip(text: &Text, span: Span) -> Span {
    let (start, end) = (span.start(), span.end());
    let (after_first, before_last) = (snap::next_grapheme(text, start), snap::prev_grapheme(text, end));
    let is_blank = |at| text.char_at(at).is_none_or(char::is_whitespace);
    if after_first == start.plus(1) && after_first <= end {
        let then_blank = after_first == end || is_blank(after_first);
        let is_lone = match text.char_at(start) {
            Some(',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '–' | '—' | '·') => true,
            Some('.' | '-') => then_blank,
            _ => false,
        };
        if is_lone {
            return Span::between(after_first, end);
        }
    }
    if before_last == end.minus(1) && before_last >= start && before_last < end {
        let after_blank = before_last == start || is_blank(before_last.minus(1));
        let is_lone = match text.char_at(before_last) {
            Some(',' | ';' | ':' | '(' | '[' | '{' | '–' | '—' | '·') => true,
            Some('.' | '!' | '?' | '-') => after_blank,
            _ => false,
        };
        if is_lone {
            return Span::between(start, before_last);
        }
    }
    span
}
