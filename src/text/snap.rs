//! Where a reader would cut a text: grapheme clusters, words and sentences.
//!
//! Grapheme clusters are those of UAX #29 (Unicode Text Segmentation); words are those of [`word`]; a
//! sentence does not end after an abbreviation that news is full of ("U.S. President", "Mr. Ito").
//! Only the surroundings of an offset are read, so the cost does not grow with the text.
//! All offsets are code points.

use crate::text::{ByteOffset, Offset, Span, Text, word};
use unicode_segmentation::GraphemeCursor;

/// How far around an offset words are looked for, in bytes.
const WORD_REACH: usize = 512;
/// How far around an offset a sentence is looked for, in bytes.
const SENTENCE_REACH: usize = 6_000;

/// Words that end in a full stop without ending a sentence, in lower case without that stop.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "sen", "rep", "gov", "gen", "col", "lt", "sgt", "capt", "hon", "rev", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "no", "vs", "inc", "co", "corp",
    "ltd", "jr", "sr", "e.g", "i.e", "approx", "dept", "u.s", "u.k", "u.n", "e.u",
];

/// Whether no grapheme cluster spans the offset. CR LF is one cluster.
pub fn is_grapheme_boundary(text: &Text, offset: Offset) -> bool {
    grapheme_floor(text, offset) == offset.min(text.len())
}

/// Whether no grapheme cluster spans a byte.
pub(super) fn is_cluster_boundary(content: &str, byte: usize) -> bool {
    GraphemeCursor::new(byte, content.len(), true).is_boundary(content, 0) != Ok(false)
}

/// The start of the grapheme cluster that the offset lies in; a boundary is its own.
pub fn grapheme_floor(text: &Text, offset: Offset) -> Offset {
    let content = text.as_str();
    let mut cursor = GraphemeCursor::new(text.byte(offset).index(), content.len(), true);
    match cursor.is_boundary(content, 0) {
        Ok(false) => prev_grapheme(text, offset),
        _ => offset.min(text.len()),
    }
}

/// The end of the grapheme cluster that the offset lies in; a boundary is its own.
pub fn grapheme_ceil(text: &Text, offset: Offset) -> Offset {
    let floor = grapheme_floor(text, offset);
    if floor == offset.min(text.len()) { floor } else { next_grapheme(text, floor) }
}

/// The next grapheme boundary after the offset; the end stays.
pub fn next_grapheme(text: &Text, offset: Offset) -> Offset {
    let content = text.as_str();
    let mut cursor = GraphemeCursor::new(text.byte(offset).index(), content.len(), true);
    let byte = cursor.next_boundary(content, 0).ok().flatten().unwrap_or(content.len());
    text.from_byte(ByteOffset::from_usize(byte))
}

/// The last grapheme boundary before the offset; the start stays.
pub fn prev_grapheme(text: &Text, offset: Offset) -> Offset {
    let content = text.as_str();
    let mut cursor = GraphemeCursor::new(text.byte(offset).index(), content.len(), true);
    let byte = cursor.prev_boundary(content, 0).ok().flatten().unwrap_or(0);
    text.from_byte(ByteOffset::from_usize(byte))
}

/// The span widened to whole grapheme clusters.
pub fn snap_to_graphemes(text: &Text, span: Span) -> Span {
    let start = grapheme_floor(text, span.start());
    Span::between(start, grapheme_ceil(text, span.end()).max(start))
}

/// The span widened to whole words, without white space at its edges.
///
/// A span of white space alone comes back as it is, widened to whole grapheme clusters.
pub fn snap_to_words(text: &Text, span: Span) -> Span {
    let span = snap_to_graphemes(text, span);
    let Some(inner) = without_edge_space(text, span) else {
        return span;
    };
    let start = word_around(text, inner.start()).map_or(inner.start(), Span::start);
    let last = prev_grapheme(text, inner.end());
    let end = word_around(text, last).map_or(inner.end(), Span::end);
    Span::between(start, end.max(inner.end()))
}

