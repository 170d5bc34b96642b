//! What happens when the app breaks: a plain page that offers the work as a file and a reload. It
//! uses nothing of the broken app but the state as it was after the last command.
//!
//! A panic of the release build says nothing and just traps, which the browser tells as an error
//! that nobody caught; other builds say first what went wrong. Both ways lead here.

use crate::formats::project;
use crate::web::app::Glance;
use crate::web::dom::{document, window};
use crate::web::{clock, files};
use crate::words;
use gloo::events::EventListener;
use js_sys::{Reflect, WebAssembly};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

thread_local! {
    static LAST: RefCell<Option<Glance>> = const { RefCell::new(None) };
}

/// From now on a panic shows the page, with the work that `glance` holds.
pub fn watch(glance: Glance) {
    LAST.with(|last| *last.borrow_mut() = Some(glance));
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        show(&info.to_string());
    }));
    // In a listener, and in what waits for the store.
    for (event, field) in [("error", "error"), ("unhandledrejection", "reason")] {
        EventListener::new(&window(), event, move |event| {
            let error = Reflect::get(event, &field.into()).unwrap_or(JsValue::UNDEFINED);
            if error.is_instance_of::<WebAssembly::RuntimeError>() {
                let place = Reflect::get(&error, &"stack".into()).ok().and_then(|place| place.as_string());
                let error = String::from(error.unchecked_into::<js_sys::Error>().to_string());
                show(&[error, place.unwrap_or_default()].join("\n"));
            }
        })
        .forget();
    }
}

/// Shows the page, unless it is there already: the first to say what went wrong knows most of it.
fn show(what: &str) {
    let Some(body) =
        document().body().filter(|_| document().query_selector("main.broken").is_ok_and(|page| page.is_none()))
    else {
        return;
    };
    body.set_text_content(None);
    let page = add(&body, "main", "broken", "");
    let Some(page) = page else {
        return;
    };
    add(&page, "h1", "", words::BROKEN);
    add(&page, "p", "", words::BROKEN_MORE);
    if let Some(save) = add(&page, "button", "primary", words::DOWNLOAD_ALL) {
        EventListener::new(&save, "click", |_| save_work()).forget();
    }
    if let Some(reload) = add(&page, "button", "", words::RELOAD) {
        EventListener::new(&reload, "click", |_| drop(document().location().map(|at| at.reload()))).forget();
    }
    add(&page, "pre", "", what);
}

fn add(parent: &Element, tag: &str, class: &str, text: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    element.set_class_name(class);
    element.set_text_content(Some(text));
    parent.append_child(&element).ok()?;
    Some(element)
}

fn save_work() {
    LAST.with(|last| {
        let last = last.borrow();
        let Some(state) = last.as_ref().and_then(|glance| glance.try_borrow().ok()) else {
            return;
        };
        let exported = clock::now();
        let content = project::write(&state.workspace, None, &exported, words::GENERATOR).content;
        let name = project::file_name(None, state.workspace.article_count(), &exported);
        let _ = files::save(&name, &content);
    });
}
