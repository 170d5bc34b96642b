//! When everything was last saved to a file, and the line that reminds of it.

use super::part::Draw;
use super::{Dispatch, over, when};
use crate::model::Timestamp;
use crate::state::{Command, State};
use crate::words;
use yew::prelude::*;

/// When it was; a part of its own, since the browser takes its time to write a moment in words.
#[derive(Clone, PartialEq)]
pub struct FiledProps {
    pub saved: Option<Timestamp>,
}

impl Draw for FiledProps {
    fn draw(&self) -> Html {
        html! {
            <span class="filed">
                if let Some(saved) = &self.saved {
                    { words::FILED }{ " " }<time datetime={saved.as_str().to_owned()}>{ when::local(saved) }</time>
                } else {
                    { words::NEVER_FILED }
                }
            </span>
        }
    }
}

/// The reminder, with a way to follow it and one to be left alone.
pub fn reminder(state: &State, dispatch: &Dispatch) -> Html {
    if !state.reminds {
        return html! {};
    }
    let save = if state.file.is_some() { Command::Save } else { Command::Export(None) };
    html! {
        <section class="hint reminder" aria-label={words::REMINDER}>
            <p>{ words::reminder(state.filed.changes) }</p>
            <button type="button" onclick={dispatch.on(save)}>{ words::DOWNLOAD_ALL }</button>
            { over::dismiss(dispatch.on(Command::DismissReminder)) }
        </section>
    }
}
