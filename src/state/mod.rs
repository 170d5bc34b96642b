//! The one machine: a command in, the next state and effects out. Nothing else changes state.
//!
//! In reading order: [`command`], [`view`], [`history`], [`pending`], [`effect`], `reduce` (what each command
//! does), [`places`] and [`filed`] (what is kept beside the log), [`export`] and [`check`] (the dialogs for files and for slips), [`page`] (a web page that waits), [`table`] (title, hint and keys of every
//! command), [`listing`] (what the side list and the list of articles show). No clock, no chance, no browser call is made here: what is needed of
//! them comes in the [`Stamp`].

pub mod check;
pub mod command;
pub mod effect;
pub mod export;
pub mod filed;
pub mod history;
pub mod listing;
pub mod page;
pub mod pending;
pub mod places;
mod reduce;
pub mod table;
pub mod view;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod two_tabs;

pub use check::Checking;
pub use command::{Command, Motion, NewArticle, Stamp};
pub use effect::{Effect, Target};
pub use export::Exporting;
pub use filed::Filed;
pub use history::History;
pub use page::WebPage;
pub use view::{Dialog, Edge, Filter, Preferences, Resize, Screen, Selection, Toast, View};

use crate::model::record::Entry;
use crate::model::{Annotation, Article, Label, LabelId, Sheet, Workspace};
use crate::text::{Span, Text};
use std::rc::Rc;

/// Everything the page is made of.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// What is kept.
    pub workspace: Workspace,
    /// What can be undone.
    pub history: History,
    /// What is shown.
    pub view: View,
    /// How the person likes to work.
    pub preferences: Preferences,
    /// Whether what was done is safe.
    pub saving: Saving,
    /// Whether a new version of the app is there.
    pub update: Update,
    /// What became of what is kept, until the person has read it.
    pub notice: Option<Notice>,
    /// How many damaged records stand aside in the store.
    pub aside: usize,
    /// What is known of the work's copy in a file.
    pub filed: Filed,
    /// The name of the file that is written again and again, where one was chosen.
    pub file: Option<Rc<str>>,
    /// Whether the person is being reminded to save to a file.
    pub reminds: bool,
}

/// What became of what is kept, and what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub text: Rc<str>,
    /// What may help.
    pub help: Help,
}

/// What may help where something was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Help {
    /// Nothing is needed.
    Nothing,
    /// To open a file that was saved.
    OpenFile,
    /// To save what was set aside as a file.
    SaveAside,
}

/// Whether what was done would survive the end of the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Every change is committed.
    #[default]
    Saved,
    /// Some changes are on their way.
    Saving,
    /// Some changes could not be committed; why.
    Failed(Rc<str>),
}

/// A new version of the app; the one that runs goes on until the person wants the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Update {
    /// None that is spoken of.
    #[default]
    None,
    /// It is there.
    Ready,
    /// It is wanted, as soon as everything is saved.
    Wanted,
}

/// Carries out a command: the next state, and what the browser layer must do.
pub fn update(state: &State, command: &Command, stamp: &Stamp) -> (State, Vec<Effect>) {
    let mut step = reduce::Step::new(state.clone(), stamp);
    step.run(command);
    step.finish()
}

impl State {
    /// Makes the changes of a log entry, as opening a workspace does for each entry in order.
    pub fn replay(&mut self, entry: &Entry) {
        self.workspace.apply_entry(entry);
        self.history.record(entry);
    }

    /// The open article.
    pub fn article(&self) -> Option<&Rc<Article>> {
        self.view.open.as_ref().and_then(|id| self.workspace.article(id))
    }

    /// The text of the open article.
    pub fn text(&self) -> Option<&Rc<Text>> {
        self.article().map(|article| &article.text)
    }

    /// The current annotator's sheet of the open article.
    pub fn sheet(&self) -> Sheet {
        self.view.open.as_ref().map(|id| self.workspace.own_sheet(id)).unwrap_or_default()
    }

    /// The selected annotation.
    pub fn active(&self) -> Option<&Rc<Annotation>> {
        let article = self.view.open.as_ref()?;
        self.workspace.annotation(article, self.view.active.as_ref()?)
    }

    /// A label of the scheme.
    pub fn label(&self, id: &LabelId) -> Option<&Label> {
        self.workspace.scheme().label(id)
    }

    /// Where an annotation is drawn: its span or, while an edge of it moves, the span to be.
    pub fn drawn_span(&self, annotation: &Annotation) -> Span {
        match &self.view.resize {
            Some(resize) if resize.id == annotation.id => resize.span,
            _ => annotation.span,
        }
    }
}
