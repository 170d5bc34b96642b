//! Drawn text for tests: `[` and `]` stand around a span, so that a case shows what it means.

use crate::text::{Offset, Span, Text};

/// Takes the first `[` and the last `]` out of a drawing; they are the ends of the span.
pub fn text_and_span(drawing: &str) -> (Text, Span) {
    let open = drawing.chars().position(|c| c == '[').expect("a drawing has a [");
    let close = drawing.chars().filter(|&c| c != '[').position(|c| c == ']').expect("a drawing has a ]");
    let text: String = drawing.chars().filter(|c| !['[', ']'].contains(c)).collect();
    (Text::new(text), Span::between(Offset::from_usize(open), Offset::from_usize(close)))
}

/// Draws a span into its text.
pub fn draw_span(text: &Text, span: Span) -> String {
    let before = text.slice(Span::between(Offset::default(), span.start()));
    let after = text.slice(Span::between(span.end(), text.len()));
    format!("{before}[{}]{after}", text.slice(span))
}
