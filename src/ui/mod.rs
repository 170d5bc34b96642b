//! The looks: Yew components. Props in, commands out.
//!
//! In reading order: this file (what the browser layer gives and gets), [`frame()`] (the page), `bar`,
//! `labels`, `text` (the column that the browser layer fills), `side` with `list` and `card`,
//! `articles`, `dialog`. Nothing here keeps data, reads the clock or calls the DOM, other than reading
//! what an event's own element holds; nothing here says words of its own (see [`crate::words`]).
//!
//! Drawing must cost what changed: what is big is shared and compared by pointer ([`Same`]), so that a
//! caret move reaches no list and no card.

mod articles;
mod attributes;
mod bar;
mod card;
mod dialog;
pub mod filed;
mod foot;
mod frame;
mod icon;
mod labels;
mod list;
mod over;
mod part;
mod row;
mod side;
mod text;
mod typing;
mod when;

pub use frame::frame;

use crate::model::Annotation;
use crate::state::table::Request;
use crate::state::{Command, State};
use crate::words::Trap;
use icon::Icon;
use std::ops::Deref;
use std::rc::Rc;
use yew::prelude::*;

/// The height of a row of the side list, in CSS pixels; the style sheet says the same.
pub const ROW_HEIGHT: u32 = 66;

/// Sends requests to the app. The only context: it never changes and is compared by pointer.
#[derive(Clone, PartialEq)]
pub struct Dispatch(Callback<Request>);

impl Dispatch {
    /// Sends through a callback.
    pub fn new(callback: Callback<Request>) -> Self {
        Self(callback)
    }

    /// Asks for a command.
    pub fn send(&self, command: Command) {
        self.0.emit(command.into());
    }

    /// Asks for something that needs the browser layer.
    pub fn ask(&self, request: Request) {
        self.0.emit(request);
    }

    /// A listener that asks for a command, whatever the event.
    pub fn on<E>(&self, command: Command) -> Callback<E> {
        let (dispatch, request) = (self.clone(), Request::from(command));
        Callback::from(move |_| dispatch.ask(request.clone()))
    }
}

/// A button that says what it does. What its title adds is, as a rule, its key.
fn button(class: &'static str, name: &str, title: Option<String>, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" Class={class} {title} {onclick}>{ name }</button> }
}

/// A button that is not the one for which the place is there.
fn second(name: &str, onclick: Callback<MouseEvent>) -> Html {
    button("second", name, None, onclick)
}

/// A button without words of its own: what it does is its name, which may say to what, and its title.
fn tool(icon: Icon, name: AttrValue, title: AttrValue, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="tool" aria-label={name} {title} {onclick}>{ icon.view() }</button> }
}

/// Elements that the browser layer works on.
#[derive(Clone, PartialEq, Default)]
pub struct Refs {
    /// What scrolls the text.
    pub scroller: NodeRef,
    /// The column of text; it has the keyboard's focus and is what the next five are placed in.
    pub page: NodeRef,
    /// Where the browser layer draws the article. Yew never puts anything into it.
    pub host: NodeRef,
    /// The caret.
    pub caret: NodeRef,
    /// The handle at the start of the selected mark.
    pub start: NodeRef,
    /// The handle at the end of the selected mark.
    pub end: NodeRef,
    /// The bar of labels at the selection.
    pub bar: NodeRef,
    /// The side of the text.
    pub side: NodeRef,
    /// What scrolls the side list.
    pub list: NodeRef,
    /// Holds the live regions.
    pub live: NodeRef,
    /// The note of the selected annotation.
    pub note: NodeRef,
    /// The search field of the side list.
    pub search: NodeRef,
    /// The card of the selected annotation.
    pub card: NodeRef,
    /// The heading of the list of articles, where the focus goes when that screen opens.
    pub heading: NodeRef,
}

/// Everything that one drawing of the page shows.
pub struct Shown {
    /// The state.
    pub state: State,
    /// The annotations of the open article that the filter lets through; the same pointer as long as
    /// they are the same.
    pub listing: Rc<[Rc<Annotation>]>,
    /// What the card holds, seen or not: the annotation of the open article that is selected, or was last.
    pub card: Option<Rc<Annotation>>,
    /// How many rows of the side list are seen at once, at most.
    pub rows: usize,
    /// How many annotations the open article has, for each label of the scheme.
    pub counts: Vec<usize>,
    /// Whether the last pointer was a finger.
    pub touch: bool,
    /// Whether files are held over the page.
    pub dropping: bool,
    /// Which paragraph the caret is in, from 1, and how many there are.
    pub paragraph: (usize, usize),
    /// Whether the article's bytes are at hand for another encoding.
    pub can_reread: bool,
    /// Whether the store has been read.
    pub ready: bool,
    /// The name of the file that was last saved.
    pub exported: Option<String>,
    /// Whether nothing stands beside the page.
    pub alone: bool,
    /// When everything was last saved to a file, in words.
    pub filed: AttrValue,
    /// What is weaker where the page was opened from.
    pub trap: Option<&'static Trap>,
    /// Whether a file can be chosen that is written again and again.
    pub can_choose: bool,
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What [`frame`] needs.
#[derive(Clone, PartialEq)]
pub struct FrameProps {
    /// What to show.
    pub shown: Rc<Shown>,
    /// The elements that the browser layer works on.
    pub refs: Refs,
    /// Where commands go.
    pub dispatch: Dispatch,
}

/// Something shared that counts as unchanged as long as it is the very same.
pub(crate) struct Same<T: ?Sized>(pub Rc<T>);

impl<T: ?Sized> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> From<&Rc<T>> for Same<T> {
    fn from(shared: &Rc<T>) -> Self {
        Self(shared.clone())
    }
}

/// Takes a key for oneself: the browser and the table of keys don't see it.
fn taken(event: &KeyboardEvent) {
    event.prevent_default();
    event.stop_propagation();
}

/// A listener for what must not take the focus away from the text: buttons used with a pointer while
/// words are selected.
fn keep_focus() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| event.prevent_default())
}
