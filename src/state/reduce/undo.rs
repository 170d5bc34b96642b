//! Undo and redo: the inverse of a step, applied and logged like any other change.

use super::Step;
use crate::model::record::EntryKind;
use crate::model::{Annotation, ArticleId, Change, SheetKey, change};
use crate::state::{Effect, Screen, Selection};
use crate::text::Offset;
use crate::words;
use std::rc::Rc;

impl Step<'_> {
    pub(super) fn undo(&mut self) {
        match self.state.history.last_done().cloned() {
            Some(step) => self.turn(EntryKind::Undo, &words::undone(&step.title), change::inverse(&step.changes)),
            None => self.say(words::NOTHING_TO_UNDO),
        }
    }

    pub(super) fn redo(&mut self) {
        match self.state.history.last_undone().cloned() {
            Some(step) => self.turn(EntryKind::Redo, &words::redone(&step.title), step.changes.to_vec()),
            None => self.say(words::NOTHING_TO_REDO),
        }
    }

    fn turn(&mut self, kind: EntryKind, title: &str, changes: Vec<Change>) {
        self.set_active(None);
        let view = &self.state.view;
        let place = place(&changes, view.open.as_ref(), view.selection.focus);
        let redraw = changes.iter().any(|change| !matches!(change, Change::Annotation { .. }));
        self.commit(kind, title, changes);
        match place {
            Some(Place::Mark(sheet, annotation, stays)) => self.go_to(&sheet, &annotation, stays),
            Some(Place::Article(id)) if self.state.view.screen == Screen::Article => self.open(&id),
            _ => {}
        }
        self.leave_missing_article();
        if redraw {
            self.effects.push(Effect::Show);
        }
        self.toast(title, false);
    }

    /// Shows the mark that was turned back, so that nobody wonders what happened.
    fn go_to(&mut self, sheet: &SheetKey, annotation: &Rc<Annotation>, stays: bool) {
        if self.state.workspace.article(&sheet.article).is_none() {
            return;
        }
        if self.state.view.open.as_ref() != Some(&sheet.article) {
            self.open(&sheet.article);
        }
        self.state.view.screen = Screen::Article;
        self.state.view.selection = Selection::caret(annotation.span.start());
        // It may be another annotator's.
        let is_seen = stays && self.state.workspace.key(&sheet.article) == *sheet;
        self.set_active(is_seen.then(|| annotation.id.clone()));
        self.effects.push(Effect::Reveal(annotation.span));
    }
}

enum Place {
    Mark(SheetKey, Rc<Annotation>, bool),
    Article(ArticleId),
}

/// Where to look after changes: of many marks in the open article at the one nearest to the caret, else at
/// what changed first.
fn place(changes: &[Change], open: Option<&ArticleId>, caret: Offset) -> Option<Place> {
    let far = |change: &Change| match change {
        Change::Annotation { sheet, before, after } if Some(&sheet.article) == open => {
            let annotation = after.as_ref().or(before.as_ref());
            annotation.map_or(u32::MAX, |a| a.span.start().get().abs_diff(caret.get()))
        }
        _ => u32::MAX,
    };
    let nearest = (0..changes.len()).min_by_key(|&at| far(&changes[at]))?;
    changes[nearest..].iter().find_map(|change| match change {
        Change::Annotation { sheet, before, after } => {
            let annotation = after.as_ref().or(before.as_ref())?;
            Some(Place::Mark(sheet.clone(), annotation.clone(), after.is_some()))
        }
        Change::Article { after: Some(article), .. } => Some(Place::Article(article.id.clone())),
        _ => None,
    })
}
