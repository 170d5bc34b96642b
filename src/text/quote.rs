//! A quotation with its context, and finding it again in a text.
//!
//! The selector of the W3C Web Annotation Data Model, 4.2.4 (text quote): the exact words with what
//! stands before and after them. It is the only check a reader of a file has on its offsets, and the
//! way back when they are wrong. Finding proposes; it never moves anything by itself.

use crate::text::{ByteOffset, Offset, Span, Text};

/// How many code points of context a quotation carries on each side.
pub const CONTEXT: u32 = 32;

/// The words at a span with up to [`CONTEXT`] code points of context on each side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation<'a> {
    /// The words themselves.
    pub exact: &'a str,
    /// What stands right before them.
    pub prefix: &'a str,
    /// What stands right after them.
    pub suffix: &'a str,
}

impl<'a> Quotation<'a> {
    /// The quotation at a span of a text.
    pub fn of(text: &'a Text, span: Span) -> Self {
        Self {
            exact: text.slice(span),
            prefix: text.slice(Span::between(span.start().minus(CONTEXT), span.start())),
            suffix: text.slice(Span::between(span.end(), span.end().plus(CONTEXT))),
        }
    }
}

/// What finding a quotation gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The words stand there once, or once with this context.
    Sure(Span),
    /// The words stand there several times and nothing tells them apart; this one is the nearest.
    Doubtful(Span),
    /// The words do not stand there.
    Lost,
}

/// So much of a context is looked at, in code points: what is longer tells no more places apart and only costs time.
const LOOKED_AT: usize = 4 * CONTEXT as usize;

/// Finds a quotation again. Among several places, which may overlap, the one with the most matching context wins, and
/// among equals the one nearest to `hint` (code points).
pub fn find(text: &Text, quotation: Quotation<'_>, hint: Offset) -> Found {
    if quotation.exact.is_empty() {
        return Found::Lost;
    }
    let content = text.as_str();
    let hint = text.byte(hint).index();
    let mut best: Option<(usize, usize, usize)> = None;
    let mut rivals = 0;
    text.each_place(quotation.exact, |at| {
        let before = common_suffix(&content[..at], quotation.prefix);
        let after = common_prefix(&content[at + quotation.exact.len()..], quotation.suffix);
        let (context, distance) = (before + after, at.abs_diff(hint));
        match best {
            Some((most, _, _)) if context < most => {}
            Some((most, nearest, _)) if context == most => {
                rivals += 1;
                if distance < nearest {
                    best = Some((context, distance, at));
                }
            }
            _ => {
                rivals = 0;
                best = Some((context, distance, at));
            }
        }
    });
    let Some((_, _, at)) = best else {
        return Found::Lost;
    };
    let start = text.from_byte(ByteOffset::from_usize(at));
    let end = text.from_byte(ByteOffset::from_usize(at + quotation.exact.len()));
    let span = Span::between(start, end);
    if rivals == 0 { Found::Sure(span) } else { Found::Doubtful(span) }
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take(LOOKED_AT).take_while(|(a, b)| a == b).count()
}

fn common_suffix(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take(LOOKED_AT).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::drawn::{draw_span, text_and_span};

    #[test]
    fn a_quotation_is_found_again_in_a_text_that_moved() {
        for (drawn, moved_text, expected) in [
            ("He said [no] twice", "👍 He said no twice", Some("👍 He said [no] twice")),
            ("a [no] b no c", "x no b, a no b no c", Some("x no b, a [no] b no c")),
            ("yes [no] yes", "Yes, he said", None),
        ] {
            let (text, span) = text_and_span(drawn);
            let moved = Text::new(moved_text);
            let found = find(&moved, Quotation::of(&text, span), span.start());
            match found {
                Found::Sure(span) => assert_eq!(Some(draw_span(&moved, span).as_str()), expected),
                Found::Doubtful(_) => panic!("{moved_text}: the context tells the places apart"),
                Found::Lost => assert_eq!(expected, None, "{moved_text}"),
            }
        }
    }

    #[test]
    fn equal_places_are_doubtful_and_the_nearest_is_proposed() {
        let text = Text::new("no no no no");
        let quotation = Quotation { exact: "no", prefix: "", suffix: "" };
        let third = Span::between(Offset::new(6), Offset::new(8));
        assert_eq!(find(&text, quotation, Offset::new(7)), Found::Doubtful(third));
    }

    #[test]
    fn places_that_overlap_count_as_well() {
        let text = Text::new("no no no");
        let found = |prefix| find(&text, Quotation { exact: "no no", prefix, suffix: "" }, Offset::new(3));
        let (first, second) =
            (Span::between(Offset::new(0), Offset::new(5)), Span::between(Offset::new(3), Offset::new(8)));
        assert_eq!(found("no "), Found::Sure(second));
        assert_eq!(found(""), Found::Doubtful(second));
        assert_eq!(
            find(&text, Quotation { exact: "no no", prefix: "", suffix: " no" }, Offset::new(3)),
            Found::Sure(first)
        );
    }

    #[test]
    fn context_counts_code_points_and_stops_at_the_text() {
        let (text, span) = text_and_span("👍👍[mid]ends");
        let quotation = Quotation::of(&text, span);
        assert_eq!((quotation.prefix, quotation.exact, quotation.suffix), ("👍👍", "mid", "ends"));
    }
}
