//! The side list: every annotation in text order. Only the rows near what is seen are in the page;
//! empty pictures as high as the others keep the place of the rest.

use super::row::{RowProps, option_id, row};
use super::{Dispatch, ROW_HEIGHT, Refs, Same, taken};
use crate::model::{Annotation, AnnotationId, LabelScheme};
use crate::state::{Command, listing};
use crate::text::Text;
use crate::words;
use std::ops::Range;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, Clone, PartialEq)]
pub struct ListProps {
    pub listing: Same<[Rc<Annotation>]>,
    pub text: Same<Text>,
    pub scheme: Same<LabelScheme>,
    pub active: Option<Same<Annotation>>,
    /// How many rows are seen at once, at most.
    pub seen: usize,
    pub refs: Refs,
    pub dispatch: Dispatch,
}

/// Rows that are drawn on either side of what is seen once the list is scrolled, so that not every pixel of it draws.
const AROUND: usize = 8;

/// The list. Up and Down go through it, Enter goes to the card of the selected annotation.
///
/// It keeps the first row that is seen and how many are drawn around, as of when the rows were chosen. No function
/// component, since those bring in Yew's hooks, which are 1 KB of a visit.
#[derive(Default)]
pub struct List {
    first: usize,
    around: usize,
}

impl List {
    fn rows(&self, props: &ListProps) -> Range<usize> {
        listing::window(self.first, props.seen, self.around, props.listing.len())
    }
}

impl Component for List {
    type Message = Range<usize>;
    type Properties = ListProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self::default()
    }

    /// The list was scrolled to where these rows are seen.
    fn update(&mut self, ctx: &Context<Self>, seen: Range<usize>) -> bool {
        let props = ctx.props();
        let rows = self.rows(props);
        let lacks = seen.start < rows.start || seen.end.min(props.listing.len()) > rows.end;
        if lacks {
            *self = Self { first: seen.start, around: AROUND };
        }
        lacks
    }

    /// What is selected now is about to be scrolled to: it is drawn at once, and not when it is seen to be missing.
    fn changed(&mut self, ctx: &Context<Self>, old: &ListProps) -> bool {
        let props = ctx.props();
        if id(props) != id(old)
            && let Some(row) = selected(props).filter(|row| !self.rows(props).contains(row))
        {
            *self = Self { first: listing::first_around(row, props.seen), around: 0 };
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let onscroll = ctx.link().callback(|event: Event| {
            let list = event.target_unchecked_into::<Element>();
            let row = |pixels: i32| usize::try_from(pixels).unwrap_or(0) / ROW_HEIGHT as usize;
            let top = list.scroll_top();
            row(top)..row(top + list.client_height()) + 1
        });
        list(ctx.props(), self.rows(ctx.props()), onscroll)
    }
}

fn id(props: &ListProps) -> Option<&AnnotationId> {
    props.active.as_ref().map(|active| &active.id)
}

/// The row of the selected annotation.
fn selected(props: &ListProps) -> Option<usize> {
    props.active.as_ref().and_then(|active| listing::place_of(&props.listing, active))
}

fn list(props: &ListProps, rows: Range<usize>, onscroll: Callback<Event>) -> Html {
    let len = props.listing.len();
    let selected = selected(props);
    let entry = |index: usize| {
        let annotation = &props.listing[index];
        row(&RowProps {
            annotation: Same::from(annotation),
            text: props.text.clone(),
            scheme: props.scheme.clone(),
            active: selected == Some(index),
            index,
            of: (rows.len() < len).then_some(len),
            dispatch: props.dispatch.clone(),
        })
    };
    html! {
        <div
            class="list"
            ref={&props.refs.list}
            role="listbox"
            tabindex="0"
            aria-label={words::ANNOTATIONS}
            aria-activedescendant={selected.filter(|index| rows.contains(index)).map(option_id)}
            {onscroll}
            onkeydown={onkeydown(props, selected)}
        >
            { space("before", rows.start) }
            { for rows.clone().map(entry) }
            { space("after", len - rows.end) }
        </div>
    }
}

/// The place of rows that are not in the page. Its height is an attribute of a picture, since the
/// content security policy allows no style attributes.
fn space(key: &'static str, rows: usize) -> Html {
    let height = rows * ROW_HEIGHT as usize;
    html! { <svg {key} class="space" width="1" height={height.to_string()} aria-hidden="true" focusable="false" /> }
}

fn onkeydown(props: &ListProps, selected: Option<usize>) -> Callback<KeyboardEvent> {
    let (dispatch, listing) = (props.dispatch.clone(), props.listing.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || listing.is_empty() {
            return;
        }
        let last = listing.len() - 1;
        let next = match event.key().as_str() {
            "ArrowDown" => selected.map_or(0, |at| (at + 1).min(last)),
            "ArrowUp" => selected.map_or(last, |at| at.saturating_sub(1)),
            "Home" => 0,
            "End" => last,
            "Enter" | " " if selected.is_some() => {
                taken(&event);
                return dispatch.send(Command::FocusCard);
            }
            _ => return,
        };
        taken(&event);
        dispatch.send(Command::Activate(Some(listing[next].id.clone())));
    })
}
