//! What each command does. One file per concern; each extends [`Step`], which carries the state
//! under change and gathers the effects.

mod articles;
mod caret;
mod check;
mod export;
mod filed;
mod follow;
mod found;
mod marks;
mod moving;
mod shown;
mod undo;

use crate::model::record::{Entry, EntryKind};
use crate::model::{AnnotationId, ArticleId, Change, change};
use crate::state::{Command, Effect, Saving, Stamp, State, Toast};
use crate::text::Span;
use crate::words;
use std::rc::Rc;

/// One command under way.
pub struct Step<'a> {
    state: State,
    stamp: &'a Stamp,
    effects: Vec<Effect>,
}

/// Whether a command turns to another mark, or to another label for this one. A click may, and sees to the edge itself.
fn takes_another(command: &Command) -> bool {
    matches!(
        command,
        Command::Label(_)
            | Command::LabelAll(_)
            | Command::Activate(_)
            | Command::ActivateNext(_)
            | Command::ActivateBeneath(_)
    )
}

impl<'a> Step<'a> {
    /// Starts from a state.
    pub fn new(state: State, stamp: &'a Stamp) -> Self {
        Self { state, stamp, effects: Vec::new() }
    }

    /// The state reached and the effects gathered.
    pub fn finish(self) -> (State, Vec<Effect>) {
        (self.state, self.effects)
    }

    /// Carries out a command.
    pub fn run(&mut self, command: &Command) {
        let turns = matches!(command, Command::Open(_) | Command::OpenNext(_) | Command::ShowArticles);
        if turns {
            self.state.view.toast = None;
        }
        if turns || takes_another(command) {
            // Whoever goes on has moved the edge to where it is.
            self.keep_edge();
        }
        match command {
            Command::Load(articles) => self.load(articles),
            Command::TakeWhole(at, is_whole) => self.take_whole(*at, *is_whole),
            Command::TakePages => self.take_pages(),
            Command::Reload(id, text, encoding) => self.reload(id, text, encoding),
            Command::Open(id) => self.open(id),
            Command::OpenNext(forward) => self.open_next(*forward),
            Command::ShowArticles => self.show_articles(),
            Command::Correct(id, title, source, date) => self.correct(id, [title, source, date]),
            Command::SetDone(id, done) => self.set_done(id, *done),
            Command::Remove(id) => self.remove(id),
            Command::Import(plan) => self.import(plan),
            Command::SetAnnotator(code) => self.set_annotator(code),
            Command::Erase => self.erase(),

            Command::Select { anchor, focus, raw, finished } => self.select(*anchor, *focus, *raw, *finished),
            Command::SelectSpan(span) => self.select_span(*span),
            Command::CaretTo(offset, extend) => self.caret_to(*offset, *extend),
            Command::Move { motion, extend, raw } => self.move_caret(*motion, *extend, *raw),
            Command::Click(offset, again) => self.click(*offset, *again),

            Command::Label(label) => self.label(label),
            Command::LabelAll(label) => self.label_all(label),
            Command::LabelAgain => self.label_again(),
            Command::Annotate(label, span) => self.annotate(label, *span),
            Command::Stick(label) => self.stick(label.clone()),
            Command::Activate(id) => self.activate(id.clone(), true),
            Command::ActivateNext(forward) => self.activate_next(*forward),
            Command::ActivateBeneath(forward) => self.activate_beneath(*forward),
            Command::Delete => self.delete(),
            Command::SetAttribute(id, attribute, value) => self.set_attribute(id, attribute, value.as_ref()),
            Command::SetNote { id, note, continues } => self.set_note(id, note, *continues),
            Command::Unsaved => self.unsaved(),
            Command::TakeEdge(edge) => self.take_edge(*edge, false),
            Command::PlaceEdge(edge) => self.take_edge(*edge, true),
            Command::MoveEdge(offset, raw) => self.move_edge(*offset, *raw),
            Command::KeepEdge => self.keep_edge(),
            Command::Escape => self.escape(),

            // What was done last is the move of an edge, which is not kept yet.
            Command::Undo if self.state.view.resize.is_some() => self.escape(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),

            Command::Found(findings, aside) => self.found(findings, *aside),
            Command::DismissNotice => self.state.notice = None,
            Command::Follow(news) => self.follow(news),
            Command::Exporting(happens) => self.exporting(happens),
            Command::Checking(happens) => self.checking(happens),
            Command::Save => self.save(),
            Command::FileSaved(file) => self.file_saved(file),
            Command::FiledElsewhere(filed) => self.filed_elsewhere(filed),
            Command::Return => self.remind(),
            Command::DismissReminder => self.state.reminds = false,
            Command::Stored => {
                self.state.saving = Saving::Saved;
                self.update_once_saved();
            }
            Command::NotStored(reason) => self.not_stored(reason),
            Command::Folded(steps) => self.say(&words::folded(*steps)),
            other => self.show(other),
        }
        if turns {
            self.remind();
        }
    }

