//! Where an annotation of a foreign file stands in its text.
//!
//! Offsets are believed where the words at them are those that the file quotes; else the words are looked for.
//! Nothing here reports.

use crate::formats::anchor::{Pair, Unit, units_to};
use crate::formats::draft::unit::spans;
use crate::formats::draft::{MarkDraft, QuoteDraft};
use crate::text::quote::{self, Found};
use crate::text::{Offset, Quotation, Span, Text};
use std::borrow::Cow;

/// How the files of a format quote the words of a text.
#[derive(Clone, Copy)]
pub struct Quoting {
    /// How the words of one piece are written.
    pub words: fn(&str) -> Cow<'_, str>,
    /// What stands between the words of two pieces.
    pub joint: &'static str,
}

impl Quoting {
    /// As they stand in the text.
    pub const EXACT: Self = Self { words: |words| Cow::Borrowed(words), joint: " " };

    /// The words of pieces as a file has them.
    pub fn joined(&self, text: &Text, spans: &[Span]) -> String {
        let words: Vec<_> = spans.iter().map(|span| (self.words)(text.slice(*span))).collect();
        words.join(self.joint)
    }
}

/// What came of placing an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// The words are where the offsets say, counted in the unit of the file.
    Kept(Vec<Span>),
    /// The words are where the offsets say, counted in another unit.
    OtherUnit(Unit, Vec<Span>),
    /// The words were found elsewhere.
    Moved(Vec<Span>),
    /// The file quotes no words; the offsets lie in the text.
    Unchecked(Vec<Span>),
    /// It can't be placed, and why.
    Lost(&'static str),
}

/// Places an annotation whose offsets count `unit`.
pub(super) fn place(text: &Text, mark: &MarkDraft, unit: Unit, quoting: Quoting) -> Placed {
    let quote = mark.quote.as_ref().filter(|quote| !quote.exact.is_empty());
    let Some(quote) = quote else {
        return match spans(text, &mark.pieces, unit) {
            Some(spans) if spans.is_empty() => Placed::Lost("it has neither offsets nor a quotation"),
            Some(spans) if spans.iter().any(|span| span.is_empty()) => Placed::Lost("it covers no words"),
            Some(spans) => Placed::Unchecked(spans),
            None => Placed::Lost("it has no quotation, and its offsets do not lie in the text"),
        };
    };
    let others = Unit::ALL.into_iter().filter(|other| *other != unit);
    for unit_tried in std::iter::once(unit).chain(others) {
        let Some(spans) = spans(text, &mark.pieces, unit_tried).filter(|spans| !spans.is_empty()) else { continue };
        if quoting.joined(text, &spans) == quote.exact {
            return match elsewhere(text, quote, &spans) {
                Some(span) => Placed::Moved(vec![span]),
                None if unit_tried == unit => Placed::Kept(spans),
                None => Placed::OtherUnit(unit_tried, spans),
            };
        }
    }
    search(text, mark, quote, unit, quoting)
}

/// Where the words stand with the context that the file gives them, if that is not where its offsets say.
fn elsewhere(text: &Text, quote: &QuoteDraft, spans: &[Span]) -> Option<Span> {
    let [span] = spans else { return None };
    let (start, end) = (text.byte(span.start()).index(), text.byte(span.end()).index());
    let content = text.as_str();
    if content[..start].ends_with(&quote.prefix) && content[end..].starts_with(&quote.suffix) {
        return None;
    }
    match quote::find(text, quotation(quote, &quote.exact), span.start()) {
        Found::Sure(found) if found != *span => Some(found),
        _ => None,
    }
}

fn quotation<'a>(quote: &'a QuoteDraft, exact: &'a str) -> Quotation<'a> {
    Quotation { exact, prefix: &quote.prefix, suffix: &quote.suffix }
}

/// Looks for the words of an annotation, piece by piece.
fn search(text: &Text, mark: &MarkDraft, quote: &QuoteDraft, unit: Unit, quoting: Quoting) -> Placed {
    let Some(pieces) = words_of_pieces(&quote.exact, &mark.pieces, unit, quoting) else {
        return Placed::Lost("the words at its offsets are not its quotation, which has other lengths than its pieces");
    };
    let mut found = Vec::new();
    for (number, words) in pieces.iter().enumerate() {
        let hint = mark.pieces.get(number).map_or(Offset::default(), |pair| Offset::new(pair.0));
        match quote::find(text, quotation(quote, words), hint) {
            Found::Sure(span) => found.push(span),
            Found::Doubtful(_) => {
                return Placed::Lost("its offsets do not fit, and several places have the words of its quotation");
            }
            Found::Lost => {
                return Placed::Lost("neither its offsets fit nor does the text have the words of its quotation");
            }
        }
    }
    Placed::Moved(found)
}

