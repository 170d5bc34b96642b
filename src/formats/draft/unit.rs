//! Finding out what the offsets of a file count: code points, UTF-16 units or bytes. No file says it.
//!
//! The unit is the one in which most annotations have the words that the file quotes. Where it quotes none, it is
//! the one in which most annotations lie in the text and cut no word. Among equals the format's own unit is taken.

use crate::formats::anchor::{Pair, Unit, span_in};
use crate::formats::draft::ArticleDraft;
use crate::formats::draft::place::Quoting;
use crate::formats::loss::fit::cuts_word;
use crate::text::Text;
use std::rc::Rc;

/// The units, and how well each fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Evidence {
    /// The unit that was found.
    pub(super) unit: Unit,
    /// How many annotations fit in it.
    pub(super) fit: usize,
    /// How many fit in the format's own unit.
    pub(super) fit_usual: usize,
    /// How many annotations stand where it makes a difference.
    pub(super) told_apart: usize,
    /// Whether the file quotes words to hold them against.
    pub(super) quoted: bool,
}

/// Finds out the unit of the offsets of drafts, each with its text. `usual` is the format's own.
pub(super) fn find_out(drafts: &[(ArticleDraft, Rc<Text>)], usual: Unit, quoting: Quoting) -> Evidence {
    let units = Unit::ALL;
    let mut fits = [0; Unit::ALL.len()];
    let drafts = || drafts.iter().filter(|(_, text)| !text.as_str().is_ascii());
    let quoted = drafts().flat_map(|(draft, _)| &draft.marks).any(|mark| mark.quote.is_some());
    let mut told_apart = 0;
    for (draft, text) in drafts() {
        for mark in draft.marks.iter().filter(|mark| !mark.pieces.is_empty() && (mark.quote.is_some() || !quoted)) {
            let spans = units.map(|unit| spans(text, &mark.pieces, unit));
            if spans[1..].iter().all(|other| *other == spans[0]) {
                continue;
            }
            told_apart += 1;
            for (at, spans) in spans.iter().enumerate() {
                let Some(spans) = spans else { continue };
                fits[at] += usize::from(match &mark.quote {
                    Some(quote) => quoting.joined(text, spans) == quote.exact,
                    None => spans.iter().all(|span| !span.is_empty() && !cuts_word(text, *span)),
                });
            }
        }
    }
    let of =
        |unit: Unit| units.iter().zip(fits).filter(|(other, _)| **other == unit).map(|(_, fit)| fit).sum::<usize>();
    let better = |best: Unit, unit: Unit| if of(unit) > of(best) { unit } else { best };
    let unit = units.into_iter().fold(usual, better);
    Evidence { unit, fit: of(unit), fit_usual: of(usual), told_apart, quoted }
}

/// Where pieces stand, counted in a unit; `None` where one does not lie in the text.
pub(super) fn spans(text: &Text, pieces: &[Pair], unit: Unit) -> Option<Vec<crate::text::Span>> {
    pieces.iter().map(|&piece| span_in(text, piece, unit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::{MarkDraft, QuoteDraft};

    /// What is found out of marks with and without quotations on a text with an emoji at its start.
    fn found(marks: &[((u32, u32), Option<&str>)]) -> (Unit, bool) {
        let text = "👍 We open at nine, said Zoë Ng.";
        let mark = |&(piece, quote): &((u32, u32), Option<&str>)| MarkDraft {
            pieces: vec![piece],
            quote: quote.map(QuoteDraft::new),
            ..MarkDraft::default()
        };
        let draft = ArticleDraft { marks: marks.iter().map(mark).collect(), ..ArticleDraft::default() };
        let evidence = find_out(&[(draft, Rc::new(Text::new(text)))], Unit::CodePoints, Quoting::EXACT);
        (evidence.unit, evidence.quoted)
    }

    #[test]
    fn the_unit_is_the_one_that_fits_most() {
        for (marks, expected) in [
            (vec![((2, 4), Some("We")), ((26, 29), Some("Zoë"))], (Unit::CodePoints, true)),
            (vec![((3, 5), Some("We")), ((26, 29), Some("Zoë")), ((6, 10), Some("open"))], (Unit::Utf16, true)),
            (vec![((5, 7), Some("We")), ((28, 32), Some("Zoë"))], (Unit::Bytes, true)),
            // Nothing fits, so the usual unit is as good as any.
            (vec![((1, 2), Some("Nobody"))], (Unit::CodePoints, true)),
            (vec![((3, 5), None), ((6, 10), None)], (Unit::Utf16, false)),
            (vec![((2, 4), None), ((5, 9), None)], (Unit::CodePoints, false)),
            (vec![], (Unit::CodePoints, false)),
        ] {
            assert_eq!(found(&marks), expected, "{marks:?}");
        }
    }
}