    /// Makes changes, notes them in the history and has them stored.
    fn commit(&mut self, kind: EntryKind, title: &str, changes: Vec<Change>) {
        let entry = Entry {
            kind,
            title: title.into(),
            at: self.stamp.now.clone(),
            next_id: self.state.workspace.next_id,
            changes: changes.into(),
        };
        debug_assert!(change::fit(&entry.changes, &self.state.workspace), "{:?}", entry.changes);
        self.state.replay(&entry);
        self.state.filed.note(1, &entry.at);
        self.repaint_changed(&entry.changes);
        if !matches!(self.state.saving, Saving::Failed(_)) {
            self.state.saving = Saving::Saving;
        }
        self.effects.push(Effect::Persist(Rc::new(entry)));
    }

    /// Has the marks drawn again that touch these spans: once, whatever else of this step asks for it.
    fn repaint(&mut self, spans: Vec<Span>) {
        let asked = self.effects.iter_mut().find_map(|effect| match effect {
            Effect::Repaint(spans) => Some(spans),
            _ => None,
        });
        match asked {
            Some(all) => all.extend(spans),
            None if spans.is_empty() => {}
            None => self.effects.push(Effect::Repaint(spans)),
        }
    }

    /// Has the marks drawn again that changes touched in the open article.
    fn repaint_changed(&mut self, changes: &[Change]) {
        let spans = changes
            .iter()
            .filter_map(|change| match change {
                Change::Annotation { sheet, before, after }
                    if Some(&sheet.article) == self.state.view.open.as_ref() =>
                {
                    Some([before, after])
                }
                _ => None,
            })
            .flatten()
            .flatten()
            .map(|annotation| annotation.span)
            .collect();
        self.repaint(spans);
    }

    /// The next id of an annotation.
    fn mint_annotation(&mut self) -> AnnotationId {
        self.state.workspace.next_id += 1;
        AnnotationId::minted(&self.stamp.writer, self.state.workspace.next_id)
    }

    /// The next id of an article.
    fn mint_article(&mut self) -> ArticleId {
        self.state.workspace.next_id += 1;
        ArticleId::minted(&self.stamp.writer, self.state.workspace.next_id)
    }

    /// The page must not say that all is saved.
    fn unsaved(&mut self) {
        if self.state.saving == Saving::Saved {
            self.state.saving = Saving::Saving;
        }
    }

    fn announce(&mut self, text: impl Into<Rc<str>>) {
        self.effects.push(Effect::Announce(text.into()));
    }

    /// Says something to the eye and to the ear.
    fn say(&mut self, text: &str) {
        self.toast(text, false);
    }

    fn toast(&mut self, text: &str, undo: bool) {
        self.state.view.toast = Some(Toast { text: text.into(), undo });
        self.announce(text);
    }

    fn not_stored(&mut self, reason: &Rc<str>) {
        if self.state.saving != Saving::Failed(reason.clone()) {
            self.announce(words::not_saved(reason));
        }
        self.state.saving = Saving::Failed(reason.clone());
    }
}
