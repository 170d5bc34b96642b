//! What lies over the text: the selection, the caret, the handles of the selected mark, the bar at
//! the selection. Placed through the CSSOM, since the content policy allows no style attributes.

use super::ArticleView;
use crate::state::{Selection, State};
use crate::text::{Offset, Span, snap};
use crate::ui::Refs;
use crate::web::dom::{call, document, window};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomRect, HtmlElement};
use yew::NodeRef;

/// The name of the highlight in the stylesheet.
const HIGHLIGHT: &str = "chosen";

/// How the person is pointing at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pointing {
    /// With a finger: the browser draws the selection and its handles.
    pub touch: bool,
}

/// What lies over the text, and thereby whether anything has to be placed anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Over {
    selection: Selection,
    caret: Option<Offset>,
    handles: Option<Span>,
    bar: Option<Span>,
    dragging: bool,
    touch: bool,
    /// Where the caret stands at the end of a line.
    ends_line: Option<Offset>,
    /// Whether the focus is in the text, or nowhere: else the browser's selection is somebody else's. Known when it is
    /// placed.
    at_home: bool,
}

impl Over {
    fn of(state: &State, pointing: Pointing, ends_line: Option<Offset>) -> Self {
        let view = &state.view;
        let selection = view.selection;
        let with_bar = !selection.is_caret() && !view.dragging && !pointing.touch;
        Self {
            selection,
            caret: match &view.resize {
                Some(resize) => Some(resize.moving()),
                None => selection.is_caret().then_some(selection.focus),
            },
            handles: state.active().map(|active| state.drawn_span(active)).filter(|_| selection.is_caret()),
            bar: with_bar.then_some(selection.span),
            dragging: view.dragging,
            touch: pointing.touch,
            ends_line,
            at_home: false,
        }
    }
}

impl ArticleView {
    /// Has what is to lie over the text shown, and the rest hidden. To be said before anything is measured: placing it
    /// then moves it and no more, and all is laid out once.
    pub fn show_over(&self, state: &State, refs: &Refs, pointing: Pointing) -> Over {
        let over = Over::of(state, pointing, self.ends_line);
        show(&refs.caret, over.caret.is_some());
        show(&refs.start, over.handles.is_some());
        show(&refs.end, over.handles.is_some());
        show(&refs.bar, over.bar.is_some());
        over
    }

    /// Puts everything that lies over the text where it belongs, and lets the browser's selection follow. Costs nothing
    /// where all is as it was.
    pub fn place(&mut self, mut over: Over, refs: &Refs) {
        let Some(page) = html(&refs.page) else {
            return;
        };
        let focused = document().active_element();
        over.at_home = focused.is_none_or(|element| page.contains(Some(&element)) || element.tag_name() == "BODY");
        if self.over.borrow().as_ref() == Some(&over) {
            return;
        }
        // What is chosen has places to ask for, and can be copied.
        let end = over.handles.unwrap_or(over.selection.span).end().max(over.selection.span.end());
        self.build_to(self.text.piece_at(end));
        if over.at_home && !over.dragging {
            self.mirror(&over);
        }
        self.over.replace(Some(over));
        self.lay_over(refs);
    }

    /// The same after the text was laid out anew, without the browser's selection, which may hold what
    /// nobody has heard of yet.
    pub fn lay_over(&self, refs: &Refs) {
        let over = self.over.borrow();
        let (Some(over), Some(page), Some(scroller)) = (&*over, html(&refs.page), html(&refs.scroller)) else {
            return;
        };
        self.highlight(over.selection.span);
        let origin = page.get_bounding_client_rect();
        if origin.width() == 0.0 {
            return;
        }
        // All is measured before anything is moved, so that the layout is computed once.
        let caret = over.caret.and_then(|offset| self.rect_at(offset));
        let start = over.handles.and_then(|span| self.start_of(span));
        let end = over.handles.and_then(|span| self.end_of(span));
        self.place_bar(&refs.bar, over.bar, &scroller);
        for (line, place) in [(&refs.caret, caret), (&refs.start, start), (&refs.end, end)] {
            put(line, place.map(|(x, rect)| (x - origin.left(), rect.top() - origin.top(), rect.height())));
        }
    }

    /// Has the highlight and what lies over the text placed anew when it is asked for next.
    pub fn unsettle(&self) {
        self.over.replace(None);
    }

    /// Draws the selection, snapped as it is, since the browser's own shows what was dragged.
    fn highlight(&self, span: Span) {
        let Some(registry) = highlights() else {
            let _ = self.host().class_list().toggle_with_force("no-highlights", true);
            return;
        };
        let name = JsValue::from(HIGHLIGHT);
        if span.is_empty() {
            call(&registry, "delete", &[name]);
        } else if let Some(highlight) = self.range_of(span).and_then(|range| new_highlight(&range.clone_range())) {
            call(&registry, "set", &[name, highlight]);
        }
    }

    /// Draws the words chosen again, after text nodes were replaced under them.
    pub(super) fn highlight_again(&self) {
        if let Some(over) = &*self.over.borrow() {
            self.highlight(over.selection.span);
        }
    }

