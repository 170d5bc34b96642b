//! What can be said of an annotation beyond its label: choices as pills, free words as a field.

use super::typing::{Field, Kind, Typed};
use super::{Dispatch, Same};
use crate::model::{Annotation, LabelScheme};
use crate::state::Command;
use crate::state::listing::{self, AttributeGroup};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
/// What the attributes show.
pub struct AttributesProps {
    pub annotation: Same<Annotation>,
    pub scheme: Same<LabelScheme>,
    pub dispatch: Dispatch,
}

/// A line for each attribute of the label; a pressed pill pressed again takes the value back.
pub fn attributes(props: &AttributesProps) -> Html {
    let label = props.scheme.label(&props.annotation.label);
    let groups = listing::attribute_groups(label, &props.annotation);
    if groups.is_empty() {
        return html! {};
    }
    let line = |group: &AttributeGroup| {
        html! {
            <div key={group.id.as_str()} class="attribute" role="group" aria-label={group.name.clone()}>
                <span class="name" aria-hidden="true">{ &group.name }</span>
                { if group.free { field(props, group) } else { pills(props, group) } }
            </div>
        }
    };
    html! { <div class="attributes">{ for groups.iter().map(line) }</div> }
}

fn pills(props: &AttributesProps, group: &AttributeGroup) -> Html {
    let pill = |value: &Rc<str>| {
        let on = group.value.as_ref() == Some(value);
        let next = (!on).then(|| value.clone());
        let command = Command::SetAttribute(props.annotation.id.clone(), group.id.clone(), next);
        html! {
            <button
                key={&**value}
                type="button"
                class="pill"
                aria-pressed={on.to_string()}
                onclick={props.dispatch.on(command)}
            >{ &**value }</button>
        }
    };
    html! { <div class="pills">{ for group.choices.iter().map(pill) }</div> }
}

fn field(props: &AttributesProps, group: &AttributeGroup) -> Html {
    let (dispatch, id, attribute) = (props.dispatch.clone(), props.annotation.id.clone(), group.id.clone());
    let onsend = Callback::from(move |Typed { text, .. }| {
        let value = (!text.trim().is_empty()).then_some(text);
        dispatch.send(Command::SetAttribute(id.clone(), attribute.clone(), value));
    });
    let value = group.value.clone().unwrap_or_default();
    let key = props.annotation.id.as_str();
    html! { <Field {key} {value} {onsend} kind={Kind::Short(group.name.clone().into())} /> }
}