/// The words of each piece; `None` where the quotation can't be cut into them.
fn words_of_pieces<'q>(exact: &'q str, pieces: &[Pair], unit: Unit, quoting: Quoting) -> Option<Vec<&'q str>> {
    if pieces.len() < 2 {
        return Some(vec![exact]);
    }
    let (whole, joint) = (Text::new(exact), Text::new(quoting.joint));
    let joint = units_to(&joint, joint.len(), unit);
    let mut at: u32 = 0;
    let mut words = Vec::new();
    for (number, (start, end)) in pieces.iter().enumerate() {
        if number > 0 {
            at = joint.checked_add(at)?;
        }
        let span = crate::formats::anchor::span_in(&whole, (at, at.checked_add(end.checked_sub(*start)?)?), unit)?;
        at += end - start;
        words.push(&exact[whole.byte(span.start()).index()..whole.byte(span.end()).index()]);
    }
    (at == units_to(&whole, whole.len(), unit)).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "👍 no, he said, no é no";

    /// What becomes of a mark, as the places of its pieces.
    fn placed(pieces: &[Pair], quote: Option<QuoteDraft>) -> String {
        let mark = MarkDraft { pieces: pieces.to_vec(), quote, ..MarkDraft::default() };
        let places = |spans: Vec<Span>| spans.iter().map(Span::to_string).collect::<Vec<_>>().join(" ");
        match place(&Text::new(TEXT), &mark, Unit::CodePoints, Quoting::EXACT) {
            Placed::Kept(spans) => format!("kept {}", places(spans)),
            Placed::OtherUnit(unit, spans) => format!("{} {}", unit.words(), places(spans)),
            Placed::Moved(spans) => format!("moved {}", places(spans)),
            Placed::Unchecked(spans) => format!("unchecked {}", places(spans)),
            Placed::Lost(why) => why.to_owned(),
        }
    }

    #[test]
    fn offsets_are_believed_where_the_words_fit() {
        let quote = |words: &str| Some(QuoteDraft::new(words));
        let said = QuoteDraft { exact: "no".into(), prefix: "said, ".into(), suffix: " é".into() };
        for (pieces, words, expected) in [
            (vec![(2, 4)], quote("no"), "kept 2–4"),
            (vec![(3, 5)], quote("no"), "UTF-16 units 2–4"),
            (vec![(5, 7)], quote("no"), "bytes 2–4"),
            (vec![(7, 8)], quote("said"), "moved 9–13"),
            (vec![], quote("said"), "moved 9–13"),
            (vec![(2, 4)], Some(said.clone()), "moved 15–17"),
            (vec![(15, 17)], Some(said), "kept 15–17"),
            (vec![(2, 4), (9, 13)], quote("no said"), "kept 2–4 9–13"),
            (vec![(3, 5), (10, 14)], quote("he said"), "moved 6–8 9–13"),
            (vec![(2, 4)], None, "unchecked 2–4"),
            (vec![(2, 4)], quote(""), "unchecked 2–4"),
            (vec![(9, 9)], quote("no"), "its offsets do not fit, and several places have the words of its quotation"),
            (vec![(2, 4)], quote("yes"), "neither its offsets fit nor does the text have the words of its quotation"),
            (vec![(4, 2)], None, "it has no quotation, and its offsets do not lie in the text"),
            (vec![(4, 4)], None, "it covers no words"),
            (vec![(0, u32::MAX)], None, "it has no quotation, and its offsets do not lie in the text"),
            (vec![], None, "it has neither offsets nor a quotation"),
            (
                vec![(0, u32::MAX), (1, u32::MAX)],
                quote("no"),
                "the words at its offsets are not its quotation, which has other lengths than its pieces",
            ),
        ] {
            assert_eq!(placed(&pieces, words), expected, "{pieces:?}");
        }
    }
}
