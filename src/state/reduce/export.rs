//! Saving the work in one format or another.

use super::Step;
use crate::state::export::{Export, Exporting, Seen};
use crate::state::{Dialog, Effect};
use crate::words;
use std::rc::Rc;

impl Step<'_> {
    pub(super) fn exporting(&mut self, happens: &Exporting) {
        if matches!(happens, Exporting::Start | Exporting::StartAll) {
            let article =
                self.state.article().filter(|_| *happens == Exporting::Start).map(|article| article.id.clone());
            self.state.view.dialog = Some(Dialog::Export(Rc::new(Export::new(article))));
            return self.effects.push(Effect::Look);
        }
        // What comes after the dialog was closed is of no more use.
        let Some(Dialog::Export(export)) = &mut self.state.view.dialog else { return };
        let export = Rc::make_mut(export);
        match happens {
            Exporting::Start | Exporting::StartAll => {}
            Exporting::Choose(choice) => {
                export.choose(choice.clone());
                self.effects.push(Effect::Look);
            }
            Exporting::Offered(offers) => export.offers = offers.clone(),
            Exporting::Seen(turn, look) if *turn == export.turn => export.seen = Seen::Look(look.clone()),
            Exporting::Seen(..) => {}
            Exporting::Failed(why) => {
                export.is_writing = false;
                export.seen = Seen::Failed(why.clone());
            }
            Exporting::Save if export.is_project() => {
                let article = export.article.clone();
                self.state.view.dialog = None;
                self.effects.push(Effect::SaveFile(article));
            }
            Exporting::Save => {
                if !std::mem::replace(&mut export.is_writing, true) {
                    self.effects.push(Effect::WriteOut);
                }
            }
            Exporting::Copy => self.copy(),
            Exporting::Saved(name) => {
                self.state.view.dialog = None;
                self.say(&words::saved_file(name));
            }
        }
    }

    fn copy(&mut self) {
        let Some(Dialog::Export(export)) = &self.state.view.dialog else { return };
        let effect = match &export.seen {
            _ if export.is_project() => Effect::CopyFile(export.article.clone()),
            Seen::Look(look) => match &look.text {
                Some(text) => Effect::CopyText(text.as_str().into()),
                None => return,
            },
            _ => return,
        };
        self.effects.push(effect);
        self.state.view.dialog = None;
    }
}
