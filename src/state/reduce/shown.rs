//! What is shown: dialogs, the side list, messages, preferences. Nothing here is logged.

use super::Step;
use crate::state::{Command, Effect, Preferences, Saving, Target, Update};
use crate::words;

impl Step<'_> {
    pub(super) fn show(&mut self, command: &Command) {
        let view = &mut self.state.view;
        match command {
            Command::ToggleLabel(label) => match view.filter.hidden.iter().position(|hidden| hidden == label) {
                Some(at) => drop(view.filter.hidden.remove(at)),
                None => view.filter.hidden.push(label.clone()),
            },
            Command::Search(query) => view.filter.query = query.clone(),
            Command::FocusText => {
                view.list_open = false;
                self.effects.push(Effect::Focus(Target::Text));
            }
            Command::FocusSearch => {
                view.list_open = true;
                self.effects.push(Effect::Focus(Target::Search));
            }
            Command::FocusCard | Command::FocusNote if view.active.is_some() => {
                view.list_open = true;
                let target = if matches!(command, Command::FocusNote) { Target::Note } else { Target::Card };
                self.effects.push(Effect::Focus(target));
            }
            Command::FocusCard | Command::FocusNote => self.say(words::TAKE_MARK_FIRST),
            Command::ShowList(open) => {
                view.list_open = *open;
                self.effects.push(Effect::Focus(if *open { Target::Side } else { Target::Text }));
            }
            Command::HideMarks(hidden) => view.marks_hidden = *hidden,
            Command::ShowDialog(dialog) => view.dialog = Some(dialog.clone()),
            Command::CloseDialog => {
                view.dialog = None;
                if view.open.is_some() {
                    self.effects.push(Effect::Focus(Target::Text));
                }
            }
            Command::Say(text) => self.say(text),
            Command::DismissToast => view.toast = None,
            Command::Export(article) => {
                view.dialog = None;
                self.effects.push(Effect::SaveFile(article.clone()));
            }
            Command::Prefer(preferences) => self.prefer(*preferences),
            Command::Update(update) => self.update(*update),
            _ => {}
        }
    }

    fn update(&mut self, update: Update) {
        self.state.update = update;
        match update {
            Update::Ready => self.announce(words::NEW_VERSION),
            Update::Wanted if self.state.saving != Saving::Saved => self.announce(words::UPDATE_WAITS),
            _ => {}
        }
        self.update_once_saved();
    }

    /// Starts the new version where it is wanted and nothing can be lost by it.
    pub(super) fn update_once_saved(&mut self) {
        if self.state.update == Update::Wanted && self.state.saving == Saving::Saved {
            self.effects.push(Effect::Update);
        }
    }

    fn prefer(&mut self, preferences: Preferences) {
        if preferences.snap != self.state.preferences.snap {
            self.announce(if preferences.snap { words::SNAP_ON } else { words::SNAP_OFF });
        }
        let repaints = preferences.spoken_edges != self.state.preferences.spoken_edges;
        self.state.preferences = preferences;
        if let Some(text) = self.state.text().filter(|_| repaints) {
            self.repaint(vec![text.span()]);
        }
        self.effects.push(Effect::KeepPreferences);
    }
}
