//! What lies over the text: the selection, the caret, the handles of the selected mark, the bar at
//! the selection. Placed through the CSSOM, since the content policy allows no style attributes.

use super::ArticleView;
use crate::state::{Selection, State};
use crate::text::{Offset, Span, snap};
use crate::ui::Refs;
use crate::web::dom::{document, window};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomRect, Element, HtmlElement};
use yew::NodeRef;

/// The name of the highlight in the stylesheet.
const HIGHLIGHT: &str = "chosen";
/// What stays between the caret and the edge of what is seen, in CSS pixels.
const MARGIN: f64 = 90.0;

/// How the person is pointing at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pointing {
    /// With a finger: the browser draws the selection and its handles.
    pub touch: bool,
}

impl ArticleView {
    /// Puts everything that lies over the text where the state says.
    pub fn place(&self, state: &State, refs: &Refs, pointing: Pointing) {
        let view = &state.view;
        let (Some(page), Some(scroller)) = (html(&refs.page), html(&refs.scroller)) else {
            return;
        };
        if page.offset_width() == 0 {
            return;
        }
        let selection = view.selection;
        self.highlight(selection.span);
        if !view.dragging {
            self.mirror(selection, &page, pointing);
        }
        let origin = page.get_bounding_client_rect();
        let caret = match &view.resize {
            Some(resize) => Some(resize.moving()),
            None => selection.is_caret().then_some(selection.focus),
        };
        self.place_line(&refs.caret, caret, &origin);
        let handles = state.active().map(|active| state.drawn_span(active)).filter(|_| selection.is_caret());
        self.place_start(&refs.start, handles, &origin);
        self.place_end(&refs.end, handles, &origin);
        let with_bar = !selection.is_caret() && !view.dragging && !pointing.touch;
        self.place_bar(&refs.bar, with_bar.then_some(selection.span), &scroller);
    }

    /// Draws the selection, snapped as it is, since the browser's own shows what was dragged.
    fn highlight(&self, span: Span) {
        let Some(registry) = highlights() else {
            let _ = self.host().class_list().add_1("no-highlights");
            return;
        };
        let name = JsValue::from(HIGHLIGHT);
        if span.is_empty() {
            call(&registry, "delete", &[name]);
        } else if let Some(highlight) = self.range_of(span).and_then(|range| new_highlight(&range)) {
            call(&registry, "set", &[name, highlight]);
        }
    }

    /// Lets the browser's selection follow, so that copying and magnifiers do.
    fn mirror(&self, selection: Selection, page: &Element, pointing: Pointing) {
        let active = document().active_element();
        let at_home = active.is_none_or(|element| page.contains(Some(&element)) || element.tag_name() == "BODY");
        let Some(native) = window().get_selection().ok().flatten().filter(|_| at_home) else {
            return;
        };
        if pointing.touch {
            let inside = native.anchor_node().is_some_and(|node| self.host().contains(Some(&node)));
            if selection.is_caret() && inside && !native.is_collapsed() {
                let _ = native.remove_all_ranges();
            }
            return;
        }
        let backward = selection.focus < selection.anchor;
        let (from, to) = match (selection.span, backward) {
            (span, false) => (span.start(), span.end()),
            (span, true) => (span.end(), span.start()),
        };
        self.select_natively(from, to);
    }

    /// Gives the browser a selection, unless it has just that one.
    pub fn select_natively(&self, from: Offset, to: Offset) {
        let native = window().get_selection().ok().flatten();
        let (Some(native), Some((anchor, a)), Some((focus, f))) = (native, self.point_of(from), self.point_of(to))
        else {
            return;
        };
        let same = |node: Option<web_sys::Node>, at: u32, wanted: &web_sys::Node, units: u32| {
            node.is_some_and(|node| node.is_same_node(Some(wanted))) && at == units
        };
        if !same(native.anchor_node(), native.anchor_offset(), &anchor, a)
            || !same(native.focus_node(), native.focus_offset(), &focus, f)
        {
            let _ = native.set_base_and_extent(&anchor, a, &focus, f);
        }
    }

    /// The browser's selection as offsets: anchor and focus; `None` where it lies elsewhere.
    pub fn native_selection(&self) -> Option<(Offset, Offset)> {
        let native = window().get_selection().ok().flatten()?;
        let anchor = self.offset_of(&native.anchor_node()?, native.anchor_offset())?;
        let focus = self.offset_of(&native.focus_node()?, native.focus_offset())?;
        Some((anchor, focus))
    }

    fn place_line(&self, line: &NodeRef, at: Option<Offset>, origin: &DomRect) {
        let rect = at.and_then(|offset| self.rect_at(offset));
        put(line, rect.map(|rect| (rect.left() - origin.left(), rect.top() - origin.top(), rect.height())));
    }

