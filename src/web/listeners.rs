//! Listening to the page as a whole: keys, pastes, drops, scrolling, printing, leaving. Each listener
//! says what happened and decides at once only whether the browser still gets the event.

use crate::state::Saving;
use crate::state::table::{self, Request};
use crate::state::{Command, Screen, Update};
use crate::ui::Refs;
use crate::web::app::{Glance, Msg};
use crate::web::dom::{call, document, window};
use crate::web::{files, keys, loader, pointer};
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use js_sys::JsString;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    BeforeUnloadEvent, ClipboardEvent, DragEvent, Element, Event, HtmlElement, HtmlTextAreaElement, KeyboardEvent,
};
use yew::Callback;

/// Every listener; listening ends when they are dropped.
pub fn all(refs: &Refs, glance: &Glance, draft: &Rc<RefCell<String>>, tell: Callback<Msg>) -> Vec<EventListener> {
    let mut all = pointer::listen(refs, tell.reform(Msg::Pointed));
    all.extend(keyboard(refs, glance, &tell));
    all.extend(drops(&tell));
    all.push(copies(glance));
    all.push(pastes(&tell));
    all.push(drafts(draft));
    all.extend(page(glance, &tell));
    all
}

fn active(target: &web_sys::EventTarget, kind: &'static str, heard: impl Fn(&Event) + 'static) -> EventListener {
    EventListener::new_with_options(target, kind, EventListenerOptions::enable_prevent_default(), heard)
}

fn keyboard(refs: &Refs, glance: &Glance, tell: &Callback<Msg>) -> [EventListener; 2] {
    let (refs, seen, asked) = (refs.clone(), glance.clone(), tell.clone());
    let down = active(&document(), "keydown", move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        if event.is_composing() || event.default_prevented() {
            return;
        }
        let mut state = seen.borrow().clone();
        // The browser tells of a closed dialog only later; a quick hand must not wait for that.
        if state.view.dialog.take_if(|_| keys::no_dialog_is_open()).is_some() {
            asked.emit(Msg::Ask(Command::CloseDialog.into()));
        }
        let request = table::request(&keys::press(event), keys::place(&refs), &state);
        if let Some(request) = request {
            event.prevent_default();
            let held = event.repeat()
                && matches!(&request, Request::Do(command) if matches!(**command, Command::HideMarks(_)));
            if !held {
                asked.emit(Msg::Ask(request));
            }
        }
    });
    let (seen, asked) = (glance.clone(), tell.clone());
    let up = EventListener::new(&document(), "keyup", move |event| {
        let is_h = event.unchecked_ref::<KeyboardEvent>().key().eq_ignore_ascii_case("h");
        if is_h && seen.borrow().view.marks_hidden {
            asked.emit(Msg::Ask(Command::HideMarks(false).into()));
        }
    });
    [down, up]
}

fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&JsValue::from("Files"), 0))
}

fn drops(tell: &Callback<Msg>) -> [EventListener; 3] {
    let (over, left, dropped) = (tell.clone(), tell.clone(), tell.clone());
    [
        active(&document(), "dragover", move |event| {
            if has_files(event.unchecked_ref()) {
                event.prevent_default();
                over.emit(Msg::Dropping(true));
            }
        }),
        EventListener::new(&document(), "dragleave", move |event| {
            if event.unchecked_ref::<DragEvent>().related_target().is_none() {
                left.emit(Msg::Dropping(false));
            }
        }),
        active(&document(), "drop", move |event| {
            let data = event.unchecked_ref::<DragEvent>().data_transfer();
            if let Some(list) = data.and_then(|data| data.files()).filter(|list| list.length() > 0) {
                event.prevent_default();
                files::read(list, dropped.reform(Msg::Files));
            }
            dropped.emit(Msg::Dropping(false));
        }),
    ]
}

