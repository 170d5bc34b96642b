//! How one likes to work: whole words, single keys, the annotator's code. What is weaker where the page was
//! opened from. And the way to leave nothing behind.

use super::{Beside, hint, modal, typed};
use crate::model::AnnotatorCode;
use crate::state::{Command, Dialog, Preferences, listing};
use crate::ui::over::save_aside;
use crate::ui::part::Draw;
use crate::ui::{Dispatch, button};
use crate::words::{self, Trap};
use yew::prelude::*;

/// What an annotator's code is made of, as a pattern of HTML; [`listing::annotator_code`] says the same.
const CODE: &str = r"\s*[\p{L}\p{N}\-_.]{1,40}\s*";

#[derive(Clone, PartialEq)]
pub struct SettingsProps {
    pub preferences: Preferences,
    pub code: AnnotatorCode,
    pub trap: Option<&'static Trap>,
    /// How many damaged records stand aside.
    pub aside: usize,
    pub dispatch: Dispatch,
}

impl Draw for SettingsProps {
    fn draw(&self) -> Html {
        settings(self)
    }
}

fn settings(props: &SettingsProps) -> Html {
    let SettingsProps { preferences, dispatch, .. } = props;
    let snap = Preferences { snap: !preferences.snap, ..*preferences };
    let single = Preferences { single_keys: !preferences.single_keys, ..*preferences };
    let spoken = Preferences { spoken_edges: !preferences.spoken_edges, ..*preferences };
    let content = html! {
        <>
            { check(words::SNAP, words::SNAP_HINT, preferences.snap, snap, dispatch) }
            { check(words::SINGLE_KEYS, words::SINGLE_KEYS_HINT, preferences.single_keys, single, dispatch) }
            { check(words::SPOKEN_EDGES, words::SPOKEN_EDGES_HINT, preferences.spoken_edges, spoken, dispatch) }
            { code(props) }
            if let Some(trap) = props.trap {
                <div class="trap">
                    <h3>{ trap.short }</h3>
                    { hint(trap.long) }
                </div>
            }
            <div class="everything">
                if props.aside > 0 {
                    { save_aside(dispatch) }
                }
                { button("delete", words::ERASE_ASK, None, dispatch.on(Command::ShowDialog(Dialog::Erase))) }
            </div>
        </>
    };
    modal(words::SETTINGS, "settings", Beside::Closes, dispatch, content)
}

fn check(name: &'static str, more: &'static str, checked: bool, other: Preferences, dispatch: &Dispatch) -> Html {
    html! {
        <label class="check">
            <input type="checkbox" {checked} onchange={dispatch.on::<Event>(Command::Prefer(other))} />
            <span>{ name }<small>{ more }</small></span>
        </label>
    }
}

/// The annotator's code; changed only when asked to keep it, since it changes what is shown. The browser
/// itself refuses what is no code, with the words of the title.
fn code(props: &SettingsProps) -> Html {
    let onsubmit = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(code) = listing::annotator_code(&typed(&event, "code")) {
                dispatch.send(Command::SetAnnotator(code));
            }
        })
    };
    html! {
        <form class="code" {onsubmit}>
            <label class="field">
                <span>{ words::ANNOTATOR }</span>
                <input
                    type="text"
                    name="code"
                    autocomplete="off"
                    spellcheck="false"
                    required=true
                    pattern={CODE}
                    title={words::ANNOTATOR_BAD}
                    value={props.code.to_string()}
                    aria-describedby="code-hint"
                />
            </label>
            <button class="second">{ words::KEEP }</button>
            <p id="code-hint" class="hint-words">{ words::ANNOTATOR_HINT }</p>
        </form>
    }
}