    /// The start of a mark stands before its first character, not behind the one before, which may be on
    /// another line.
    fn place_start(&self, line: &NodeRef, span: Option<Span>, origin: &DomRect) {
        let rect = span.and_then(|span| {
            let first = Span::between(span.start(), snap::next_grapheme(self.text(), span.start()));
            let rects = self.range_of(first)?.get_client_rects()?;
            // A range that begins at the end of a line has an empty rectangle there first.
            let filled = (0..rects.length()).filter_map(|i| rects.item(i)).find(|rect| rect.width() > 0.0);
            let rect = filled.or_else(|| rects.item(0))?;
            let x = if self.is_right_to_left(span.start()) { rect.right() } else { rect.left() };
            Some((x, rect))
        });
        put(line, rect.map(|(x, rect)| (x - origin.left(), rect.top() - origin.top(), rect.height())));
    }

    /// The end of a mark stands behind its last character, not before the next, which may be on
    /// another line.
    fn place_end(&self, line: &NodeRef, span: Option<Span>, origin: &DomRect) {
        let rect = span.and_then(|span| {
            let last = Span::between(snap::prev_grapheme(self.text(), span.end()), span.end());
            let rects = self.range_of(last)?.get_client_rects()?;
            let rect = rects.item(rects.length().checked_sub(1)?)?;
            let x = if self.is_right_to_left(last.start()) { rect.left() } else { rect.right() };
            Some((x, rect))
        });
        put(line, rect.map(|(x, rect)| (x - origin.left(), rect.top() - origin.top(), rect.height())));
    }

    /// Below the last line of the selection, inside what is seen.
    fn place_bar(&self, bar: &NodeRef, span: Option<Span>, scroller: &HtmlElement) {
        let Some(bar) = html(bar) else {
            return;
        };
        let rect = span.and_then(|span| {
            let rects = self.range_of(span)?.get_client_rects()?;
            rects.item(rects.length().checked_sub(1)?)
        });
        bar.set_hidden(rect.is_none());
        let Some(rect) = rect else {
            return;
        };
        let around = scroller.get_bounding_client_rect();
        let width = f64::from(bar.offset_width());
        let middle = (rect.left() + rect.right()) / 2.0 - around.left();
        let left = (middle - width / 2.0).clamp(8.0, (around.width() - width - 8.0).max(8.0));
        let below = rect.bottom() + 10.0;
        let fits = below + f64::from(bar.offset_height()) < around.bottom();
        let top = if fits { below } else { rect.top() - f64::from(bar.offset_height()) - 10.0 };
        style(&bar, "left", left + f64::from(scroller.scroll_left()));
        style(&bar, "top", top - around.top() + f64::from(scroller.scroll_top()));
    }

    /// Has the section of an offset laid out. What the browser skips has no places to ask for.
    fn wake(&self, offset: Offset) {
        let piece = self.text.piece_at(offset);
        let wanted = self.sections.partition_point(|section| section.pieces.end <= piece);
        let before = self.awake.replace(Some(wanted));
        let awake = |section: Option<usize>, is: bool| {
            if let Some(section) = section.and_then(|section| self.sections.get(section)) {
                let _ = section.element.class_list().toggle_with_force("awake", is);
            }
        };
        awake(before, false);
        awake(Some(wanted), true);
    }

    /// Scrolls until an offset is well inside what is seen.
    pub fn reveal(&self, offset: Offset, scroller: &HtmlElement) {
        self.wake(offset);
        // A section that was never laid out only has a guessed height; a second look corrects it.
        for _ in 0..3 {
            let Some(rect) = self.rect_at(offset) else {
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
    pub fn scroll_to_top(&self, offset: Offset, scroller: &HtmlElement) {
        self.wake(offset);
        for _ in 0..3 {
            let Some(rect) = self.rect_at(offset) else {
                return;
            };
            let by = (rect.top() - scroller.get_bounding_client_rect().top() - 40.0).round() as i32;
            if by.abs() < 2 {
                return;
            }
            scroller.set_scroll_top(scroller.scroll_top() + by);
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

fn put(line: &NodeRef, place: Option<(f64, f64, f64)>) {
    let Some(line) = html(line) else {
        return;
    };
    line.set_hidden(place.is_none());
    if let Some((left, top, height)) = place {
        style(&line, "left", left);
        style(&line, "top", top);
        style(&line, "height", height);
    }
}

/// Sets a length in CSS pixels.
pub fn style(element: &HtmlElement, property: &str, pixels: f64) {
    // Whole numbers: printing fractions would bring tables of powers of ten into the program.
    let tenths = (pixels * 10.0).round() as i32;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    let _ = element.style().set_property(property, &format!("{sign}{whole}.{part}px"));
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

/// Calls a method of a map-like or set-like object.
fn call(on: &JsValue, name: &str, arguments: &[JsValue]) {
    let method = Reflect::get(on, &name.into()).ok().and_then(|method| method.dyn_into::<js_sys::Function>().ok());
    if let Some(method) = method {
        let _ = method.apply(on, &arguments.iter().cloned().collect());
    }
}
