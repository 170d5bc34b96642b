//! A part of the page that is drawn again only when what it shows has changed.
//!
//! Every component type costs some seven kilobytes of program in Yew's machinery. So there is one, and
//! what it draws is a value: its fields are what it shows, [`Draw`] says how. Comparing the value with
//! the one before decides whether anything is drawn.

use std::any::Any;
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::{Key, VComp};

/// Something that can be drawn from its own fields alone.
pub trait Draw {
    /// How it looks.
    fn draw(&self) -> Html;
}

/// A drawable value whose type is forgotten.
trait Shows {
    fn draw(&self) -> Html;
    fn is_same(&self, other: &dyn Shows) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<T: Draw + PartialEq + 'static> Shows for T {
    fn draw(&self) -> Html {
        Draw::draw(self)
    }

    fn is_same(&self, other: &dyn Shows) -> bool {
        other.as_any().downcast_ref::<T>().is_some_and(|other| self == other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Properties, Clone)]
struct PartProps {
    shows: Rc<dyn Shows>,
}

impl PartialEq for PartProps {
    fn eq(&self, other: &Self) -> bool {
        self.shows.is_same(&*other.shows)
    }
}

struct Part;

impl Component for Part {
    type Message = ();
    type Properties = PartProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        ctx.props().shows.draw()
    }
}

/// Draws a value, now and whenever it differs from the one before at the same place.
pub fn part(value: impl Draw + PartialEq + 'static) -> Html {
    placed(None, Rc::new(value))
}

/// The same for a value that stands for something: with another key it is another thing, and nothing of
/// the old one stays in the page.
pub fn keyed(key: &str, value: impl Draw + PartialEq + 'static) -> Html {
    placed(Some(key.into()), Rc::new(value))
}

/// Apart from what is drawn, so that it is in the program once.
#[inline(never)]
fn placed(key: Option<Key>, shows: Rc<dyn Shows>) -> Html {
    VComp::new::<Part>(Rc::new(PartProps { shows }), key).into()
}
