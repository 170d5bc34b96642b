//! The side of the text: search, filter by label, the list of annotations, and the card of the
//! selected one. Beside the text where there is room, a sheet over it where there is none.

use super::card::CardProps;
use super::icon::Icon;
use super::labels::{look, sample};
use super::list::List;
use super::part::{Draw, part};
use super::{Dispatch, Refs, Same, taken, tool};
use crate::model::{Annotation, Label, LabelScheme};
use crate::state::table::{Action, keys};
use crate::state::{Command, Filter, listing};
use crate::text::Text;
use crate::words;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub struct SideProps {
    pub listing: Same<[Rc<Annotation>]>,
    pub text: Same<Text>,
    pub scheme: Same<LabelScheme>,
    /// How many annotations there are, for each label.
    pub counts: Vec<usize>,
    pub filter: Filter,
    pub active: Option<Same<Annotation>>,
    /// What the card holds: the selected annotation, or the one that was last.
    pub card: Option<Same<Annotation>>,
    /// The others where the selected one was taken.
    pub also: Vec<Same<Annotation>>,
    pub open: bool,
    /// How many rows of the list are seen at once, at most.
    pub seen: usize,
    pub refs: Refs,
    pub dispatch: Dispatch,
}

impl Draw for SideProps {
    fn draw(&self) -> Html {
        side(self)
    }
}

fn side(props: &SideProps) -> Html {
    let dispatch = &props.dispatch;
    let all = props.counts.iter().sum();
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                taken(&event);
                dispatch.send(Command::FocusText);
            }
        })
    };
    html! {
        <>
            <div class="backdrop" hidden={!props.open} onclick={dispatch.on(Command::ShowList(false))}></div>
            <aside
                class="side"
                ref={&props.refs.side}
                tabindex="-1"
                aria-label={words::ANNOTATIONS}
                data-open={props.open.to_string()}
                {onkeydown}
            >
                <div class="find">
                    <div class="sheet-head">
                        <h2>{ words::ANNOTATIONS }</h2>
                        { tool(
                            Icon::Close,
                            words::CLOSE.into(),
                            words::tip(words::CLOSE, keys(Action::Escape)).into(),
                            dispatch.on(Command::FocusText),
                        ) }
                    </div>
                    { find(props) }
                    <div class="filters" role="group" aria-label={words::FILTER}>
                        { for props.scheme.labels.iter().zip(&props.counts).map(|(label, &count)| chip(props, label, count)) }
                    </div>
                </div>
                { list(props, all) }
                if let Some(annotation) = &props.card {
                    { part(CardProps {
                        annotation: annotation.clone(),
                        hidden: props.active.is_none(),
                        also: props.also.clone(),
                        text: props.text.clone(),
                        scheme: props.scheme.clone(),
                        refs: props.refs.clone(),
                        dispatch: dispatch.clone(),
                    }) }
                }
            </aside>
        </>
    }
}

fn list(props: &SideProps, all: usize) -> Html {
    let empty = |line: &'static str, more: &'static str| {
        html! { <div class="list empty"><p>{ line }</p><p>{ more }</p></div> }
    };
    match (all, props.listing.len()) {
        (0, _) => empty(words::EMPTY_LIST, words::EMPTY_LIST_MORE),
        (_, 0) => empty(words::NOTHING_MATCHES, ""),
        (_, shown) => html! {
            <>
                if shown != all {
                    <p class="found">{ words::found_of(shown, all) }</p>
                }
                <List
                    listing={props.listing.clone()}
                    text={props.text.clone()}
                    scheme={props.scheme.clone()}
                    active={props.active.clone()}
                    seen={props.seen}
                    refs={props.refs.clone()}
                    dispatch={props.dispatch.clone()}
                />
            </>
        },
    }
}

/// A label with its count; pressed while its annotations are listed.
fn chip(props: &SideProps, label: &Label, count: usize) -> Html {
    let listed = !props.filter.hidden.contains(&label.id);
    html! {
        <button
            key={label.id.as_str()}
            type="button"
            Class={look("chip", Some(label))}
            aria-pressed={listed.to_string()}
            title={words::listed(&label.plural, listed)}
            onclick={props.dispatch.on(Command::ToggleLabel(label.id.clone()))}
        >
            { sample() }
            <span class="count">{ words::grouped(count) }</span>
            <span class="name">{ if count == 1 { words::small(&label.name) } else { label.plural.clone() } }</span>
        </button>
    }
}

/// The search field. Enter goes through what was found.
fn find(props: &SideProps) -> Html {
    let oninput = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let query = event.target_unchecked_into::<HtmlInputElement>().value();
            dispatch.send(Command::Search(query.into()));
        })
    };
    let onkeydown = {
        let SideProps { listing, active, dispatch, .. } = props.clone();
        let has_query = !props.filter.query.is_empty();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && has_query {
                taken(&event);
                return dispatch.send(Command::Search("".into()));
            }
            if event.key() == "Enter"
                && let Some(next) = listing::next_of(&listing, active.as_ref().map(|active| &active.id))
            {
                taken(&event);
                dispatch.send(Command::Activate(Some(next.id.clone())));
            }
        })
    };
    html! {
        <input
            type="search"
            ref={&props.refs.search}
            value={props.filter.query.to_string()}
            placeholder={words::FIND}
            aria-label={words::FIND}
            title={words::tip(words::FIND, keys(Action::Find))}
            autocomplete="off"
            spellcheck="false"
            {oninput}
            {onkeydown}
        />
    }
}
