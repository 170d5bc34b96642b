//! A text as Prodigy has it in tokens: words and what stands between them, so that all of them with the blanks that
//! follow some give the text again.
//!
//! A blank after a token is said of the token; any other white space is a token of its own, as in spaCy. Edges
//! of annotations are edges of tokens, so that no annotation cuts one.

use crate::text::{Offset, Span, Text, word};
use std::collections::BTreeSet;

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it stands, in code points.
    pub(super) span: Span,
    /// Whether a blank follows that belongs to no other token.
    pub(super) blank_follows: bool,
}

/// The tokens of a text with annotations at some spans.
pub(super) fn tokens(text: &Text, spans: &[Span]) -> Vec<Token> {
    let starts: BTreeSet<u32> = spans.iter().map(|span| span.start().get()).collect();
    let ends: BTreeSet<u32> = spans.iter().map(|span| span.end().get()).collect();
    let mut tokens: Vec<Token> = Vec::new();
    for Piece { mut start, end, space } in pieces(text, &starts, &ends) {
        if space
            && !starts.contains(&start)
            && !ends.contains(&(start + 1))
            && text.char_at(Offset::new(start)) == Some(' ')
            && let Some(before) = tokens.last_mut().filter(|before| before.span.end().get() == start)
        {
            before.blank_follows = true;
            start += 1;
        }
        if start < end {
            tokens.push(Token { span: Span::between(Offset::new(start), Offset::new(end)), blank_follows: false });
        }
    }
    tokens
}

/// The first and the last token that a span touches; `None` where there is none.
pub(super) fn touched(tokens: &[Token], span: Span) -> Option<(usize, usize)> {
    let first = tokens.partition_point(|token| token.span.end() <= span.start());
    let after = tokens.partition_point(|token| token.span.start() < span.end());
    (first < after).then(|| (first, after - 1))
}

/// A word, a mark, or a run of white space; code points.
struct Piece {
    start: u32,
    end: u32,
    space: bool,
}

/// The pieces of a text, cut at edges.
fn pieces(text: &Text, starts: &BTreeSet<u32>, ends: &BTreeSet<u32>) -> Vec<Piece> {
    let is_edge = |at: u32| starts.contains(&at) || ends.contains(&at);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    for (_, piece) in word::pieces(text.as_str()) {
        let space = piece.chars().all(char::is_whitespace);
        for number in 0..piece.chars().count() {
            match pieces.last_mut() {
                Some(last) if !is_edge(at) && (number > 0 || (space && last.space)) => last.end = at + 1,
                _ => pieces.push(Piece { start: at, end: at + 1, space }),
            }
            at += 1;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(text: &str, spans: &[(u32, u32)]) -> Vec<String> {
        let text = Text::new(text);
        let spans: Vec<_> = spans.iter().map(|&(a, b)| Span::between(Offset::new(a), Offset::new(b))).collect();
        let blank = |token: &Token| if token.blank_follows { "_" } else { "" };
        tokens(&text, &spans).iter().map(|token| format!("{}{}", text.slice(token.span), blank(token))).collect()
    }

    #[test]
    fn words_and_what_stands_between_are_tokens() {
        for (text, spans, expected) in [
            ("We open, don't we?", vec![], vec!["We_", "open", ",_", "don't_", "we", "?"]),
            ("a  b \n c ", vec![], vec!["a_", " ", "b_", "\n ", "c_"]),
            (" a", vec![], vec![" ", "a"]),
            ("We open", vec![(1, 3)], vec!["W", "e", " ", "open"]),
            ("We open", vec![(2, 7)], vec!["We", " ", "open"]),
            ("We open", vec![(0, 2), (3, 7)], vec!["We_", "open"]),
            ("", vec![], vec![]),
        ] {
            assert_eq!(drawn(text, &spans), expected, "{text:?} with {spans:?}");
        }
    }

    proptest! {
        #[test]
        fn tokens_are_the_text_and_no_span_cuts_one(
            content in "[a1 \n\u{a0}👍🏽é“”,\u{301}]{0,40}",
            places in prop::collection::vec((any::<prop::sample::Index>(), 1u32..9), 0..5),
        ) {
            let text = Text::new(content.as_str());
            let len = text.len().get();
            let span = |(at, size): &(prop::sample::Index, u32)| {
                let start = at.index(len.max(1) as usize) as u32;
                Span::between(Offset::new(start), Offset::new((start + size).min(len)))
            };
            let spans: Vec<_> = places.iter().map(span).filter(|span| !span.is_empty()).collect();
            let tokens = tokens(&text, &spans);
            let words = |token: &Token| format!("{}{}", text.slice(token.span), if token.blank_follows { " " } else { "" });
            prop_assert_eq!(tokens.iter().map(words).collect::<String>(), content);
            for span in spans {
                let (first, last) = touched(&tokens, span).expect("a token");
                prop_assert_eq!((tokens[first].span.start(), tokens[last].span.end()), (span.start(), span.end()));
            }
        }
    }
}
