//! The text of an article and every way to point into it. Nothing here ever changes a text.
//!
//! In reading order: [`offset`] (the three units), [`span`], [`index`] (conversion between units),
//! [`block`] (lines and what is painted at once), [`word`], [`snap`] (graphemes, words, sentences),
//! [`quote`] (a quotation with its context, and finding it again by [`places`]), [`alike`] (every place of the same words),
//! [`wire`] (headline, date and caption of wire copy).

pub mod alike;
pub mod block;
pub mod encoding;
pub mod index;
pub mod markup;
pub mod offset;
mod places;
pub mod quote;
pub mod snap;
pub mod span;
pub mod wire;
pub mod word;

#[cfg(test)]
pub mod drawn;

pub use block::{Block, Piece};
pub use index::TextIndex;
pub use offset::{ByteOffset, Offset, Utf16Offset};
pub use quote::Quotation;
pub use span::Span;

use places::Places;
use sha2::{Digest, Sha256};
use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

/// SHA-256 (FIPS 180-4) of a text's UTF-8, as 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextHash(Rc<str>);

impl TextHash {
    /// The hash of a text.
    pub fn of(text: &str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let mut hex = String::with_capacity(64);
        for byte in digest {
            for nibble in [byte >> 4, byte & 15] {
                hex.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
        }
        Self(hex.into())
    }

    /// Takes 64 hexadecimal digits, of either case.
    pub fn parse(hex: &str) -> Option<Self> {
        let fits = hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then(|| Self(hex.to_ascii_lowercase().into()))
    }

    /// The hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text of an article exactly as it was loaded, with what is needed to point into it.
///
/// All offsets are code points and all ends exclusive unless a name says otherwise.
pub struct Text {
    content: Box<str>,
    hash: TextHash,
    index: TextIndex,
    blocks: Vec<Block>,
    pieces: Vec<Piece>,
    /// Made when words are first looked for.
    places: OnceCell<Places>,
}

impl Text {
    /// Takes a text as it is: no trimming, no normalisation, no change of line ends.
    pub fn new(content: impl Into<Box<str>>) -> Self {
        let content = content.into();
        let hash = TextHash::of(&content);
        Self::with_hash(content, hash)
    }

    /// Takes a text whose hash was already computed by this program; it is not computed again.
    pub(crate) fn with_hash(content: Box<str>, hash: TextHash) -> Self {
        let (blocks, pieces) = block::partition(&content);
        Self { hash, index: TextIndex::new(&content), blocks, pieces, places: OnceCell::new(), content }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The hash of its UTF-8.
    pub fn hash(&self) -> &TextHash {
        &self.hash
    }

    /// Calls `each` with every place of some words, in bytes, rising; places may overlap. The first call makes an index.
    fn each_place(&self, words: &str, each: impl FnMut(usize)) {
        self.places.get_or_init(|| Places::of(&self.content)).each(&self.content, words, each);
    }

    /// Length in code points: the offset of its end.
    pub fn len(&self) -> Offset {
        self.index.len()
    }

    /// Whether it holds no code point.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Length in UTF-16 units.
    pub fn utf16_len(&self) -> Utf16Offset {
        self.index.utf16_len()
    }

    /// Length in bytes of UTF-8.
    pub fn byte_len(&self) -> ByteOffset {
        self.index.byte_len()
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::between(Offset::default(), self.len())
    }

    /// Code points to bytes; past the end is the end.
    pub fn byte(&self, offset: Offset) -> ByteOffset {
        self.index.byte(&self.content, offset)
    }

    /// Code points to UTF-16 units; past the end is the end.
    pub fn utf16(&self, offset: Offset) -> Utf16Offset {
        self.index.utf16(&self.content, offset)
    }

    /// Bytes to code points; inside a code point is its start.
    pub fn from_byte(&self, offset: ByteOffset) -> Offset {
        self.index.from_byte(&self.content, offset)
    }

    /// UTF-16 units to code points; inside a code point is its start.
    pub fn from_utf16(&self, offset: Utf16Offset) -> Offset {
        self.index.from_utf16(&self.content, offset)
    }

    /// The text at a span; what lies past the end is left out.
    pub fn slice(&self, span: Span) -> &str {
        &self.content[self.byte(span.start()).index()..self.byte(span.end()).index()]
    }

    /// The code point at an offset, `None` at the end.
    pub fn char_at(&self, offset: Offset) -> Option<char> {
        self.content[self.byte(offset).index()..].chars().next()
    }

    /// The lines, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The pieces in which it is painted, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Index of the block that an offset lies in; an offset inside a line end belongs to the line before.
    pub fn block_at(&self, offset: Offset) -> usize {
        self.blocks.partition_point(|block| block.span.start() <= offset).saturating_sub(1)
    }

    /// Index of the piece that an offset lies in; an offset inside a line end belongs to the piece before.
    pub fn piece_at(&self, offset: Offset) -> usize {
        self.pieces.partition_point(|piece| piece.span.start() <= offset).saturating_sub(1)
    }

    /// Indices of the pieces that a span touches, its line ends with them.
    pub fn pieces_of(&self, span: Span) -> std::ops::Range<usize> {
        let last = if span.is_empty() { span.end() } else { span.end().minus(1) };
        self.piece_at(span.start())..self.piece_at(last) + 1
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} code points, {})", self.len().get(), self.hash)
    }
}
