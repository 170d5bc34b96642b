//! Where a line falls into words and what stands between them.
//!
//! The gist of the word boundaries of UAX #29 (Unicode Text Segmentation), put on top of grapheme clusters;
//! a test holds it against a full implementation, whose tables would weigh more than all other text code.
//! It departs where readers of news do: dates, times and ranges of numbers are one word ("2031-03-19",
//! "10:30", "24/7"). Chinese ideographs, kana and the scripts of Southeast Asia are cut by grapheme
//! cluster: their words need a dictionary. Nothing here knows of offsets.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// What a grapheme cluster is to the words around it, by its first code point.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Katakana,
    /// Formatting that shows nothing, or an accent after it: belongs to what stands before it.
    Unseen,
    /// May stand inside a word, between letters or digits.
    Joint(char),
    Other,
}

impl Kind {
    fn of(cluster: &str) -> Self {
        match cluster.chars().next().unwrap_or(' ') {
            '_' => Self::Letter,
            '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => Self::Unseen,
            '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' => Self::Unseen,
            c @ ('\'' | '’' | '.' | ',' | ';' | ':' | '·' | '‧' | '-' | '‑' | '/') => Self::Joint(c),
            // Thai to Lao, Myanmar, Khmer, hiragana, ideographs.
            '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Self::Other,
            '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
                Self::Other
            }
            '\u{30a0}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Self::Katakana,
            c if c.is_numeric() => Self::Digit,
            c if c.is_alphabetic() => Self::Letter,
            _ => Self::Other,
        }
    }

    /// Whether a joint between two clusters makes one word of them.
    fn joins(before: Self, joint: char, after: Self) -> bool {
        match (before, after) {
            (Self::Letter, Self::Letter) => matches!(joint, '\'' | '’' | '.' | ':' | '·' | '‧'),
            (Self::Digit, Self::Digit) => matches!(joint, '\'' | '’' | '.' | ',' | ';' | ':' | '-' | '‑' | '/'),
            _ => false,
        }
    }
}

/// Cuts a line into its words and what stands between them, with the byte at which each starts. A word is
/// a piece that holds a letter or a digit; see [`is_word`].
pub fn pieces(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let piece = first(&line[start..])?;
        let at = start;
        start += piece.len();
        Some((at, piece))
    })
}

/// The first piece of a text.
fn first(text: &str) -> Option<&str> {
    let cluster = first_cluster(text)?;
    let (mut end, mut last) = (cluster.len(), Kind::of(cluster));
    while let Some((more, kind)) = next(&text[end..], last) {
        (end, last) = (end + more, kind);
    }
    Some(&text[..end])
}

/// The first grapheme cluster of a text.
fn first_cluster(text: &str) -> Option<&str> {
    match text.as_bytes() {
        // Nearly all there is, and no tables are needed for it.
        [one, other, ..] if one.is_ascii() && other.is_ascii() && (*one, *other) != (b'\r', b'\n') => Some(&text[..1]),
        _ => text.graphemes(true).next(),
    }
}

/// What a piece goes on with, if it does: how many bytes of the text after it, and the kind that it now ends in.
fn next(rest: &str, last: Kind) -> Option<(usize, Kind)> {
    let cluster = first_cluster(rest)?;
    let mut end = cluster.len();
    let kind = Kind::of(cluster);
    match (last, kind) {
        (_, Kind::Unseen) => Some((end, last)),
        (Kind::Letter | Kind::Digit, Kind::Letter | Kind::Digit) | (Kind::Katakana, Kind::Katakana) => {
            Some((end, kind))
        }
        (Kind::Letter | Kind::Digit, Kind::Joint(joint)) => loop {
            let cluster = first_cluster(&rest[end..])?;
            end += cluster.len();
            let beyond = Kind::of(cluster);
            if beyond != Kind::Unseen {
                return Kind::joins(last, joint, beyond).then_some((end, beyond));
            }
        },
        _ => None,
    }
}

/// Whether a text may be cut at a byte, which no grapheme cluster spans, without cutting a piece of it.
pub fn is_boundary(text: &str, byte: usize) -> bool {
    let goes_on = |from: usize, last| next(&text[from..], last).is_some();
    let (at, last) = seen_before(text, byte);
    let is_joined = matches!(last, Kind::Joint(_)) && goes_on(at, seen_before(text, at).1);
    !is_joined && !goes_on(byte, last)
}

/// Where the cluster before a byte starts that is not unseen, and its kind.
fn seen_before(text: &str, byte: usize) -> (usize, Kind) {
    let mut cursor = GraphemeCursor::new(byte, text.len(), true);
    while let Ok(Some(at)) = cursor.prev_boundary(text, 0) {
        let kind = Kind::of(&text[at..]);
        if kind != Kind::Unseen {
            return (at, kind);
        }
    }
    (0, Kind::Other)
}

/// Whether a piece is a word.
pub fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(line: &str) -> Vec<&str> {
        pieces(line).map(|(_, piece)| piece).filter(|piece| is_word(piece)).collect()
    }

    #[test]
    fn words_are_what_a_reader_of_news_takes_for_words() {
        for (line, expected) in [
            ("Don't stop, U.S. voters.", vec!["Don't", "stop", "U.S", "voters"]),
            ("on 2031-03-19 at 10:30, $3.60", vec!["on", "2031-03-19", "at", "10:30", "3.60"]),
            ("well-known 24/7 and 1,860", vec!["well", "known", "24/7", "and", "1,860"]),
            ("inter\u{ad}national cafe\u{301}", vec!["inter\u{ad}national", "cafe\u{301}"]),
            ("北京 カタカナ 서울", vec!["北", "京", "カタカナ", "서울"]),
            ("👩‍👩‍👧 went", vec!["went"]),
            ("", vec![]),
        ] {
            assert_eq!(words(line), expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn pieces_are_the_line(line in "\\PC{0,60}|[a1カ'.,\u{301}\u{ad} 北]{0,12}") {
            let whole: String = pieces(&line).map(|(_, piece)| piece).collect();
            prop_assert_eq!(&whole, &line);
            let mut reached = 0;
            for (start, piece) in pieces(&line) {
                prop_assert_eq!(start, reached);
                reached += piece.len();
            }
            let starts: Vec<usize> = pieces(&line).map(|(start, _)| start).collect();
            for (byte, _) in line.grapheme_indices(true).skip(1) {
                prop_assert_eq!(is_boundary(&line, byte), starts.contains(&byte), "at byte {}", byte);
            }
        }

        #[test]
        fn words_are_those_of_a_full_implementation(line in "[a-dÉßяЖعم129'’., !?”京ん한글カー👍🇰\u{301}\u{ad}]{0,40}") {
            let full: Vec<&str> = line.split_word_bounds().filter(|piece| is_word(piece)).collect();
            prop_assert_eq!(words(&line), full);
        }
    }
}
