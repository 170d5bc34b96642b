//! How one likes to work: whole words, single keys, the annotator's code. And the way to leave
//! nothing behind.

use super::Modal;
use crate::model::AnnotatorCode;
use crate::state::{Command, Dialog, Preferences, listing};
use crate::ui::Dispatch;
use crate::words;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, Clone, PartialEq)]
pub struct SettingsProps {
    pub preferences: Preferences,
    pub code: AnnotatorCode,
    pub dispatch: Dispatch,
}

#[component]
pub fn Settings(props: &SettingsProps) -> Html {
    let SettingsProps { preferences, dispatch, .. } = props;
    let snap = Preferences { snap: !preferences.snap, ..*preferences };
    let single = Preferences { single_keys: !preferences.single_keys, ..*preferences };
    html! {
        <Modal title={words::SETTINGS} class="settings" dispatch={dispatch.clone()}>
            { check(words::SNAP, words::SNAP_HINT, preferences.snap, snap, dispatch) }
            { check(words::SINGLE_KEYS, words::SINGLE_KEYS_HINT, preferences.single_keys, single, dispatch) }
            <Code code={props.code.clone()} dispatch={dispatch.clone()} />
            <div class="everything">
                <button type="button" class="delete" onclick={dispatch.on(Command::ShowDialog(Dialog::Erase))}>
                    { words::ERASE_ASK }
                </button>
            </div>
        </Modal>
    }
}

fn check(name: &'static str, more: &'static str, checked: bool, other: Preferences, dispatch: &Dispatch) -> Html {
    html! {
        <label class="check">
            <input type="checkbox" {checked} onchange={dispatch.on::<Event>(Command::Prefer(other))} />
            <span>{ name }<small>{ more }</small></span>
        </label>
    }
}

#[derive(Properties, Clone, PartialEq)]
struct CodeProps {
    code: AnnotatorCode,
    dispatch: Dispatch,
}

/// The annotator's code; changed only when asked to keep it, since it changes what is shown.
#[component]
fn Code(props: &CodeProps) -> Html {
    let typed = use_state_eq(|| props.code.to_string());
    let wrong = use_state_eq(|| false);
    let oninput = {
        let (typed, wrong) = (typed.setter(), wrong.setter());
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value());
            wrong.set(false);
        })
    };
    let onsubmit = {
        let (dispatch, typed, wrong) = (props.dispatch.clone(), (*typed).clone(), wrong.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match listing::annotator_code(&typed) {
                Some(code) => dispatch.send(Command::SetAnnotator(code)),
                None => wrong.set(true),
            }
        })
    };
    let changed = *typed != props.code.as_str();
    html! {
        <form class="code" {onsubmit}>
            <label class="field">
                <span>{ words::ANNOTATOR }</span>
                <input
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    value={(*typed).clone()}
                    aria-describedby="code-hint"
                    aria-invalid={wrong.then_some("true")}
                    {oninput}
                />
            </label>
            <button class="second" disabled={!changed}>{ words::KEEP }</button>
            <p id="code-hint" class={if *wrong { "wrong" } else { "hint-words" }} role={wrong.then_some("alert")}>
                { if *wrong { words::ANNOTATOR_BAD } else { words::ANNOTATOR_HINT } }
            </p>
        </form>
    }
}
