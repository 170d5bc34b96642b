//! Key presses: what was pressed, and where the focus was. What a key means is the business of
//! [`crate::state::table`].

use crate::state::table::{KeyPress, LineMotion, Place};
use crate::text::Offset;
use crate::ui::Refs;
use crate::web::article::ArticleView;
use crate::web::article::overlay::html;
use crate::web::dom::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

/// What was pressed.
pub fn press(event: &KeyboardEvent) -> KeyPress {
    let mac = is_mac();
    KeyPress {
        // WebKitGTK has no name for Tab with Shift, but it knows the key's place.
        key: Some(event.key()).filter(|key| key != "Unidentified").unwrap_or_else(|| event.code()),
        code: event.code(),
        ctrl: if mac { event.meta_key() } else { event.ctrl_key() },
        by_word: if mac { event.alt_key() } else { event.ctrl_key() },
        shift: event.shift_key(),
        alt: event.alt_key() && !mac,
    }
}

/// Where the focus is.
pub fn place(refs: &Refs) -> Place {
    let Some(active) = document().active_element() else {
        return Place::Text;
    };
    match active.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => Place::Field,
        "INPUT" if takes_text(&active) => Place::Field,
        "BODY" => Place::Text,
        _ if html(&refs.page).is_some_and(|page| page.contains(Some(&active))) => Place::Text,
        _ => Place::Control,
    }
}

fn takes_text(element: &Element) -> bool {
    let kind = element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::type_).unwrap_or_default();
    !matches!(kind.as_str(), "checkbox" | "radio" | "button" | "submit" | "file")
}

/// Whether the page shows no dialog, whatever the state says.
pub fn no_dialog_is_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_none())
}

fn is_mac() -> bool {
    window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// Where a step by line leads: only the layout knows, so the browser is asked to make it.
pub fn line_step(view: &ArticleView, from: Offset, motion: LineMotion) -> Option<Offset> {
    let native = window().get_selection().ok().flatten()?;
    let (node, units) = view.point_of_caret(from)?;
    // A step up or down keeps its column only as long as the selection is not set anew.
    let there = native.focus_node().as_ref() == Some(&node) && native.focus_offset() == units;
    if !there || !native.is_collapsed() {
        native.collapse_with_offset(Some(&node), units).ok()?;
    }
    let (direction, granularity) = match motion {
        LineMotion::Up => ("backward", "line"),
        LineMotion::Down => ("forward", "line"),
        LineMotion::Start => ("backward", "lineboundary"),
        LineMotion::End => ("forward", "lineboundary"),
    };
    let step = || {
        native.modify("move", direction, granularity).ok()?;
        view.offset_of(&native.focus_node()?, native.focus_offset())
    };
    view.wake_beside(from, true);
    let found = step().or_else(|| {
        // WebKit can be elsewhere than it says, with a selection that was set before the text was laid out.
        native.collapse_with_offset(Some(&node), units).ok()?;
        step()
    });
    view.wake_beside(from, false);
    found
}