    /// Lets the browser's selection follow, so that copying and magnifiers do. While an edge moves it is where that
    /// is: a step by line goes on from there, and Firefox scrolls to it after one, whoever has scrolled since.
    fn mirror(&self, over: &Over) {
        let Some(native) = window().get_selection().ok().flatten() else {
            return;
        };
        let selection = over.selection;
        if over.touch {
            let inside = native.anchor_node().is_some_and(|node| self.host().contains(Some(&node)));
            if selection.is_caret() && inside && !native.is_collapsed() {
                let _ = native.remove_all_ranges();
            }
            return;
        }
        let backward = selection.focus < selection.anchor;
        let (from, to) = match (over.caret, selection.span, backward) {
            (Some(caret), ..) => (caret, caret),
            (None, span, false) => (span.start(), span.end()),
            (None, span, true) => (span.end(), span.start()),
        };
        self.select_natively(from, to);
    }

    /// Gives the browser a selection, unless it has just that one.
    pub fn select_natively(&self, from: Offset, to: Offset) {
        let native = window().get_selection().ok().flatten();
        let points = (native, self.point_of_caret(from), self.point_of_caret(to));
        let (Some(native), Some((anchor, a)), Some((focus, f))) = points else {
            return;
        };
        let same = |node: Option<web_sys::Node>, at: u32, wanted: &web_sys::Node, units: u32| {
            node.as_ref() == Some(wanted) && at == units
        };
        if !same(native.anchor_node(), native.anchor_offset(), &anchor, a)
            || !same(native.focus_node(), native.focus_offset(), &focus, f)
        {
            let _ = native.set_base_and_extent(&anchor, a, &focus, f);
        }
    }

    /// Where the browser's selection began, if that was in the text.
    pub fn native_anchor(&self) -> Option<Offset> {
        let native = window().get_selection().ok().flatten()?;
        self.offset_of(&native.anchor_node()?, native.anchor_offset())
    }

    /// The browser's selection as offsets: anchor and focus; `None` where it lies elsewhere.
    pub fn native_selection(&self) -> Option<(Offset, Offset)> {
        let native = window().get_selection().ok().flatten()?;
        let anchor = self.offset_of(&native.anchor_node()?, native.anchor_offset())?;
        let focus = self.offset_of(&native.focus_node()?, native.focus_offset())?;
        Some((anchor, focus))
    }

    /// The start of a mark stands before its first character, not behind the one before, which may be on
    /// another line.
    fn start_of(&self, span: Span) -> Option<(f64, DomRect)> {
        let first = Span::between(span.start(), snap::next_grapheme(self.text(), span.start()));
        let rect = self.rect_of(first, false)?;
        Some((if self.is_right_to_left(span.start()) { rect.right() } else { rect.left() }, rect))
    }

    /// The end of a mark stands behind its last character, not before the next, which may be on
    /// another line.
    fn end_of(&self, span: Span) -> Option<(f64, DomRect)> {
        let last = Span::between(snap::prev_grapheme(self.text(), span.end()), span.end());
        let rect = self.rect_of(last, true)?;
        Some((if self.is_right_to_left(last.start()) { rect.left() } else { rect.right() }, rect))
    }

    /// Below the last line of the selection, inside what is seen.
    fn place_bar(&self, node: &NodeRef, span: Option<Span>, scroller: &HtmlElement) {
        let Some(rect) = span.and_then(|span| self.rect_of(span, true)) else { return show(node, false) };
        let Some(bar) = html(node) else { return };
        let around = scroller.get_bounding_client_rect();
        let own = bar.get_bounding_client_rect();
        let middle = (rect.left() + rect.right()) / 2.0 - around.left();
        let left = (middle - own.width() / 2.0).clamp(8.0, (around.width() - own.width() - 8.0).max(8.0));
        let below = rect.bottom() + 10.0;
        let fits = below + own.height() < around.bottom();
        let top = if fits { below } else { rect.top() - own.height() - 10.0 };
        style(&bar, "left", left + f64::from(scroller.scroll_left()));
        style(&bar, "top", top - around.top() + f64::from(scroller.scroll_top()));
    }
}

/// Has an element shown or not. Saying again what holds already would cost as much as a change.
fn show(node: &NodeRef, is_there: bool) {
    let Some(element) = html(node) else { return };
    if element.hidden() == is_there {
        element.set_hidden(!is_there);
    }
}

fn put(node: &NodeRef, place: Option<(f64, f64, f64)>) {
    let Some((left, top, height)) = place else { return show(node, false) };
    if let Some(line) = html(node) {
        // Moved and not laid out anew: only the height is a matter of layout.
        let _ = line.style().set_property("translate", &format!("{} {}", pixels(left), pixels(top)));
        style(&line, "height", height);
    }
}

/// Sets a length in CSS pixels.
pub fn style(element: &HtmlElement, property: &str, length: f64) {
    let _ = element.style().set_property(property, &pixels(length));
}

fn pixels(length: f64) -> String {
    // Whole numbers: printing fractions would bring tables of powers of ten into the program.
    let tenths = (length * 10.0).round() as i32;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    format!("{sign}{whole}.{part}px")
}

/// The element of a reference, once it is on the page.
pub fn html(node: &NodeRef) -> Option<HtmlElement> {
    node.cast::<HtmlElement>()
}

fn highlights() -> Option<JsValue> {
    let css = Reflect::get(&window(), &"CSS".into()).ok()?;
    Reflect::get(&css, &"highlights".into()).ok().filter(|registry| !registry.is_undefined())
}

/// `new Highlight(range)`, of the CSS Custom Highlight API.
fn new_highlight(range: &JsValue) -> Option<JsValue> {
    let class = Reflect::get(&window(), &"Highlight".into()).ok()?.dyn_into::<js_sys::Function>().ok()?;
    Reflect::construct(&class, &js_sys::Array::of1(range)).ok()
}
