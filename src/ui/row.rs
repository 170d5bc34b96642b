//! One annotation in the side list.

use super::labels::{look, sample};
use super::{Dispatch, Same};
use crate::model::{Annotation, LabelScheme};
use crate::state::{Command, listing};
use crate::text::Text;
use yew::prelude::*;

/// How much of a quotation a row holds, in characters; two lines show less.
const EXCERPT: usize = 160;

#[derive(Clone, PartialEq)]
/// What a row shows.
pub struct RowProps {
    pub annotation: Same<Annotation>,
    pub text: Same<Text>,
    pub scheme: Same<LabelScheme>,
    pub active: bool,
    /// Which it is, from 0.
    pub index: usize,
    /// How many there are, where not all are in the page: else the browser counts them.
    pub of: Option<usize>,
    pub dispatch: Dispatch,
}

/// Label, quotation, and what is said of it.
pub fn row(props: &RowProps) -> Html {
    let annotation = &props.annotation;
    let label = props.scheme.label(&annotation.label);
    html! {
        <div
            key={annotation.id.as_str()}
            role="option"
            id={props.active.then(|| option_id(props.index))}
            Class={look("entry", label)}
            aria-selected={props.active.to_string()}
            aria-posinset={props.of.map(|_| (props.index + 1).to_string())}
            aria-setsize={props.of.map(|of| of.to_string())}
            onclick={props.dispatch.on(Command::Activate(Some(annotation.id.clone())))}
        >
            { sample() }
            <span class="quotation" dir="auto">{ listing::excerpt(&props.text, annotation.span, EXCERPT) }</span>
            <small dir="auto">{ listing::said_of(label, annotation) }</small>
        </div>
    }
}

/// The id of the selected option, for the list to say which one that is.
pub fn option_id(index: usize) -> String {
    format!("entry-{index}")
}
