//! Scrolling the text: to a mark or the caret, to where an article was left, and back to what was seen where sections
//! above it got another height. Never decides where to go.

use super::{ArticleView, CHAPTER};
use crate::state::State;
use crate::text::Offset;
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
        let before = self.awake.replace(wanted);
        if before == Some(wanted) {
            return;
        }
        for (section, is_awake) in [(before, false), (Some(wanted), true)] {
            // With the chapters on either side: the section may be the last of its own.
            let near = section.map_or(0..0, |section| (section / CHAPTER).saturating_sub(1)..section / CHAPTER + 2);
            let section = section.and_then(|section| self.sections.get(section)).map(|section| &section.element);
            for element in self.chapters.iter().take(near.end).skip(near.start).chain(section) {
                let _ = element.class_list().toggle_with_force("awake", is_awake);
            }
        }
        self.paint_sections(&[wanted], state);
    }

    /// Has the sections beside that of an offset laid out, or lets them rest again. Firefox steps over lines in what it
    /// skips.
    pub fn wake_beside(&self, offset: Offset, is_awake: bool) {
        let section = self.section_of(self.text.piece_at(offset));
        for (i, beside) in self.sections.iter().enumerate().take(section + 2).skip(section.saturating_sub(1)) {
            let _ = beside.element.class_list().toggle_with_force("awake", is_awake || self.awake == Some(i));
        }
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
            scroller.set_scroll_top(scroller.scroll_top() + (rect.top() - target).round() as i32);
        }
    }

    /// Scrolls an offset to the top of what is seen: where an article was left.
    pub fn scroll_to_top(&mut self, offset: Offset, scroller: &HtmlElement, state: &State) {
        self.wake(offset, state);
        for _ in 0..3 {
            let Some((_, rect)) = self.rect_at(offset) else {
                return;
            };
            let by = (rect.top() - scroller.get_bounding_client_rect().top() - 40.0).round() as i32;
            if by.abs() < 2 {
                break;
            }
            scroller.set_scroll_top(scroller.scroll_top() + by);
        }
    }

    /// Scrolls to where the text stood before it was laid out in a column of another width.
    pub fn keep_place(&mut self, scroller: &HtmlElement, state: &State) {
        let Some((section, at, height)) = self.seen.drain(..).next() else {
            return;
        };
        let above = -at / height.max(1.0);
        self.wake_section(section, state);
        for _ in 0..3 {
            let (top, height) = self.sections[section].place();
            let by = top + above * height - scroller.get_bounding_client_rect().top();
            scroller.set_scroll_top(scroller.scroll_top() + by.round() as i32);
        }
    }

    /// Scrolls what is seen to where it was before sections above it got their real height. Not every browser does it
    /// by itself, and none right after a jump. What tells is a section that kept its own height, before all others the
    /// one that was gone to.
    pub(super) fn keep_still(&mut self, scroller: &HtmlElement) {
        if scroller.scroll_top() != self.scrolled {
            // By a person, or by the browser, which did it.
            return;
        }
        let edge = scroller.get_bounding_client_rect().top();
        let moved = |&(section, at, height): &(usize, f64, f64)| {
            let (top, now) = self.sections[section].place();
            ((now - height).abs() < 0.5).then_some(top - edge - at)
        };
        let awake = self.seen.iter().filter(|(section, ..)| self.awake == Some(*section));
        // Where all are new, what one came from is to be found again on the way back.
        let below = || {
            let &(section, at, height) = self.seen.last().filter(|_| self.went_up)?;
            let (top, now) = self.sections[section].place();
            Some(top + now - edge - at - height)
        };
        let by = awake.chain(&self.seen).find_map(moved).or_else(below).unwrap_or_default().round();
        if by != 0.0 {
            // By and not to: a wheel that still turns goes on from there.
            scroller.scroll_by_with_x_and_y(0.0, by);
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
