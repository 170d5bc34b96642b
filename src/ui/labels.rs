//! Labels as buttons, and the little line that stands for a label wherever it is named.

use super::{Dispatch, Same, keep_focus};
use crate::model::label::Line;
use crate::model::{Label, LabelId, LabelScheme};
use crate::state::Command;
use crate::words;
use yew::prelude::*;

/// How many colours the style sheet has.
const COLOURS: u8 = 8;

/// The classes that give a label its colour and its line; the same that marks in the text bear.
pub fn look(label: Option<&Label>) -> Classes {
    let Some(label) = label else {
        return classes!("solid");
    };
    let colour = label.colour.clamp(1, COLOURS);
    let line = match label.line {
        Line::Solid => "solid",
        Line::Dashed => "dashed",
        Line::Dotted => "dotted",
    };
    classes!(format!("c{colour}"), line)
}

/// The line of a label, as it runs below its marks. Takes its colour from the element around it.
pub fn sample() -> Html {
    html! { <i class="sample" aria-hidden="true" /> }
}

#[derive(Clone, PartialEq)]
/// What the labels show.
pub struct LabelsProps {
    pub scheme: Same<LabelScheme>,
    /// The label in hand, or that of the selected annotation.
    pub pressed: Option<LabelId>,
    /// Whether a press marks or relabels something; else it holds the label for what comes.
    pub applies: bool,
    pub dispatch: Dispatch,
}

/// One button for each label. What is around them is the group.
pub fn labels(props: &LabelsProps) -> Html {
    let button = |(place, label): (usize, &Label)| {
        let what = if props.applies { words::marks_as(&label.name) } else { words::hold(&label.name) };
        let pressed = props.pressed.as_ref() == Some(&label.id);
        html! {
            <button
                key={label.id.as_str()}
                type="button"
                class={classes!("label", look(Some(label)))}
                aria-pressed={pressed.to_string()}
                title={words::label_tip(&what, place + 1, label.key, &label.guideline)}
                onmousedown={keep_focus()}
                onclick={props.dispatch.on(Command::Label(label.id.clone()))}
            >
                { sample() }
                <span class="name">{ &label.name }</span>
                <kbd aria-hidden="true">{ place + 1 }</kbd>
            </button>
        }
    };
    props.scheme.labels.iter().enumerate().map(button).collect()
}