/// The span without white space at its edges, `None` where nothing is left. A blank that a mark stands on is
/// none: the two are one grapheme cluster.
pub fn without_edge_space(text: &Text, span: Span) -> Option<Span> {
    let slice = text.slice(span);
    let is_space = |c: char| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}';
    let lead = slice.chars().take_while(|&c| is_space(c)).count() as u32;
    let tail = slice.chars().rev().take_while(|&c| is_space(c)).count() as u32;
    (lead < span.len()).then(|| {
        let start = grapheme_floor(text, span.start().plus(lead)).max(span.start());
        Span::between(start, grapheme_ceil(text, span.end().minus(tail)).min(span.end()))
    })
}

/// The word that the code point at the offset belongs to, `None` between words.
pub fn word_around(text: &Text, offset: Offset) -> Option<Span> {
    let window = window(text, offset, WORD_REACH);
    let byte = text.byte(offset).index();
    word::pieces(window.text)
        .map(|(at, word)| (window.byte + at, word))
        .find(|(at, word)| (*at..at + word.len()).contains(&byte))
        .filter(|(_, word)| word::is_word(word))
        .map(|(at, word)| byte_span(text, at, at + word.len()))
}

/// What a double click at the offset takes: the word there or, on a blank, the one beside it; else the
/// grapheme cluster.
pub fn word_or_grapheme(text: &Text, offset: Offset) -> Span {
    let on_blank = text.char_at(offset).is_none_or(char::is_whitespace);
    let beside =
        || word_around(text, next_grapheme(text, offset)).or_else(|| word_around(text, prev_grapheme(text, offset)));
    word_around(text, offset).or_else(|| if on_blank { beside() } else { None }).unwrap_or_else(|| {
        let start = grapheme_floor(text, offset);
        Span::between(start, next_grapheme(text, start))
    })
}

/// The end of the word at or after the offset; the end of the text where none is left.
pub fn next_word_end(text: &Text, offset: Offset) -> Offset {
    let mut at = offset;
    while at < text.len() {
        // One look for a whole stretch without words, however long the text goes on like that.
        let window = window(text, at, WORD_REACH);
        let here = text.byte(at).index().saturating_sub(window.byte);
        let mut words =
            word::pieces(window.text).filter(|(start, piece)| start + piece.len() > here && word::is_word(piece));
        match words.next() {
            Some((start, _)) => {
                let start = text.from_byte(ByteOffset::from_usize(window.byte + start));
                return word_around(text, start.max(at)).map_or(at, Span::end);
            }
            None => at = window.end(text).max(next_grapheme(text, at)),
        }
    }
    text.len()
}

/// The start of the word that ends before or spans the offset; the start of the text where none is.
pub fn prev_word_start(text: &Text, offset: Offset) -> Offset {
    let mut at = offset;
    while at > Offset::default() {
        let before = prev_grapheme(text, at);
        let window = window(text, before, WORD_REACH);
        let here = text.byte(at).index().saturating_sub(window.byte);
        match word::pieces(window.text).filter(|(start, piece)| *start < here && word::is_word(piece)).last() {
            Some((start, _)) => {
                let start = text.from_byte(ByteOffset::from_usize(window.byte + start));
                return word_around(text, start).map_or(start, Span::start);
            }
            None => at = text.from_byte(ByteOffset::from_usize(window.byte)).min(before),
        }
    }
    at
}

/// How many words a span holds, for saying how much was taken.
pub fn word_count(text: &Text, span: Span) -> usize {
    word::pieces(text.slice(span)).filter(|(_, piece)| word::is_word(piece)).count()
}

/// The sentence that the offset lies in, without white space at its edges.
pub fn sentence_around(text: &Text, offset: Offset) -> Span {
    let window = window(text, offset, SENTENCE_REACH);
    let here = text.byte(offset).index();
    let mut start = window.byte;
    let mut end = window.byte + window.text.len();
    for stop in sentence_ends(window.text).map(|at| window.byte + at) {
        if stop > here {
            end = stop;
            break;
        }
        start = stop;
    }
    let sentence = byte_span(text, start, end);
    without_edge_space(text, sentence).unwrap_or(sentence)
}

