//! Where an annotation of a file stands in its text.
//!
//! A file says it up to four times: in code points, in UTF-16 units, in bytes, and by the quotation
//! with its context. The first place in this order whose text is the quotation is taken. Nothing here
//! reports; the caller says what was done.

use crate::text::quote::{self, Found};
use crate::text::{ByteOffset, Offset, Quotation, Span, Text, Utf16Offset};

/// A pair of numbers from a file, whatever they count; the second is exclusive.
pub(crate) type Pair = (u32, u32);

/// What a file says of the place of an annotation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Claim<'a> {
    pub(crate) code_points: Option<Pair>,
    pub(crate) utf16: Option<Pair>,
    pub(crate) bytes: Option<Pair>,
    pub(crate) quote: Option<Quotation<'a>>,
}

/// How a pair of numbers is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points.
    CodePoints,
    /// UTF-16 code units.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
}

/// What came of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The quotation stands at the offsets of this unit.
    Fits(Unit, Span),
    /// No offsets fit; the quotation stands there, and there only.
    Moved(Span),
    /// There is no quotation; these offsets lie in the text.
    Unchecked(Unit, Span),
    /// No offsets fit, and the quotation stands in several places.
    Doubtful,
    /// No offsets fit, and the quotation stands nowhere.
    Lost,
    /// It covers nothing.
    Empty,
    /// There is no quotation, and no offsets lie in the text.
    Nowhere,
}

impl Unit {
    /// All of them, in the order in which they are tried.
    pub(crate) const ALL: [Self; 3] = [Self::CodePoints, Self::Utf16, Self::Bytes];

    /// What it is called on the page.
    pub fn words(self) -> &'static str {
        match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 units",
            Self::Bytes => "bytes",
        }
    }
}

impl Claim<'_> {
    /// Decides where the annotation stands.
    pub(crate) fn anchor(&self, text: &Text) -> Anchor {
        let claimed = Unit::ALL.into_iter().filter_map(|unit| Some((unit, self.span(text, unit)?)));
        let Some(quote) = self.quote else {
            return match claimed.clone().find(|(_, span)| !span.is_empty()) {
                Some((unit, span)) => Anchor::Unchecked(unit, span),
                None if claimed.count() > 0 => Anchor::Empty,
                None => Anchor::Nowhere,
            };
        };
        if quote.exact.is_empty() {
            return Anchor::Empty;
        }
        let hint = claimed.clone().next().map_or(Offset::default(), |(_, span)| span.start());
        match claimed.into_iter().find(|(_, span)| text.slice(*span) == quote.exact) {
            Some((unit, span)) => Anchor::Fits(unit, span),
            None => match quote::find(text, quote, hint) {
                Found::Sure(span) => Anchor::Moved(span),
                Found::Doubtful(_) => Anchor::Doubtful,
                Found::Lost => Anchor::Lost,
            },
        }
    }

    /// The offsets of a unit, where they lie in the text and cut no code point.
    fn span(&self, text: &Text, unit: Unit) -> Option<Span> {
        let pair = match unit {
            Unit::CodePoints => self.code_points?,
            Unit::Utf16 => self.utf16?,
            Unit::Bytes => self.bytes?,
        };
        span_in(text, pair, unit)
    }

    /// The units whose offsets, where there are any, do not say that it stands at `span`.
    pub(crate) fn contradictions(&self, text: &Text, span: Span) -> Vec<Unit> {
        let pairs = [(Unit::CodePoints, self.code_points), (Unit::Utf16, self.utf16), (Unit::Bytes, self.bytes)];
        let differs = |(unit, pair): (Unit, Option<Pair>)| {
            let right = (units_to(text, span.start(), unit), units_to(text, span.end(), unit));
            pair.filter(|pair| *pair != right).map(|_| unit)
        };
        pairs.into_iter().filter_map(differs).collect()
    }

    /// Whether the file's context stands on both sides of `span`.
    pub(crate) fn context_fits(&self, text: &Text, span: Span) -> bool {
        let Some(quote) = self.quote else { return true };
        let (start, end) = (text.byte(span.start()).index(), text.byte(span.end()).index());
        text.as_str()[..start].ends_with(quote.prefix) && text.as_str()[end..].starts_with(quote.suffix)
    }
}

