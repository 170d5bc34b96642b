//! The tokens of a text: its words and marks, without anything blank, cut at the edges of annotations.

use crate::formats::blank::is_blank;
use crate::text::{Offset, Span, Text, word};
use std::collections::BTreeSet;

/// The tokens of a text with annotations at some spans, in code points.
pub(super) fn tokens(text: &Text, spans: &[Span]) -> Vec<Span> {
    let edges: BTreeSet<Offset> = spans.iter().flat_map(|span| [span.start(), span.end()]).collect();
    let mut tokens: Vec<Span> = Vec::new();
    let mut at = Offset::default();
    for (_, piece) in word::pieces(text.as_str()) {
        let mut start = at;
        for c in piece.chars() {
            if is_blank(c) || edges.contains(&at) {
                push(&mut tokens, start, at);
                start = if is_blank(c) { at.plus(1) } else { at };
            }
            at = at.plus(1);
        }
        push(&mut tokens, start, at);
    }
    tokens
}

fn push(tokens: &mut Vec<Span>, start: Offset, end: Offset) {
    if start < end {
        tokens.push(Span::between(start, end));
    }
}

/// Where tokens of a file stand in a text that has nothing else but blanks, each by its length without blanks.
pub(super) fn places(text: &str, lengths: impl Iterator<Item = usize>) -> Vec<Span> {
    let mut seen = text.chars().enumerate().filter(|(_, c)| !is_blank(*c)).map(|(at, _)| Offset::from_usize(at));
    let place = |length: usize| {
        let mut token = seen.by_ref().take(length);
        let first = token.next()?;
        Some(Span::between(first, token.last().unwrap_or(first).plus(1)))
    };
    lengths.map_while(place).collect()
}

/// A text without anything blank.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(text: &str, spans: &[(u32, u32)]) -> Vec<String> {
        let text = Text::new(text);
        let spans: Vec<_> = spans.iter().map(|&(a, b)| Span::between(Offset::new(a), Offset::new(b))).collect();
        tokens(&text, &spans).into_iter().map(|token| text.slice(token).to_owned()).collect()
    }

    #[test]
    fn words_and_marks_are_tokens() {
        for (text, spans, expected) in [
            ("“We open,” she\u{a0}said.\r\n", vec![], vec!["“", "We", "open", ",", "”", "she", "said", "."]),
            ("We open", vec![(1, 4)], vec!["W", "e", "o", "pen"]),
            (" \u{301}a \0b\u{1c}", vec![], vec!["\u{301}", "a", "b"]),
            ("👨‍👩‍👧", vec![], vec!["👨‍👩‍👧"]),
            (" \n", vec![], vec![]),
        ] {
            assert_eq!(drawn(text, &spans), expected, "{text:?} with {spans:?}");
        }
    }

    proptest! {
        #[test]
        fn tokens_are_found_again_where_they_stood(
            content in "[a1 \r\n\u{a0}👍🏽é“”,\u{301}\0]{0,40}",
            places_of in prop::collection::vec((any::<prop::sample::Index>(), 1u32..9), 0..5),
        ) {
            let text = Text::new(content.as_str());
            let len = text.len().get();
            let span = |(at, size): &(prop::sample::Index, u32)| {
                let start = at.index(len.max(1) as usize) as u32;
                Span::between(Offset::new(start), Offset::new((start + size).min(len)))
            };
            let spans: Vec<_> = places_of.iter().map(span).collect();
            let tokens = tokens(&text, &spans);
            let words: String = tokens.iter().map(|token| text.slice(*token)).collect();
            prop_assert_eq!(&words, &squeezed(&content));
            prop_assert_eq!(places(&content, tokens.iter().map(|token| token.len() as usize)), tokens.clone());
            for edge in spans.iter().flat_map(|span| [span.start(), span.end()]) {
                prop_assert!(!tokens.iter().any(|token| token.start() < edge && edge < token.end()));
            }
        }
    }
}
