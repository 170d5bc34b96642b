//! Conversion between code points, UTF-16 units and bytes: the only place that does it.
//!
//! A checkpoint every `STRIDE` code points makes each conversion a jump and a short scan, whatever
//! the length of the text; a text of ASCII alone needs none, since its three units agree.
//! Conversions are total: an offset past the end counts as the end, one inside a code point counts as
//! that code point's start.

use crate::text::{ByteOffset, Offset, Utf16Offset};

/// Code points between two checkpoints: 8 bytes of memory for each 64 code points.
const STRIDE: usize = 64;

#[derive(Clone, Copy, Debug)]
struct Checkpoint {
    byte: u32,
    utf16: u32,
}

/// Whether a byte of UTF-8 goes on with a code point that began before it.
fn is_inside(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// How many UTF-16 units a code point takes that begins with a byte: two where it takes four bytes.
fn utf16_len(first: u8) -> u32 {
    1 + u32::from(first >= 0xf0)
}

/// The conversion table of one text. It holds no text: every call is given the one it was made of.
#[derive(Clone, Debug)]
pub struct TextIndex {
    code_points: u32,
    utf16_units: u32,
    bytes: u32,
    /// Empty for a text of ASCII alone.
    checkpoints: Box<[Checkpoint]>,
}

impl TextIndex {
    /// Counts a text once, from its start to its end.
    pub fn new(text: &str) -> Self {
        let bytes = ByteOffset::from_usize(text.len()).get();
        if text.is_ascii() {
            return Self { code_points: bytes, utf16_units: bytes, bytes, checkpoints: Box::default() };
        }
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut utf16 = 0;
        let mut count = 0;
        for (at, byte) in text.bytes().enumerate() {
            if is_inside(byte) {
                continue;
            }
            if count % STRIDE == 0 {
                checkpoints.push(Checkpoint { byte: ByteOffset::from_usize(at).get(), utf16 });
            }
            utf16 += utf16_len(byte);
            count += 1;
        }
        Self {
            code_points: Offset::from_usize(count).get(),
            utf16_units: utf16,
            bytes,
            checkpoints: checkpoints.into(),
        }
    }

    /// Length of the text in code points.
    pub fn len(&self) -> Offset {
        Offset::new(self.code_points)
    }

    /// Whether the text holds no code point.
    pub fn is_empty(&self) -> bool {
        self.code_points == 0
    }

    /// Length of the text in UTF-16 units.
    pub fn utf16_len(&self) -> Utf16Offset {
        Utf16Offset::new(self.utf16_units)
    }

    /// Length of the text in bytes of UTF-8.
    pub fn byte_len(&self) -> ByteOffset {
        ByteOffset::new(self.bytes)
    }

    /// Code points to bytes.
    pub fn byte(&self, text: &str, offset: Offset) -> ByteOffset {
        self.locate(text, offset).0
    }

    /// Code points to UTF-16 units.
    pub fn utf16(&self, text: &str, offset: Offset) -> Utf16Offset {
        self.locate(text, offset).1
    }

    fn locate(&self, text: &str, offset: Offset) -> (ByteOffset, Utf16Offset) {
        let wanted = offset.get().min(self.code_points);
        let Some(at) = self.checkpoints.get(wanted as usize / STRIDE) else {
            // ASCII, or the end of a text whose length is a multiple of the stride.
            return if self.checkpoints.is_empty() {
                (ByteOffset::new(wanted), Utf16Offset::new(wanted))
            } else {
                (self.byte_len(), self.utf16_len())
            };
        };
        let (mut byte, mut utf16) = (at.byte, at.utf16);
        let mut left = wanted as usize % STRIDE;
        for &unit in &text.as_bytes()[byte as usize..] {
            if !is_inside(unit) {
                if left == 0 {
                    break;
                }
                left -= 1;
                utf16 += utf16_len(unit);
            }
            byte += 1;
        }
        (ByteOffset::new(byte), Utf16Offset::new(utf16))
    }

    /// Bytes to code points.
    pub fn from_byte(&self, text: &str, offset: ByteOffset) -> Offset {
        self.search(text, offset.get().min(self.bytes), |at| at.byte, char::len_utf8)
    }

    /// UTF-16 units to code points.
    pub fn from_utf16(&self, text: &str, offset: Utf16Offset) -> Offset {
        self.search(text, offset.get().min(self.utf16_units), |at| at.utf16, char::len_utf16)
    }

    fn search(&self, text: &str, wanted: u32, unit: fn(&Checkpoint) -> u32, width: fn(char) -> usize) -> Offset {
        let after = self.checkpoints.partition_point(|at| unit(at) <= wanted);
        let Some(before) = after.checked_sub(1) else {
            return Offset::new(wanted);
        };
        let at = &self.checkpoints[before];
        let mut reached = unit(at);
        let mut count = (before * STRIDE) as u32;
        for c in text[at.byte as usize..].chars() {
            reached += width(c) as u32;
            if reached > wanted {
                break;
            }
            count += 1;
        }
        Offset::new(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_three_units_part_at_the_first_emoji() {
        let text = "é👩‍👩‍👧 a";
        let index = TextIndex::new(text);
        // code points, UTF-16 units, bytes
        for (cp, utf16, byte) in [(0, 0, 0), (1, 1, 2), (2, 3, 6), (3, 4, 9), (6, 9, 20), (7, 10, 21), (8, 11, 22)] {
            let offset = Offset::new(cp);
            assert_eq!(index.utf16(text, offset).get(), utf16, "UTF-16 of {cp}");
            assert_eq!(index.byte(text, offset).get(), byte, "bytes of {cp}");
            assert_eq!(index.from_utf16(text, Utf16Offset::new(utf16)), offset);
            assert_eq!(index.from_byte(text, ByteOffset::new(byte)), offset);
        }
    }

    #[test]
    fn an_offset_inside_a_code_point_is_its_start_and_one_past_the_end_is_the_end() {
        let text = "a👍b";
        let index = TextIndex::new(text);
        assert_eq!(index.from_utf16(text, Utf16Offset::new(2)).get(), 1);
        assert_eq!(index.from_byte(text, ByteOffset::new(4)).get(), 1);
        assert_eq!(index.from_utf16(text, Utf16Offset::new(99)).get(), 3);
        assert_eq!(index.byte(text, Offset::new(99)).get(), 6);
    }

    proptest! {
        #[test]
        fn conversions_agree_with_counting_by_hand(text in "[a-z \u{e9}\u{301}\u{5d0}\u{4e2d}\u{1f468}\u{200d}\r\n]{0,300}") {
            let index = TextIndex::new(&text);
            let (mut byte, mut utf16) = (0, 0);
            for (count, c) in text.chars().chain(['\0']).enumerate() {
                let offset = Offset::from_usize(count);
                prop_assert_eq!(index.byte(&text, offset).index(), byte);
                prop_assert_eq!(index.utf16(&text, offset).index(), utf16);
                prop_assert_eq!(index.from_byte(&text, ByteOffset::from_usize(byte)), offset);
                prop_assert_eq!(index.from_utf16(&text, Utf16Offset::from_usize(utf16)), offset);
                byte += c.len_utf8();
                utf16 += c.len_utf16();
            }
        }
    }
}