/// Where sentences end in a line, in bytes: after a stop and the closing marks behind it, where a blank
/// follows and then no small letter. Chinese and Japanese stops need no blank. The gist of UAX #29,
/// whose tables for it would cost more than all the rest of this module.
fn sentence_ends(line: &str) -> impl Iterator<Item = usize> {
    line.char_indices().filter_map(move |(at, c)| {
        if !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।') {
            return None;
        }
        let after = at + c.len_utf8();
        let rest =
            line[after..].trim_start_matches(['"', '”', '’', '\'', '»', ')', ']', '」', '』', '“', '.', '!', '?', '…']);
        let end = line.len() - rest.len();
        let next = rest.trim_start().chars().next();
        let closes = matches!(c, '。' | '！' | '？')
            || (rest.starts_with(char::is_whitespace) && !next.is_some_and(char::is_lowercase));
        let abbreviates = c == '.' && end == after && ends_in_abbreviation(&line[..after]);
        (closes && !abbreviates).then_some(end)
    })
}

fn ends_in_abbreviation(sentence: &str) -> bool {
    let Some(stem) = sentence.strip_suffix('.') else {
        return false;
    };
    let word = stem.rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '(' | '\'')).next().unwrap_or(stem);
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    is_initial || ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// A part of a line around an offset, cut where a word surely begins.
struct Window<'a> {
    text: &'a str,
    byte: usize,
}

impl Window<'_> {
    /// Where it ends.
    fn end(&self, text: &Text) -> Offset {
        text.from_byte(ByteOffset::from_usize(self.byte + self.text.len()))
    }
}

fn window(text: &Text, offset: Offset, reach: usize) -> Window<'_> {
    let block = text.blocks()[text.block_at(offset)].span;
    let (line_start, line_end) = (text.byte(block.start()).index(), text.byte(block.end()).index());
    let content = text.as_str();
    let byte = text.byte(offset).index().min(line_end);
    let from = content.floor_char_boundary(byte.saturating_sub(reach)).max(line_start);
    let to = content.ceil_char_boundary((byte + reach).min(line_end));
    let start = if from == line_start { from } else { first_cut(&content[from..byte]).map_or(from, |at| from + at) };
    let end = if to == line_end { to } else { last_cut(&content[byte..to]).map_or(to, |at| byte + at) };
    Window { text: &content[start..end], byte: start }
}

/// A blank before a letter is a boundary by every rule, whatever stands around it.
fn is_cut(before: char, after: char) -> bool {
    let ideograph = |c| ('\u{4e00}'..='\u{9fff}').contains(&c);
    (before == ' ' && after.is_alphanumeric()) || (ideograph(before) && ideograph(after))
}

fn first_cut(slice: &str) -> Option<usize> {
    let after = slice.char_indices().skip(1);
    slice.chars().zip(after).find(|&(before, (_, c))| is_cut(before, c)).map(|(_, (at, _))| at)
}

fn last_cut(slice: &str) -> Option<usize> {
    let before = slice.char_indices().rev().skip(1);
    slice.char_indices().rev().zip(before).find(|&((_, c), (_, before))| is_cut(before, c)).map(|((at, _), _)| at)
}

