//! Following the log where others write to it too: what they did comes first, and what was done here goes
//! on top of it as far as it still fits. What is seen stays as it is, as far as it still makes sense.

use super::Step;
use crate::model::record::Entry;
use crate::model::{Annotation, Article, Change, Workspace};
use crate::state::pending::{Base, News, Pending};
use crate::state::{Dialog, Effect, Selection};
use crate::words;
use std::rc::Rc;

impl Step<'_> {
    pub(super) fn follow(&mut self, news: &News) {
        let before = Base::of(&self.state);
        Base { workspace: self.state.workspace, history: self.state.history } =
            news.base.clone().unwrap_or_else(|| news.own.base(&self.state));
        self.state.filed.note(news.others.len(), &self.stamp.now);
        for entry in &news.others {
            self.state.replay(entry);
        }
        let mut pending = Pending::default();
        let mut changes: Vec<Change> = news.others.iter().flat_map(|entry| entry.changes.iter().cloned()).collect();
        let mut gone = changes.iter().filter_map(leaving).collect();
        let mut is_refused = false;
        for (then, entry) in news.own.iter() {
            let kept = still_fitting(&entry.changes, &self.state.workspace, &then.workspace, &mut gone);
            if kept.len() < entry.changes.len() {
                is_refused = true;
                changes.extend(entry.changes.iter().cloned());
            }
            if !kept.is_empty() {
                let entry = Rc::new(Entry { changes: kept.into(), ..Entry::clone(entry) });
                let base = Base::of(&self.state);
                self.state.replay(&entry);
                pending.push(base, entry);
            }
        }
        self.effects.push(Effect::Requeue(pending));
        self.mend_view(&before.workspace, &changes);
        if is_refused {
            self.say(words::OVERTAKEN);
        }
        // What it would do was found out with another workspace.
        if matches!(self.state.view.dialog, Some(Dialog::Import(_))) {
            self.state.view.dialog = None;
            self.say(words::IMPORT_OVERTAKEN);
        }
    }

    /// Leaves in view what is still there.
    fn mend_view(&mut self, before: &Workspace, changes: &[Change]) {
        let Some(open) = self.state.view.open.clone() else {
            return;
        };
        let now = &self.state.workspace;
        let is_other_text = before.article(&open).map(|a| a.text.hash()) != now.article(&open).map(|a| a.text.hash());
        if is_other_text {
            self.state.view.selection = Selection::default();
        }
        if is_other_text || before.annotator() != now.annotator() || before.scheme() != now.scheme() {
            self.effects.push(Effect::Show);
        }
        self.repaint_changed(changes);
        let active = self.state.view.active.clone();
        let was = active.as_ref().and_then(|id| before.annotation(&open, id));
        if self.state.active() != was {
            // An edge of it that was on the move is let go of.
            self.set_active(active.filter(|_| self.state.active().is_some()));
        }
        let view = &mut self.state.view;
        // What it would undo is not what it is about any more.
        if let Some(toast) = &mut view.toast {
            toast.undo = false;
        }
        if matches!(&view.dialog, Some(Dialog::Details(id)) if self.state.workspace.article(id).is_none()) {
            view.dialog = None;
        }
        if view.sticky.as_ref().is_some_and(|label| self.state.workspace.scheme().label(label).is_none()) {
            view.sticky = None;
        }
        self.leave_missing_article();
    }
}

/// Those changes that can still be made, each after those before it, as they were meant: `then` is the
/// workspace in which they were made first, `gone` the articles that were removed by now.
fn still_fitting(changes: &[Change], now: &Workspace, then: &Workspace, gone: &mut Vec<Rc<Article>>) -> Vec<Change> {
    let (mut now, mut then) = (now.clone(), then.clone());
    let fits = |change: &&Change| {
        let fits = change.fits(&now) && is_as_meant(change, &now, &then, gone);
        if fits {
            gone.extend(leaving(change));
            now.apply(change);
        }
        then.apply(change);
        fits
    };
    changes.iter().filter(fits).cloned().collect()
}

/// The article that a change removes; its annotations stay, for it may come back.
fn leaving(change: &Change) -> Option<Rc<Article>> {
    match change {
        Change::Article { before, after: None } => before.clone(),
        _ => None,
    }
}

/// Whether a change that fits makes no second mark of the same kind on the same words that nobody saw, stands on the
/// text it was made on, takes the text away under nobody's marks, and brings none back under those made on another.
fn is_as_meant(change: &Change, now: &Workspace, then: &Workspace, gone: &[Rc<Article>]) -> bool {
    match change {
        Change::Annotation { sheet, after: Some(annotation), .. } => {
            let twin = now.sheet(sheet).and_then(|sheet| sheet.twin(&annotation.label, annotation.span));
            // Files may bring doubles.
            let was_there = |twin: &Annotation| {
                let there = then.sheet(sheet).and_then(|sheet| sheet.get(&twin.id));
                there.is_some_and(|there| there.label == twin.label && there.span == twin.span)
            };
            let [here, there] = [now, then].map(|workspace| workspace.article(&sheet.article).map(|a| &a.text));
            here == there && twin.is_none_or(|twin| twin.id == annotation.id || was_there(twin))
        }
        Change::Article { before: Some(before), after: Some(after) } => {
            before.text == after.text || now.sheets_of(&after.id).next().is_none()
        }
        Change::Article { before: None, after: Some(after) } => {
            let marks = |workspace| Workspace::sheets_of(workspace, &after.id);
            match gone.iter().rfind(|article| article.id == after.id) {
                Some(article) => article.text == after.text || marks(now).next().is_none(),
                None => marks(now).eq(marks(then)),
            }
        }
        _ => true,
    }
}