/// Where a pair of numbers stands, counted in a unit; `None` where it runs backwards, does not lie in the text or
/// cuts a code point.
pub(crate) fn span_in(text: &Text, (start, end): Pair, unit: Unit) -> Option<Span> {
    let offset = |value: u32| {
        let offset = match unit {
            Unit::CodePoints => Offset::new(value).min(text.len()),
            Unit::Utf16 => text.from_utf16(Utf16Offset::new(value)),
            Unit::Bytes => text.from_byte(ByteOffset::new(value)),
        };
        (units_to(text, offset, unit) == value).then_some(offset)
    };
    Span::checked(offset(start)?, offset(end)?)
}

/// An offset in a unit.
pub(crate) fn units_to(text: &Text, offset: Offset, unit: Unit) -> u32 {
    match unit {
        Unit::CodePoints => offset.get(),
        Unit::Utf16 => text.utf16(offset).get(),
        Unit::Bytes => text.byte(offset).get(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::drawn::{draw_span, text_and_span};

    fn quote(exact: &'static str) -> Option<Quotation<'static>> {
        Some(Quotation { exact, prefix: "", suffix: "" })
    }

    /// What comes of a claim, as a drawing with what was believed.
    fn check(text: &str, claim: Claim<'_>) -> String {
        let text = Text::new(text);
        match claim.anchor(&text) {
            Anchor::Fits(unit, span) => format!("{}: {}", unit.words(), draw_span(&text, span)),
            Anchor::Moved(span) => format!("moved: {}", draw_span(&text, span)),
            Anchor::Unchecked(unit, span) => format!("unchecked {}: {}", unit.words(), draw_span(&text, span)),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_first_place_that_fits_the_quotation_is_taken() {
        const TEXT: &str = "👍 no é no";
        let fits = Claim { code_points: Some((2, 4)), utf16: Some((3, 5)), bytes: Some((5, 7)), quote: quote("no") };
        for (claim, expected) in [
            (fits, "code points: 👍 [no] é no"),
            (Claim { code_points: Some((3, 5)), ..fits }, "UTF-16 units: 👍 [no] é no"),
            (Claim { code_points: None, ..fits }, "UTF-16 units: 👍 [no] é no"),
            (Claim { code_points: None, utf16: Some((1, 2)), ..fits }, "bytes: 👍 [no] é no"),
            (Claim { code_points: None, utf16: None, bytes: Some((1, 7)), ..fits }, "Doubtful"),
            (Claim { code_points: Some((0, 2)), utf16: None, bytes: None, quote: quote("é") }, "moved: 👍 no [é] no"),
            (Claim { quote: quote("yes"), ..fits }, "Lost"),
            (Claim { quote: quote(""), ..fits }, "Empty"),
            (Claim { quote: None, ..fits }, "unchecked code points: 👍 [no] é no"),
            (Claim { quote: None, code_points: Some((4, 40)), ..fits }, "unchecked UTF-16 units: 👍 [no] é no"),
            (Claim { quote: None, code_points: Some((4, 4)), ..Claim::default() }, "Empty"),
            (Claim { quote: None, code_points: Some((4, 3)), ..Claim::default() }, "Nowhere"),
            (Claim { quote: None, code_points: Some((4, u32::MAX)), ..Claim::default() }, "Nowhere"),
            (Claim::default(), "Nowhere"),
        ] {
            assert_eq!(check(TEXT, claim), expected, "{claim:?}");
        }
    }

    #[test]
    fn what_does_not_agree_is_told() {
        let (text, span) = text_and_span("👍 [no] é no");
        let claim = Claim { code_points: Some((2, 4)), utf16: Some((2, 4)), bytes: None, quote: quote("no") };
        assert_eq!(claim.contradictions(&text, span), [Unit::Utf16]);
        assert!(claim.context_fits(&text, span));
        let strange = Quotation { exact: "no", prefix: "👍 ", suffix: " e" };
        assert!(!Claim { quote: Some(strange), ..claim }.context_fits(&text, span));
    }
}
