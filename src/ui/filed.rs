//! When everything was last saved to a file, and the line that reminds of it.

use super::{Dispatch, button, over, when};
use crate::state::{Command, Filed, State};
use crate::words;
use yew::prelude::*;

/// When it was, in words. Browsers take their time for that: it is made once for each file.
pub fn words_of(filed: &Filed) -> AttrValue {
    match &filed.saved {
        Some(saved) => [words::FILED, &when::local(saved)].join(" ").into(),
        None => words::NEVER_FILED.into(),
    }
}

/// The reminder, with a way to follow it and one to be left alone.
pub fn reminder(state: &State, dispatch: &Dispatch) -> Html {
    if !state.reminds {
        return html! {};
    }
    let save = if state.file.is_some() { Command::Save } else { Command::Export(None) };
    let help = button("", words::DOWNLOAD_ALL, None, dispatch.on(save));
    let line = words::reminder(state.filed.changes);
    over::line("hint reminder", words::REMINDER, &line, help, Some(dispatch.on(Command::DismissReminder)))
}
