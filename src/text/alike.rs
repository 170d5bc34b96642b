//! Every place where the same words stand.
//!
//! The words are compared as they are, case and all. Where the words that were given begin or end a word, so
//! must their like: "art" is not found in "party". No place overlaps another, none cuts a grapheme cluster.

use crate::text::{ByteOffset, Span, Text, snap, word};

/// The places of the words at `span`, in order; `span` is one of them unless it cuts a grapheme cluster.
///
/// One pass (Knuth, Morris and Pratt), since a text of one letter over and over has as many near misses as
/// letters.
pub fn places(text: &Text, span: Span) -> Vec<Span> {
    let content = text.as_str();
    let own = text.byte(span.start()).index()..text.byte(span.end()).index();
    let wanted = &content.as_bytes()[own.clone()];
    let [begins, ends] = [own.start, own.end].map(|at| is_boundary(content, at, true));
    // How much of the beginning of the words stands again at the end of their first so many bytes.
    let mut again = vec![0_u32; wanted.len()];
    let (mut found, mut held, mut free) = (Vec::new(), 0, 0);
    let go_on = |again: &[u32], mut held: usize, byte: u8| {
        while held > 0 && wanted[held] != byte {
            held = again[held - 1] as usize;
        }
        if wanted.get(held) == Some(&byte) { held + 1 } else { 0 }
    };
    for at in 1..wanted.len() {
        held = go_on(&again, held, wanted[at]);
        again[at] = held as u32;
    }
    held = 0;
    for (last, &byte) in content.as_bytes().iter().enumerate() {
        held = go_on(&again, held, byte);
        if held == 0 || held < wanted.len() {
            continue;
        }
        let (start, end) = (last + 1 - held, last + 1);
        // What was asked about comes before what would overlap it.
        let is_free = start >= free && (start == own.start || end <= own.start || start >= own.end);
        if is_free && is_boundary(content, start, begins) && is_boundary(content, end, ends) {
            let start = text.from_byte(ByteOffset::from_usize(start));
            found.push(Span::between(start, start.plus(span.len())));
            free = end;
        }
        held = again[held - 1] as usize;
    }
    found
}

