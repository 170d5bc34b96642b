//! Labels as buttons, and the little line that stands for a label wherever it is named.

use super::{Dispatch, Same, keep_focus};
use crate::model::label::Line;
use crate::model::{Label, LabelId, LabelScheme};
use crate::state::Command;
use crate::words;
use yew::prelude::*;

/// How many colours the style sheet has.
const COLOURS: u8 = 8;

/// A class with those that give a label its colour and its line, the same that marks in the text bear.
///
/// It goes to `Class`: Yew makes a set of whatever `class` is given, which costs 2 KB of a visit. A page
/// in HTML takes names of attributes in either case (DOM, `setAttribute`).
pub fn look(class: &str, label: Option<&Label>) -> String {
    let Some(label) = label else {
        return [class, " solid"].concat();
    };
    let colour = label.colour.clamp(1, COLOURS).to_string();
    let line = match label.line {
        Line::Solid => " solid",
        Line::Dashed => " dashed",
        Line::Dotted => " dotted",
    };
    [class, " c", &colour, line].concat()
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
                Class={look("label", Some(label))}
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
