//! What happens when the app breaks: a plain page that offers the work as a file and a reload. It
//! uses nothing of the broken app but the state as it was after the last command.

use crate::formats::project;
use crate::web::app::Glance;
use crate::web::dom::document;
use crate::web::{clock, files};
use crate::words;
use gloo::events::EventListener;
use std::cell::RefCell;
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
}

fn show(what: &str) {
    let Some(body) = document().body() else {
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