/// Whether a text may be cut at a byte: between grapheme clusters or, where `word` says so, between words.
fn is_boundary(content: &str, byte: usize, word: bool) -> bool {
    let (before, after) = content.as_bytes().split_at(byte);
    let (Some(last), Some(first)) = (before.last(), after.first()) else {
        return true;
    };
    // Most places are told from two letters of ASCII.
    match [last, first].map(u8::is_ascii_alphanumeric) {
        [true, true] => !word,
        [true, false] if *first == b' ' => true,
        [false, true] if *last == b' ' => true,
        _ => snap::is_cluster_boundary(content, byte) && (!word || word::is_boundary(content, byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Offset;
    use crate::text::drawn::text_and_span;
    use proptest::prelude::*;

    fn draw(text: &Text, spans: &[Span]) -> String {
        let mut out = String::new();
        for (at, c) in text.as_str().chars().map(Some).chain([None]).enumerate() {
            let at = Offset::from_usize(at);
            out.extend(spans.iter().filter(|span| span.end() == at).map(|_| ']'));
            out.extend(spans.iter().filter(|span| span.start() == at).map(|_| '['));
            out.extend(c);
        }
        out
    }

    #[test]
    fn words_are_found_where_they_stand_as_words() {
        for (given, expected) in [
            ("[art] party, Art: art’s art.", "[art] party, Art: art’s [art]."),
            // Part of a word is sought in words too.
            ("p[art]y art partly", "p[art]y [art] p[art]ly"),
            ("[part]y part apart", "[part]y [part] apart"),
            ("“[Lena Itō],” Lena Itō’s, Lena  Itō", "“[Lena Itō],” Lena Itō’s, Lena  Itō"),
            ("in [3] and 3.60, 3, 3", "in [3] and 3.60, [3], [3]"),
            ("a[, ]b, c", "a[, ]b[, ]c"),
            ("[北]京的北京", "[北]京的[北]京"),
            ("[דוד] ודוד דוד", "[דוד] ודוד [דוד]"),
            ("[line\nend] line\nend line\r\nend", "[line\nend] [line\nend] line\r\nend"),
        ] {
            let (text, span) = text_and_span(given);
            assert_eq!(draw(&text, &places(&text, span)), expected, "{given}");
        }
    }

    #[test]
    fn places_do_not_overlap_and_the_one_given_is_among_them() {
        for (given, expected) in [
            ("[aa aa] aa aa aa", "[aa aa] [aa aa] aa"),
            ("aa [aa aa] aa aa", "aa [aa aa] [aa aa]"),
            ("b[aa]aaaaa", "b[aa][aa][aa]a"),
            ("baa[aa]a", "b[aa][aa]a"),
        ] {
            let (text, span) = text_and_span(given);
            assert_eq!(draw(&text, &places(&text, span)), expected, "{given}");
        }
    }

    #[test]
    fn no_grapheme_cluster_is_cut() {
        for (given, expected) in [
            ("c[e] ce ce\u{301} ce", "c[e] c[e] ce\u{301} c[e]"),
            ("[👩] 👩‍👧 👩🏽 👩", "[👩] 👩‍👧 👩🏽 [👩]"),
            ("[🇰🇷]🇰🇷 x🇫🇰🇷🇷", "[🇰🇷][🇰🇷] x🇫🇰🇷🇷"),
            ("a[\r]\nb\rc", "a\r\nb[\r]c"),
        ] {
            let (text, span) = text_and_span(given);
            assert_eq!(draw(&text, &places(&text, span)), expected, "{given}");
        }
    }

    /// Looks at every place there is.
    fn looked_for(text: &Text, span: Span) -> Vec<Span> {
        let words: Vec<usize> =
            word::pieces(text.as_str()).map(|(at, _)| at).chain([text.byte_len().index()]).collect();
        let is_word = |at: Offset| words.contains(&text.byte(at).index());
        let mut found: Vec<Span> = Vec::new();
        for start in (0..text.len().get()).map(Offset::new) {
            let here = Span::between(start, start.plus(span.len()));
            let fits = here.end() <= text.len()
                && text.slice(here) == text.slice(span)
                && [here.start(), here.end()].iter().all(|&at| snap::is_grapheme_boundary(text, at))
                && (!is_word(span.start()) || is_word(here.start()))
                && (!is_word(span.end()) || is_word(here.end()));
            let is_free = found.last().is_none_or(|last| last.end() <= start);
            if fits && is_free && (here == span || !here.overlaps(span)) {
                found.push(here);
            }
        }
        found
    }

    proptest! {
        #[test]
        fn places_are_those_that_looking_at_all_finds(
            text in "[ab ]{0,6}[aabé’.,1 \r\n\u{301}北👩‍🏽🇰ע]{1,60}",
            from in any::<prop::sample::Index>(),
            len in 1usize..6,
        ) {
            let text = Text::new(text);
            let start = from.index(text.len().index());
            let end = (start + len).min(text.len().index());
            let span = Span::between(Offset::from_usize(start), Offset::from_usize(end));
            prop_assert_eq!(places(&text, span), looked_for(&text, span));
        }
    }

    #[test]
    fn a_text_of_near_misses_takes_no_longer_than_another() {
        for letter in ["a", "é", "👩‍", "🇰"] {
            let text = Text::new(format!("{} {}", letter.repeat(1_000), letter.repeat(200_000)));
            let end = Offset::from_usize(letter.chars().count() * 1_000);
            let found = places(&text, Span::between(Offset::default(), end));
            assert!(found.contains(&Span::between(Offset::default(), end)), "{letter}");
        }
    }
}
