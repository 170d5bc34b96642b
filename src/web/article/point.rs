//! The one bridge between points in the DOM (a node and UTF-16 units) and offsets (code points).

use super::ArticleView;
use crate::text::{Offset, Span, Utf16Offset};
use crate::web::dom::{call, document};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomRect, Element, Node, Range};

/// How far inside an edge a point still hits what is there, in CSS pixels.
const EDGE: f64 = 2.0;
/// About the height of a line, in CSS pixels.
const LINE: f64 = 24.0;
/// The element of a piece.
const PIECE: &str = "[data-piece]";
/// `NodeFilter.SHOW_TEXT`.
const SHOW_TEXT: u32 = 4;

impl ArticleView {
    /// The offset of a point in the article; `None` for points elsewhere.
    pub fn offset_of(&self, node: &Node, units: u32) -> Option<Offset> {
        if !self.host.contains(Some(node)) {
            return None;
        }
        let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
        let Some(piece) = element.closest(PIECE).ok().flatten() else {
            return self.offset_between(&element, units);
        };
        let span = self.span_of(&piece)?;
        let ruler = self.ruler.as_ref()?;
        ruler.set_start(&piece, 0).ok()?;
        ruler.set_end(node, units).ok()?;
        let before = ruler.to_string().length();
        let start = self.text.utf16(span.start());
        Some(self.text.from_utf16(Utf16Offset::new(start.get() + before)).min(span.end()))
    }

    /// The offset of a point between blocks: the start of the block that follows it.
    fn offset_between(&self, holder: &Element, child: u32) -> Option<Offset> {
        let mut next = holder.child_nodes().item(child);
        let mut at = holder.clone();
        while next.is_none() && &at != self.host.unchecked_ref::<Element>() {
            next = at.next_sibling();
            at = at.parent_element()?;
        }
        let Some(element) = next.and_then(|node| node.dyn_into::<Element>().ok()) else {
            return Some(self.text.len());
        };
        let inner = || element.query_selector(PIECE).ok().flatten();
        let piece = element.closest(PIECE).ok().flatten().or_else(inner)?;
        Some(self.span_of(&piece)?.start())
    }

    /// The stretch of text that a piece shows, by its element.
    fn span_of(&self, piece: &Element) -> Option<Span> {
        let index: usize = piece.get_attribute("data-piece")?.parse().ok()?;
        Some(self.text.pieces().get(index)?.span)
    }

    /// The point of an offset: a text node and UTF-16 units in it. An offset inside a line end is the
    /// end of its line.
    pub fn point_of(&self, offset: Offset) -> Option<(Node, u32)> {
        self.point_in(self.text.piece_at(offset), offset)
    }

    /// The same for the caret, which may stand at the end of a line.
    pub fn point_of_caret(&self, offset: Offset) -> Option<(Node, u32)> {
        self.point_in(self.piece_with(offset, self.ends_line == Some(offset)), offset)
    }

    /// Index of the piece that an offset lies in. One between two pieces of a line is the end of the first as well.
    fn piece_with(&self, offset: Offset, is_end: bool) -> usize {
        let index = self.text.piece_at(offset);
        let before = index.checked_sub(1).filter(|&before| is_end && self.text.pieces()[before].span.end() == offset);
        before.unwrap_or(index)
    }

    fn point_in(&self, index: usize, offset: Offset) -> Option<(Node, u32)> {
        let piece = self.text.pieces().get(index)?;
        let holder = self.pieces.get(index)?;
        let start = self.text.utf16(piece.span.start());
        let mut left = self.text.utf16(offset.min(piece.span.end())).since(start);
        let walker = document().create_tree_walker_with_what_to_show(holder, SHOW_TEXT).ok()?;
        let mut last = None;
        while let Ok(Some(node)) = walker.next_node() {
            let length = node.unchecked_ref::<web_sys::CharacterData>().length();
            if left <= length {
                return Some((node, left));
            }
            left -= length;
            last = Some((node, length));
        }
        last.or_else(|| Some((holder.clone().into(), 0)))
    }

    /// The range of a span: the one that measures, until it is asked for again.
    pub(super) fn range_of(&self, span: Span) -> Option<&Range> {
        let ruler = self.ruler.as_ref()?;
        let (start, at) = self.point_of(span.start())?;
        ruler.set_start(&start, at).ok()?;
        let (end, at) = self.point_in(self.piece_with(span.end(), !span.is_empty()), span.end())?;
        ruler.set_end(&end, at).ok()?;
        Some(ruler)
    }