fn pastes(tell: &Callback<Msg>) -> EventListener {
    let tell = tell.clone();
    active(&document(), "paste", move |event| {
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let in_dialog = target.as_ref().is_some_and(|element| element.id() == "paste-text");
        let in_field = target.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA"));
        let text = plain_text(event.unchecked_ref());
        if let Some(text) = text.filter(|_| in_dialog || !in_field) {
            let mended = !text.is_valid_utf16();
            tell.emit(Msg::Pasted { text: String::from(&text), in_dialog, mended });
        }
    })
}

/// What is copied is the words that are selected, to the letter: browsers put line ends of their own between lines,
/// and leave out what they have skipped.
fn copies(glance: &Glance) -> EventListener {
    let seen = glance.clone();
    active(&document(), "copy", move |event| {
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let in_text = target.is_some_and(|element| matches!(element.closest(".host"), Ok(Some(_))));
        let state = seen.borrow();
        let words = state.text().map_or("", |text| text.slice(state.view.selection.span));
        let data = event.unchecked_ref::<ClipboardEvent>().clipboard_data().filter(|_| in_text && !words.is_empty());
        if data.is_some_and(|data| data.set_data("text/plain", words).is_ok()) {
            event.prevent_default();
        }
    })
}

/// What is typed into the paste dialog outlives it, so that Escape destroys nothing.
fn drafts(draft: &Rc<RefCell<String>>) -> EventListener {
    let draft = draft.clone();
    EventListener::new(&document(), "input", move |event| {
        let field: Option<HtmlTextAreaElement> = event.target().and_then(|target| target.dyn_into().ok());
        if let Some(field) = field.filter(|field| field.id() == "paste-text") {
            *draft.borrow_mut() = field.value();
        }
    })
}

/// The clipboard's plain text as the browser holds it, so that half characters can be told.
fn plain_text(event: &ClipboardEvent) -> Option<JsString> {
    call(&event.clipboard_data()?.into(), "getData", &["text/plain".into()])?.dyn_into().ok()
}

/// Whoever types hands over what there is when the field is left.
fn leave_field() {
    let field =
        document().active_element().filter(|element| matches!(element.tag_name().as_str(), "TEXTAREA" | "INPUT"));
    if let Some(field) = field {
        let _ = field.unchecked_into::<HtmlElement>().blur();
    }
}

fn flush(tell: &Callback<Msg>) -> impl Fn(&Event) + 'static {
    let tell = tell.clone();
    move |_| {
        leave_field();
        tell.emit(Msg::Leaving);
    }
}

fn page(glance: &Glance, tell: &Callback<Msg>) -> [EventListener; 8] {
    let say = |msg: fn() -> Msg| {
        let tell = tell.clone();
        move |_: &Event| tell.emit(msg())
    };
    let seen = glance.clone();
    let unload = active(&window(), "beforeunload", move |event| {
        leave_field();
        if !matches!(seen.borrow().saving, Saving::Saved) {
            event.prevent_default();
            event.unchecked_ref::<BeforeUnloadEvent>().set_return_value("");
        }
    });
    let (seen, scrolled) = (glance.clone(), tell.clone());
    // Scroll events do not bubble: they are heard on their way down.
    let capture = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
    let scroll = EventListener::new_with_options(&document(), "scroll", capture, move |event| {
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        if seen.borrow().view.screen == Screen::Article
            && target.is_some_and(|element| element.class_list().contains("text"))
        {
            // Nobody else has to do with it: Yew would look for a listener on its way, at each step of a wheel.
            event.stop_propagation();
            scrolled.emit(Msg::Scrolled);
        }
    });
    [
        unload,
        scroll,
        EventListener::new(&window(), "beforeprint", say(|| Msg::Printing)),
        EventListener::new(&window(), "resize", say(|| Msg::Resized)),
        EventListener::new(&window(), "popstate", say(|| Msg::Travelled)),
        EventListener::new(&window(), "pagehide", flush(tell)),
        EventListener::new(&document(), "visibilitychange", say(|| Msg::Leaving)),
        EventListener::new(&window(), loader::NEW_VERSION, say(|| Msg::Ask(Command::Update(Update::Ready).into()))),
    ]
}
