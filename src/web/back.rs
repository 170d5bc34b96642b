//! The browser's own way back: from an article to the list of articles, and forth again.
//!
//! An article that was opened from the list is one step further in the browser's history than the list. The address
//! stays what it was: what is open is known to the store, and nobody else should read it in a history.

use crate::state::view::View;
use crate::state::{Command, Screen};
use crate::web::dom::window;

/// What the browser keeps for the step at which an article is shown.
const ARTICLE: &str = "article";

/// Goes along in the browser's history when another screen is shown.
pub fn follow(from: Screen, to: Screen) {
    let Ok(history) = window().history() else { return };
    let _ = match (from, to) {
        (Screen::Articles, Screen::Article) if !is_deeper() => history.push_state(&ARTICLE.into(), ""),
        (Screen::Article, Screen::Articles) if is_deeper() => history.back(),
        _ => Ok(()),
    };
}

/// What a person asks for who has made a step there.
pub fn asked(view: &View) -> Option<Command> {
    match (view.screen, is_deeper()) {
        (Screen::Article, false) => Some(Command::ShowArticles),
        (Screen::Articles, true) => view.open.clone().map(Command::Open),
        _ => None,
    }
}

fn is_deeper() -> bool {
    window().history().and_then(|history| history.state()).is_ok_and(|state| !state.is_null())
}