    /// The offset under a point of the window, in CSS pixels.
    pub fn offset_at(&self, x: f64, y: f64) -> Option<Offset> {
        let document: JsValue = document().into();
        let at = |name| {
            call(&document, name, &[x.into(), y.into()]).filter(|found| !found.is_null() && !found.is_undefined())
        };
        let field = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
        // The standard's way, then WebKit's older one.
        let (node, units) = match at("caretPositionFromPoint") {
            Some(position) => (field(&position, "offsetNode")?, field(&position, "offset")?),
            None => {
                let range = at("caretRangeFromPoint")?;
                (field(&range, "startContainer")?, field(&range, "startOffset")?)
            }
        };
        self.offset_of(&node.dyn_into().ok()?, units.as_f64()? as u32)
    }

    /// The offset that is seen nearest to a point of the window, which may lie beside the text.
    pub fn offset_near(&self, x: f64, y: f64, scroller: &Element) -> Option<Offset> {
        let (seen, page) = (scroller.get_bounding_client_rect(), self.host.get_bounding_client_rect());
        let within = |at: f64, from: f64, to: f64| at.clamp(from + EDGE, (to - EDGE).max(from + EDGE));
        let (x, y) = (within(x, page.left(), page.right()), within(y, seen.top(), seen.bottom()));
        // Between two paragraphs there is no text right there.
        [0.0, -LINE, LINE].into_iter().find_map(|by| self.offset_at(x, y + by))
    }

    /// Where the caret at an offset stands, in CSS pixels of the window: from the left, and the place of its line.
    pub fn rect_at(&self, offset: Offset) -> Option<(f64, DomRect)> {
        self.rect_of_caret(offset, self.ends_line == Some(offset))
    }

    /// Has the caret, which is about to go to an offset, stand at the end of a line there and not at the start of the
    /// next where that is `wanted`, who is told the places of both. As soon as it is elsewhere that is over.
    pub fn end_line(&mut self, offset: Offset, wanted: impl Fn(&DomRect, &DomRect) -> bool) {
        let line = self.text.blocks()[self.text.block_at(offset)].span;
        let both = || Some((self.rect_of_caret(offset, true)?.1, self.rect_of_caret(offset, false)?.1));
        let (ended, begun) = match both().filter(|_| line.start() < offset) {
            Some(both) => both,
            None => return self.ends_line = None,
        };
        let wraps = begun.top() > ended.top() + ended.height() / 2.0;
        self.ends_line = Some(offset).filter(|_| wraps && wanted(&ended, &begun));
    }

    /// The caret is at an offset now: the end of a line where it was to be there.
    pub fn leave_line(&mut self, caret: Offset) {
        self.ends_line = self.ends_line.filter(|&offset| offset == caret);
    }

    fn rect_of_caret(&self, offset: Offset, ends_line: bool) -> Option<(f64, DomRect)> {
        let text = &self.text;
        let index = self.piece_with(offset, ends_line);
        let piece = text.pieces().get(index)?.span;
        let at = offset.min(piece.end());
        if piece.is_empty() {
            let rect = self.pieces.get(index)?.get_bounding_client_rect();
            return Some((rect.left(), rect));
        }
        // The left edge of what follows, or the right edge of what comes before.
        let (span, right) = if at < piece.end() && !ends_line {
            (Span::between(at, crate::text::snap::next_grapheme(text, at)), false)
        } else {
            (Span::between(crate::text::snap::prev_grapheme(text, at), at), true)
        };
        let rect = self.rect_of(span, right)?;
        let is_rtl = self.is_right_to_left(at);
        Some((if right != is_rtl { rect.right() } else { rect.left() }, rect))
    }

    /// The last rectangle of a span, or the first.
    pub(super) fn rect_of(&self, span: Span, last: bool) -> Option<DomRect> {
        let rects = self.range_of(span)?.get_client_rects()?;
        if last {
            return rects.item(rects.length().checked_sub(1)?);
        }
        // A range that begins at the end of a line has an empty rectangle there first.
        let filled = (0..rects.length()).filter_map(|i| rects.item(i)).find(|rect| rect.width() > 0.0);
        filled.or_else(|| rects.item(0))
    }

    /// Whether the script of a character runs from right to left.
    pub fn is_right_to_left(&self, offset: Offset) -> bool {
        self.text.char_at(offset).is_some_and(is_right_to_left)
    }
}

/// Whether a character is of a script that runs from right to left.
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}
