//! Mouse, pen and finger: what they did and where, as data for [`crate::web::app`]. The browser draws
//! its own selection while a pointer is down; offsets are read from it, and the state's selection,
//! snapped to words, is what is shown.

use crate::state::Edge;
use crate::ui::Refs;
use crate::web::article::overlay::html;
use crate::web::dom::document;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, PointerEvent};
use yew::Callback;

/// Something that a pointer did. Places are CSS pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pointed {
    /// It went down.
    Down {
        /// On what.
        on: Hit,
        /// Whether it is a finger.
        touch: bool,
        /// From the left.
        x: f64,
        /// From the top.
        y: f64,
    },
    /// It moved while down.
    Move(f64, f64, bool),
    /// It went up; whether Alt was held.
    Up(f64, f64, bool),
    /// The browser took it away.
    Lost,
    /// It clicked on the text.
    Click {
        /// From the left.
        x: f64,
        /// From the top.
        y: f64,
        /// How many times in a row.
        count: i32,
        /// Whether Shift was held.
        shift: bool,
    },
    /// The browser's selection changed; whether Alt is held is not known.
    Selection,
}

/// What a pointer went down on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// The text.
    Text,
    /// A handle of the selected mark.
    Handle(Edge),
    /// Anything else.
    Elsewhere,
}

/// How an event is read.
type Reading = Box<dyn Fn(&Event) -> Option<Pointed>>;

/// Starts listening; listening ends when the listeners are dropped.
pub fn listen(refs: &Refs, pointed: Callback<Pointed>) -> Vec<EventListener> {
    let refs = refs.clone();
    let on = |kind: &'static str, make: Reading| {
        let pointed = pointed.clone();
        // A handle must keep its press from starting a selection.
        EventListener::new_with_options(
            &document(),
            kind,
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                if let Some(what) = make(event) {
                    pointed.emit(what);
                }
            },
        )
    };
    let pointer = |event: &Event| event.clone().unchecked_into::<PointerEvent>();
    let down = move |event: &Event| {
        let pointer = pointer(event);
        let hit = hit(event.target().and_then(|target| target.dyn_into().ok()), &refs);
        if matches!(hit, Hit::Handle(_)) {
            event.prevent_default();
        }
        let touch = pointer.pointer_type() == "touch";
        let counts = pointer.is_primary() && pointer.button() == 0;
        counts.then(|| Pointed::Down { on: hit, touch, x: pointer.client_x().into(), y: pointer.client_y().into() })
    };
    let at = |event: &Event| {
        let mouse = event.unchecked_ref::<MouseEvent>();
        (f64::from(mouse.client_x()), f64::from(mouse.client_y()), mouse.alt_key())
    };
    vec![
        on("pointerdown", Box::new(down)),
        on(
            "pointermove",
            Box::new(move |event| {
                let (x, y, alt) = at(event);
                (event.unchecked_ref::<PointerEvent>().buttons() != 0).then_some(Pointed::Move(x, y, alt))
            }),
        ),
        on(
            "pointerup",
            Box::new(move |event| {
                let (x, y, alt) = at(event);
                Some(Pointed::Up(x, y, alt))
            }),
        ),
        on("pointercancel", Box::new(|_| Some(Pointed::Lost))),
        on(
            "click",
            Box::new(move |event| {
                let (x, y, _) = at(event);
                let element: Element = event.target()?.dyn_into().ok()?;
                element.closest(".host").ok().flatten()?;
                let mouse = event.unchecked_ref::<MouseEvent>();
                Some(Pointed::Click { x, y, count: mouse.detail(), shift: mouse.shift_key() })
            }),
        ),
        on("selectionchange", Box::new(|_| Some(Pointed::Selection))),
    ]
}

fn hit(target: Option<Element>, refs: &Refs) -> Hit {
    let Some(target) = target else {
        return Hit::Elsewhere;
    };
    let within = |node| html(node).is_some_and(|element| element.contains(Some(&target)));
    if within(&refs.start) {
        Hit::Handle(Edge::Start)
    } else if within(&refs.end) {
        Hit::Handle(Edge::End)
    } else if within(&refs.page) {
        Hit::Text
    } else {
        Hit::Elsewhere
    }
}