fn byte_span(text: &Text, start: usize, end: usize) -> Span {
    Span::between(text.from_byte(ByteOffset::from_usize(start)), text.from_byte(ByteOffset::from_usize(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::drawn::{draw_span, text_and_span};
    use proptest::prelude::*;

    /// Each case shows the span before and after, in brackets.
    fn check(snap: fn(&Text, Span) -> Span, cases: &[(&str, &str)]) {
        for (before, after) in cases {
            let (text, span) = text_and_span(before);
            assert_eq!(draw_span(&text, snap(&text, span)), *after, "from {before}");
        }
    }

    #[test]
    fn a_selection_widens_to_whole_words_and_leaves_blanks_out() {
        check(
            snap_to_words,
            &[
                ("We op[en at n]ine.", "We [open at nine]."),
                ("We[ open ]at", "We [open] at"),
                ("said [\"We open\"], and", "said [\"We open\"], and"),
                ("don['t g]o", "[don't go]"),
                ("a [ ] b", "a [ ] b"),
                ("the U.[S. mil]itary", "the [U.S. military]"),
                ("cost 41[.5 m]illion", "cost [41.5 million]"),
                ("[👩‍👩]‍👧 went", "[👩‍👩‍👧] went"),
                ("cafe[\u{301} noi]r", "[cafe\u{301} noir]"),
                ("北京[市长]说", "北京[市长]说"),
                ("a\n[\nb c]d", "a\n\n[b cd]"),
                // A blank that bears a mark is no blank: what stands on it can't be cut off.
                ("a[ 🏿] b", "a[ 🏿] b"),
                ("a[  \u{301}b ]c", "a [ \u{301}b] c"),
            ],
        );
    }

    #[test]
    fn raw_selections_still_cut_no_grapheme() {
        check(
            snap_to_graphemes,
            &[("a[b]c", "a[b]c"), ("x👍[🏽]y", "x[👍🏽]y"), ("a\r[\n]b", "a[\r\n]b"), ("e[\u{301}]", "[e\u{301}]")],
        );
    }

    #[test]
    fn a_sentence_ends_at_its_stop_and_not_at_an_abbreviation() {
        check(
            |text, span| sentence_around(text, span.start()),
            &[
                ("One. T[w]o is here. Three.", "One. [Two is here.] Three."),
                ("It was U.S. Pre[s]ident Ito. He left.", "[It was U.S. President Ito.] He left."),
                ("Mr. B[o]nd met J. Ray. Then", "[Mr. Bond met J. Ray.] Then"),
                ("\"N[o].\" He left.", "[\"No.\"] He left."),
                ("First line\nsec[o]nd line", "First line\n[second line]"),
            ],
        );
    }

    #[test]
    fn the_caret_moves_by_words_across_lines() {
        let text = Text::new("We open,\n\nat “nine” 👍");
        let mut at = Offset::default();
        let mut stops = Vec::new();
        while at < text.len() {
            at = next_word_end(&text, at);
            stops.push(at.get());
        }
        assert_eq!(stops, [2, 7, 12, 18, 21]);
        let mut back = Vec::new();
        while at > Offset::default() {
            at = prev_word_start(&text, at);
            back.push(at.get());
        }
        assert_eq!(back, [14, 10, 3, 0]);
    }

    /// The plainest ways to the next word and to the one before.
    fn plain_steps(text: &Text, from: Offset) -> (Offset, Offset) {
        let mut next = from;
        let end = loop {
            match word_around(text, next) {
                _ if next >= text.len() => break text.len(),
                Some(word) => break word.end(),
                None => next = next_grapheme(text, next),
            }
        };
        let mut at = from;
        let start = loop {
            let before = prev_grapheme(text, at);
            match word_around(text, before) {
                _ if at == Offset::default() => break at,
                Some(word) => break word.start(),
                None => at = before,
            }
        };
        (end, start)
    }

    proptest! {
        #[test]
        fn steps_by_words_are_those_by_graphemes(
            pieces in prop::collection::vec(("[a1]{0,2}|can't|41\\.5|北京|👍🏽|e\u{301}", "[ \u{200b}…'\n]{1,2}", 0..150_usize), 1..6),
            from in any::<prop::sample::Index>(),
        ) {
            let text: String = pieces.iter().map(|(word, gap, times)| word.clone() + &gap.repeat(*times)).collect();
            let text = Text::new(text);
            let from = Offset::from_usize(from.index(text.len().index() + 1));
            prop_assert_eq!((next_word_end(&text, from), prev_word_start(&text, from)), plain_steps(&text, from));
        }
    }

    #[test]
    fn a_step_over_a_million_blanks_looks_at_each_only_once() {
        let text = Text::new(" ".repeat(1_000_000) + "end" + &"\n".repeat(100_000));
        assert_eq!(next_word_end(&text, Offset::new(1)).get(), 1_000_003);
        assert_eq!(prev_word_start(&text, text.len()).get(), 1_000_000);
        assert_eq!(prev_word_start(&text, Offset::new(1_000_000)).get(), 0);
    }

    #[test]
    fn a_window_in_a_long_line_finds_what_the_whole_line_would() {
        let line = "Ask anyone who can't wait, e.g. the 41.5 million of O'Hara & Sons. ".repeat(100);
        let text = Text::new(line.as_str());
        let whole: Vec<_> = word::pieces(&line).collect();
        for (at, word) in whole.into_iter().filter(|(_, word)| word.chars().any(char::is_alphanumeric)) {
            let found = word_around(&text, Offset::from_usize(at)).map(|span| text.slice(span).to_owned());
            assert_eq!(found.as_deref(), Some(word), "at byte {at}");
        }
    }
}
