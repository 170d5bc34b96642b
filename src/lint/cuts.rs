//! Edges inside a character that is made of several code points, and inside a word.

use super::{Found, Rule};
use crate::model::Annotation;
use crate::text::{Offset, Span, Text, snap};

/// The first kind of cut, if there is one.
pub(super) fn check(text: &Text, annotation: &Annotation) -> Option<Found> {
    let span = annotation.span;
    let whole = snap::snap_to_graphemes(text, span);
    if whole != span {
        let message = "it cuts a character that is made of several code points".to_owned();
        return Some((Rule::Character, message, Some(whole)));
    }
    let cut = [span.start(), span.end()].map(|at| cut_word(text, at));
    if cut.iter().all(Option::is_none) {
        return None;
    }
    let words: Vec<_> = cut.iter().flatten().map(|word| format!("“{}”", text.slice(*word))).collect();
    let message = match words.as_slice() {
        [one, other] if one != other => format!("it cuts the words {one} and {other}"),
        [one, ..] => format!("it cuts the word {one}"),
        [] => return None,
    };
    let start = cut[0].map_or(span.start(), Span::start);
    let end = cut[1].map_or(span.end(), Span::end);
    Some((Rule::Word, message, Some(Span::between(start, end))))
}

/// The word that an offset cuts. Before and after an apostrophe, a hyphen or a slash a word may be cut: of “Ito's” the name
/// is “Ito”.
fn cut_word(text: &Text, at: Offset) -> Option<Span> {
    let may_be_cut = |at: Offset| matches!(text.char_at(at), Some('\'' | '’' | '-' | '‑' | '/'));
    let word = snap::word_around(text, at).filter(|word| word.start() < at)?;
    (!may_be_cut(at) && !may_be_cut(at.minus(1))).then_some(word)
}
