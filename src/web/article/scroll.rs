//! Scrolling the text: to a mark or the caret, to where an article was left, and back to what was seen where sections
//! above it got another height. Never decides where to go.

use super::{ArticleView, CHAPTER, Seen};
use crate::state::State;
use crate::text::Offset;
use std::mem;
use std::ops::Range;
use web_sys::HtmlElement;

/// What stays between the caret and the edge of what is seen, in CSS pixels.
const MARGIN: f64 = 90.0;

impl ArticleView {
    /// Has the section of an offset laid out, and its marks drawn. What the browser skips has no places to
    /// ask for.
    fn wake(&mut self, offset: Offset, state: &State) {
        let piece = self.text.piece_at(offset);
        self.build_to(piece);
        self.wake_section(self.section_of(piece), state);
    }

    fn wake_section(&mut self, wanted: usize, state: &State) {
        if !self.awake.contains(&wanted) {
            self.keep_awake(wanted..wanted + 1);
            self.paint_sections(&[wanted], state);
        }
    }

    /// Has these sections laid out, and lets the others rest.
    fn keep_awake(&mut self, sections: Range<usize>) {
        let before = mem::replace(&mut self.awake, sections);
        self.set_awake(before, false);
        self.set_awake(self.awake.clone(), true);
    }

    fn set_awake(&self, sections: Range<usize>, is_awake: bool) {
        // With the chapters on either side: the section may be the last of its own.
        let chapters = (sections.start / CHAPTER).saturating_sub(1)..sections.end.div_ceil(CHAPTER) + 1;
        let chapters = self.chapters.iter().take(chapters.end).skip(chapters.start);
        let sections = self.sections.iter().take(sections.end).skip(sections.start).map(|section| &section.element);
        for element in chapters.chain(sections) {
            let _ = element.class_list().toggle_with_force("awake", is_awake);
        }
    }

    /// Has what is seen laid out in the frame to come where the browser would skip it there: after a jump it notices
    /// only in a frame that is blank. What it does show stays where it is. Says whether there was anything to do.
    pub(super) fn wake_seen(&mut self, scroller: &HtmlElement) -> bool {
        let (Some(first), Some(last)) = (self.seen.first(), self.seen.last()) else { return false };
        let all = first.section..last.section + 1;
        let still = self.seen.iter().find(|seen| !seen.skipped).unwrap_or(first);
        let (still, at) = (still.section, still.at);
        let is_due = self.seen.iter().any(|seen| seen.skipped);
        if is_due {
            self.keep_awake(all);
            scroll_by(self.sections[still].place().0 - scroller.get_bounding_client_rect().top() - at, scroller);
            self.scrolled = scroller.scroll_top();
        }
        is_due
    }

    /// Has the sections beside that of an offset laid out, or lets them rest again. Firefox steps over lines in what it
    /// skips.
    pub fn wake_beside(&self, offset: Offset, is_awake: bool) {
        let section = self.section_of(self.text.piece_at(offset));
        self.set_awake(section.saturating_sub(1)..section + 2, is_awake);
        self.set_awake(self.awake.clone(), true);
    }

    /// Scrolls until an offset is well inside what is seen, and draws the marks that are seen there.
    pub fn reveal(&mut self, offset: Offset, scroller: &HtmlElement, state: &State) {
        self.wake(offset, state);
        self.scroll_to(offset, scroller);
        self.paint_seen(scroller, state);
    }

    fn scroll_to(&self, offset: Offset, scroller: &HtmlElement) {
        // A section that was never laid out only has a guessed height; a second look corrects it.
        for _ in 0..3 {
            let Some((_, rect)) = self.rect_at(offset) else {
                return;
            };
            let around = scroller.get_bounding_client_rect();
            let margin = MARGIN.min(around.height() / 4.0);
            let (above, below) = (around.top() + margin, around.bottom() - margin);
            if rect.top() >= above && rect.bottom() <= below {
                return;
            }
            let far = rect.top() < around.top() - around.height() || rect.bottom() > around.bottom() + around.height();
            let target = match (far, rect.top() < above) {
                (true, _) => around.top() + around.height() / 3.0,
                (false, true) => above,
                (false, false) => below - rect.height(),
            };
            scroll_by(rect.top() - target, scroller);
        }
    }

    /// Scrolls an offset to the top of what is seen: where an article was left.
    pub fn scroll_to_top(&mut self, offset: Offset, scroller: &HtmlElement, state: &State) {
        self.wake(offset, state);
        for _ in 0..3 {
            let Some((_, rect)) = self.rect_at(offset) else {
                return;
            };
            scroll_by(rect.top() - scroller.get_bounding_client_rect().top() - 40.0, scroller);
        }
    }

    /// Scrolls to where the text stood before it was laid out in a column of another width.
    pub fn keep_place(&mut self, scroller: &HtmlElement, state: &State) {
        let Some(Seen { section, at, height, .. }) = self.seen.drain(..).next() else {
            return;
        };
        let above = -at / height.max(1.0);
        self.wake_section(section, state);
        for _ in 0..3 {
            let (top, height) = self.sections[section].place();
            scroll_by(top + above * height - scroller.get_bounding_client_rect().top(), scroller);
        }
    }

    /// Scrolls what is seen to where it was before sections above it got their real height. Not every browser does it
    /// by itself, and none right after a jump. What tells is a section that kept its own height.
    pub(super) fn keep_still(&mut self, scroller: &HtmlElement) {
        if scroller.scroll_top() != self.scrolled {
            // By a person, or by the browser, which did it.
            return;
        }
        let edge = scroller.get_bounding_client_rect().top();
        let moved = |seen: &Seen| {
            let (top, height) = self.sections[seen.section].place();
            ((height - seen.height).abs() < 0.5).then_some(top - edge - seen.at)
        };
        let by = self.seen.iter().find_map(moved).unwrap_or_default();
        if by.round() != 0.0 {
            scroll_by(by, scroller);
            self.scrolled = scroller.scroll_top();
        }
    }

    /// The offset at the top of what is seen.
    pub fn top(&self, scroller: &HtmlElement) -> Option<Offset> {
        if scroller.scroll_top() == 0 {
            return Some(Offset::default());
        }
        let around = scroller.get_bounding_client_rect();
        let page = self.host().get_bounding_client_rect();
        let x = page.left() + page.width() / 3.0;
        [44.0, 60.0, 90.0].into_iter().find_map(|down| self.offset_at(x, around.top() + down))
    }
}

/// Scrolls by some pixels, and not to a place: a wheel that still turns goes on from there.
fn scroll_by(by: f64, scroller: &HtmlElement) {
    scroller.scroll_by_with_x_and_y(0.0, by.round());
}
