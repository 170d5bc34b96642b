//! The card of the selected annotation: its label, what is said of it, its note, the others at the
//! same place, its edges, and its end.

use super::attributes::{AttributesProps, attributes};
use super::icon::Icon;
use super::labels::{LabelsProps, labels, look, sample};
use super::part::Draw;
use super::typing::{Field, Kind, Typed};
use super::{Dispatch, Refs, Same, button};
use crate::model::{Annotation, LabelScheme};
use crate::state::table::{Action, keys};
use crate::state::{Command, Edge, listing};
use crate::text::Text;
use crate::words;
use yew::prelude::*;

/// How much of the quotation the card holds, in characters.
const EXCERPT: usize = 400;
/// How much of the other quotations.
const ALSO: usize = 40;

#[derive(Clone, PartialEq)]
pub struct CardProps {
    /// The selected annotation, or the one that was last.
    pub annotation: Same<Annotation>,
    /// Whether none is selected. The card stays in the page and is filled anew: building its elements costs more
    /// than all else that a change does.
    pub hidden: bool,
    pub also: Vec<Same<Annotation>>,
    pub text: Same<Text>,
    pub scheme: Same<LabelScheme>,
    pub refs: Refs,
    pub dispatch: Dispatch,
}

impl Draw for CardProps {
    fn draw(&self) -> Html {
        card(self)
    }
}

fn card(props: &CardProps) -> Html {
    let (annotation, dispatch) = (&props.annotation, &props.dispatch);
    let label = props.scheme.label(&annotation.label);
    let name = label.map_or(annotation.label.as_str(), |label| &label.name);
    let onsend = {
        let (dispatch, id) = (dispatch.clone(), annotation.id.clone());
        Callback::from(move |Typed { text, continues }| {
            dispatch.send(Command::SetNote { id: id.clone(), note: text, continues });
        })
    };
    let kind = Kind::Note { ontyping: dispatch.on(Command::Unsaved), node: props.refs.note.clone() };
    html! {
        <section
            Class={look("card", label)}
            ref={&props.refs.card}
            tabindex="-1"
            hidden={props.hidden}
            aria-label={words::card_of(name)}
        >
            <div class="labels" role="group" aria-label={words::LABEL}>
                { labels(&LabelsProps {
                    scheme: props.scheme.clone(),
                    pressed: Some(annotation.label.clone()),
                    applies: true,
                    dispatch: dispatch.clone(),
                }) }
            </div>
            <blockquote dir="auto">{ listing::excerpt(&props.text, annotation.span, EXCERPT) }</blockquote>
            { for listing::warnings(&props.text, annotation).into_iter().map(|line| html! { <p class="warning">{ line }</p> }) }
            { attributes(&AttributesProps {
                annotation: annotation.clone(),
                scheme: props.scheme.clone(),
                dispatch: dispatch.clone(),
            }) }
            if !props.hidden {
                <Field key={annotation.id.as_str()} value={annotation.note.clone()} {onsend} {kind} />
            }
            { also(props) }
            <div class="actions">
                { every(props) }
                { edge(words::MOVE_START, Action::TakeStart, Edge::Start, dispatch) }
                { edge(words::MOVE_END, Action::TakeEnd, Edge::End, dispatch) }
                <button
                    type="button"
                    class="delete"
                    title={words::tip(words::DELETE, keys(Action::Delete))}
                    onclick={dispatch.on(Command::Delete)}
                >{ Icon::Delete.view() }{ words::DELETE }</button>
            </div>
        </section>
    }
}

/// Marks every place of the same words.
fn every(props: &CardProps) -> Html {
    let label = &props.annotation.label;
    let Some(place) = props.scheme.labels.iter().position(|other| other.id == *label) else {
        return html! {};
    };
    let name = words::mark_every(&listing::excerpt(&props.text, props.annotation.span, ALSO));
    let title = words::mark_every_tip(place + 1);
    button("every", &name, Some(title), props.dispatch.on(Command::LabelAll(label.clone())))
}

/// Takes hold of an edge, for whoever can't drag it; a click in the text or its arrows move it.
fn edge(name: &'static str, action: Action, edge: Edge, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        dispatch.send(Command::PlaceEdge(edge));
        dispatch.send(Command::FocusText);
    });
    button("edge", name, Some(words::tip(name, keys(action))), onclick)
}

/// The other annotations where this one was taken.
fn also(props: &CardProps) -> Html {
    if props.also.is_empty() {
        return html! {};
    }
    let other = |annotation: &Same<Annotation>| {
        let label = props.scheme.label(&annotation.label);
        html! {
            <button
                key={annotation.id.as_str()}
                type="button"
                Class={look("other", label)}
                title={words::tip(words::TAKE_THIS, keys(Action::Beneath))}
                onclick={props.dispatch.on(Command::Activate(Some(annotation.id.clone())))}
            >
                { sample() }
                <span class="name">{ label.map(|label| label.name.clone()) }</span>
                <span class="quotation" dir="auto">{ listing::excerpt(&props.text, annotation.span, ALSO) }</span>
            </button>
        }
    };
    html! {
        <div class="also" role="group" aria-label={words::ALSO_HERE}>
            <span class="name" aria-hidden="true">{ words::ALSO_HERE }</span>
            { for props.also.iter().map(other) }
        </div>
    }
}
