//! Saving to files: which, and what is known of it afterwards.

use super::Step;
use crate::state::filed::SavedFile;
use crate::state::{Effect, Exporting, Filed};
use crate::words;

impl Step<'_> {
    /// Saves everything to the file that was chosen for that, or asks where to.
    pub(super) fn save(&mut self) {
        match self.state.file {
            Some(_) => {
                self.state.view.dialog = None;
                self.effects.push(Effect::WriteFile);
            }
            None => self.exporting(&Exporting::StartAll),
        }
    }

    pub(super) fn file_saved(&mut self, file: &SavedFile) {
        if file.is_own {
            self.state.file = Some(file.name.clone());
        }
        if file.changes.is_some() {
            self.state.reminds = false;
        }
        self.state.filed.take(file);
        self.effects.push(Effect::KeepFiled);
        self.say(&words::saved_file(&file.name));
    }

    /// What another tab knows of files.
    pub(super) fn filed_elsewhere(&mut self, filed: &Filed) {
        self.state.reminds &= filed.saved <= self.state.filed.saved;
        self.state.filed = filed.clone();
    }

    /// Reminds where it is time to. This comes when the person turns to something anyway, and never while they
    /// mark.
    pub(super) fn remind(&mut self) {
        if !self.state.reminds && self.state.filed.reminds(&self.stamp.now) {
            self.state.reminds = true;
            self.effects.push(Effect::KeepFiled);
            let reminder = words::reminder(self.state.filed.changes);
            // Of two things said at the same moment the first would be lost.
            match self.effects.iter_mut().find_map(Effect::announced) {
                Some(said) => *said = [&**said, &reminder].join(". ").into(),
                None => self.announce(reminder),
            }
        }
    }
}
