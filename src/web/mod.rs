//! The browser layer: the only code that touches the page, its events and its stores. It decides
//! nothing about articles or annotations; it asks the machine in [`crate::state`].
//!
//! In reading order: [`app`] (holds the state), [`effects`] (carries out what the machine asks), [`article`] (the
//! text and its marks on the page), [`listeners`], [`pointer`], [`gestures`] and [`keys`] (what people do), [`back`]
//! (the browser's own way back), [`intake`], [`asking`], [`files`], [`saved_page`], [`own_file`] and [`aside`] with
//! its other side, the desk (what comes in and goes out), [`store`] and [`copies`] (what is kept), [`api`],
//! [`panic`], [`loader`], [`ground`], [`clock`], [`dom`].

pub mod api;
pub mod app;
pub mod article;
pub mod aside;
pub mod asking;
pub mod back;
pub mod clock;
pub mod copies;
#[cfg(feature = "exchange")]
pub mod desk;
pub mod dom;
pub mod effects;
pub mod files;
pub mod gestures;
pub mod ground;
pub mod intake;
pub mod keys;
pub mod listeners;
pub mod loader;
pub mod own_file;
pub mod panic;
pub mod pointer;
pub mod saved_page;
pub mod store;

use js_sys::Reflect;

/// Mounts the app on the page. In a worker there is none, and where a page has one already the program came to be
/// asked: what it is for is asked of it.
pub fn start() {
    let is_there = |window: web_sys::Window| Reflect::get(&window, &api::NAME.into()).is_ok_and(|api| api.is_truthy());
    if web_sys::window().is_none_or(is_there) {
        return;
    }
    // An element of its own: what stands in the page stays until there is something to show instead.
    if let Ok(root) = dom::document().create_element("div")
        && let Some(body) = dom::document().body()
        && body.append_child(&root).is_ok()
    {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
