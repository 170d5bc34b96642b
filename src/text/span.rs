//! A stretch of text: where it starts and where it ends, in code points, end exclusive.
//!
//! A span is only two numbers; whether it fits a text is asked of the text.

use crate::text::Offset;
use std::fmt;

/// A stretch of text in code points. The end is exclusive and never before the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    start: Offset,
    end: Offset,
}

impl Span {
    /// The span between two offsets, in whichever order they come.
    pub fn between(a: Offset, b: Offset) -> Self {
        Self { start: a.min(b), end: a.max(b) }
    }

    /// The span `start..end` in code points, `None` where the end lies before the start.
    pub fn checked(start: Offset, end: Offset) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// The empty span at an offset.
    pub fn at(offset: Offset) -> Self {
        Self { start: offset, end: offset }
    }

    /// The first code point's offset.
    pub const fn start(self) -> Offset {
        self.start
    }

    /// The offset after the last code point.
    pub const fn end(self) -> Offset {
        self.end
    }

    /// Length in code points.
    pub const fn len(self) -> u32 {
        self.end.since(self.start)
    }

    /// Whether it holds no code point.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether the two share at least one code point.
    pub fn overlaps(self, other: Self) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// Whether every code point of `other` lies in this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the code point at `offset` lies in this span.
    pub fn covers(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// What the two share, `None` where that is nothing.
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self { start: self.start.max(other.start), end: self.end.min(other.end) })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.start.get(), self.end.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span::between(Offset::new(start), Offset::new(end))
    }

    #[test]
    fn spans_that_only_touch_do_not_overlap() {
        for (a, b, shared) in [
            (span(0, 3), span(3, 5), None),
            (span(0, 4), span(3, 5), Some(span(3, 4))),
            (span(0, 9), span(3, 5), Some(span(3, 5))),
            (span(2, 2), span(0, 5), None),
        ] {
            assert_eq!(a.intersection(b), shared, "{a} and {b}");
            assert_eq!(b.intersection(a), shared, "{b} and {a}");
        }
    }

    #[test]
    fn a_span_does_not_run_backwards() {
        assert_eq!(Span::checked(Offset::new(4), Offset::new(3)), None);
        assert_eq!(Span::between(Offset::new(4), Offset::new(3)), span(3, 4));
    }
}
