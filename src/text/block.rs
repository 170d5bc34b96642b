//! How a text falls into blocks (its lines) and pieces (what is painted at once).
//!
//! A block is one line without its line end, which is CR LF, CR or LF. Other characters that some
//! programs take for line ends (VT, FF, NEL, U+2028, U+2029) are text. A piece is a block or, where a
//! paragraph is as long as an article, a part of one: pieces are laid out by themselves, so that a book
//! in one line is no more work for a browser than any other. Blocks and pieces are ways to look at a
//! text; they never change it.

use crate::text::{Offset, Span};
use unicode_segmentation::GraphemeCursor;

/// A piece is split off once a block is longer than this many code points.
const PIECE_LIMIT: u32 = 6_000;
/// The most code points that the pieces of a long block are cut to.
const PIECE_TARGET: u32 = 3_000;

/// One line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The line without its line end.
    pub span: Span,
    /// Length of its line end in code points: 0 (the last line), 1, or 2 for CR LF.
    pub line_end: u8,
    /// Index of its first piece.
    pub first_piece: u32,
}

/// A part of one block that is painted at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The stretch of text it shows.
    pub span: Span,
    /// Index of the block it is of.
    pub block: u32,
}

/// Cuts a text into its blocks and their pieces. There is always at least one of each.
pub fn partition(text: &str) -> (Vec<Block>, Vec<Piece>) {
    let mut blocks = Vec::new();
    let mut pieces = Vec::new();
    let mut start = Offset::default();
    let mut rest = text;
    loop {
        let line_len = rest.bytes().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(line_len);
        let line_end: u8 = match tail.as_bytes() {
            [] => 0,
            [b'\r', b'\n', ..] => 2,
            _ => 1,
        };
        let end = start.plus(line.chars().count() as u32);
        let block = Block { span: Span::between(start, end), line_end, first_piece: pieces.len() as u32 };
        cut(line, block.span, blocks.len() as u32, &mut pieces);
        blocks.push(block);
        if line_end == 0 {
            return (blocks, pieces);
        }
        start = end.plus(u32::from(line_end));
        rest = &tail[usize::from(line_end)..];
    }
}

fn cut(line: &str, span: Span, block: u32, pieces: &mut Vec<Piece>) {
    let mut start = span.start();
    let mut rest = line;
    while span.end().since(start) > PIECE_LIMIT {
        let wanted = rest.char_indices().nth(PIECE_TARGET as usize).map_or(rest.len(), |(byte, _)| byte);
        let byte = grapheme_start(rest, near_end(&rest.as_bytes()[..wanted]));
        if byte == 0 {
            break;
        }
        let end = start.plus(rest[..byte].chars().count() as u32);
        pieces.push(Piece { span: Span::between(start, end), block });
        start = end;
        rest = &rest[byte..];
    }
    pieces.push(Piece { span: Span::between(start, span.end()), block });
}

/// Where a stretch of a line is best cut, in bytes: after the last sentence in its second half, else after the last
/// word there, else at its end.
fn near_end(stretch: &[u8]) -> usize {
    let best = (stretch.len() / 2..=stretch.len()).max_by_key(|&at| match &stretch[..at] {
        [.., b'.' | b'!' | b'?' | b'"', b' '] => 2,
        part if part.ends_with("” ".as_bytes()) || part.ends_with("。".as_bytes()) => 2,
        [.., b' '] => 1,
        _ => 0,
    });
    best.unwrap_or_default()
}

fn grapheme_start(text: &str, byte: usize) -> usize {
    let mut cursor = GraphemeCursor::new(byte, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0),
        _ => byte,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(String, u8)> {
        partition(text)
            .0
            .iter()
            .map(|block| {
                let line = text.chars().skip(block.span.start().index()).take(block.span.len() as usize);
                (line.collect(), block.line_end)
            })
            .collect()
    }

    #[test]
    fn lines_end_at_cr_lf_cr_and_lf_alone() {
        for (text, expected) in [
            ("", vec![("", 0)]),
            ("a\r\nb\rc\nd", vec![("a", 2), ("b", 1), ("c", 1), ("d", 0)]),
            ("a\n\r\n", vec![("a", 1), ("", 2), ("", 0)]),
            ("é\u{2028}b\u{b}\u{c}\u{85}c", vec![("é\u{2028}b\u{b}\u{c}\u{85}c", 0)]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(line, end)| (line.to_owned(), end)).collect();
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_pieces_of_a_long_line_are_the_line_and_cut_no_grapheme() {
        let family = "👨‍👩‍👧‍👦";
        let prose = "A sentence of some words. ".repeat(800);
        for (line, end) in [
            (prose.as_str(), ". "),
            (&prose.replace(". ", "” "), "” "),
            (&prose.replace(". ", "。"), "。"),
            (&"word ".repeat(4_000), " "),
            (&family.repeat(2_000), family),
            (&"x".repeat(20_000), "x"),
        ] {
            let (blocks, pieces) = partition(line);
            assert_eq!(blocks.len(), 1);
            assert!(pieces.len() > 3, "{} pieces", pieces.len());
            let mut reached = Offset::default();
            for piece in &pieces {
                assert_eq!(piece.span.start(), reached);
                assert!(piece.span.len() <= PIECE_LIMIT);
                reached = piece.span.end();
                let shown: String = line.chars().take(reached.index()).collect();
                assert!(shown.ends_with(end), "cut after {:?}", shown.chars().last());
            }
            assert_eq!(reached, blocks[0].span.end());
        }
    }
}
