//! Annotations: adding, relabelling, deleting, saying things of them, and selecting them.

use super::Step;
use crate::limits;
use crate::model::record::EntryKind;
use crate::model::{Annotation, AnnotationId, ArticleId, AttributeId, Change, LabelId, Origin};
use crate::state::{Effect, Selection, Target};
use crate::text::{Span, alike, snap};
use crate::words;
use std::rc::Rc;

impl Step<'_> {
    pub(super) fn label(&mut self, label: &LabelId) {
        if self.state.label(label).is_none() {
            return;
        }
        let selection = self.state.view.selection;
        if !selection.is_caret() {
            return self.add_mark(label, selection.span, true);
        }
        match self.state.active().cloned() {
            Some(active) => self.relabel(&active, label),
            None => {
                let held = self.state.view.sticky.as_ref() == Some(label);
                self.stick((!held).then(|| label.clone()));
            }
        }
    }

    /// Marks every place of the words in hand. Places that bear the label already stay as they are.
    pub(super) fn label_all(&mut self, label: &LabelId) {
        let scheme = self.state.workspace.scheme().clone();
        let (Some(article), Some(known)) = (self.state.article().cloned(), scheme.label(label)) else {
            return;
        };
        let text = &article.text;
        let selected = self.state.view.selection.span;
        let active = self.state.active().map_or(selected, |active| active.span);
        let span = if selected.is_empty() { active } else { selected };
        if snap::without_edge_space(text, span).is_none() {
            return self.say(if span.is_empty() { words::NO_WORDS_IN_HAND } else { words::ONLY_BLANKS });
        }
        let sheet = self.state.sheet();
        let mut places = alike::places(text, span);
        places.retain(|&place| sheet.twin(label, place).is_none());
        if sheet.len() + places.len() > limits::ANNOTATIONS {
            return self.say(words::TOO_MANY_ANNOTATIONS);
        }
        let mut changes = Vec::with_capacity(places.len());
        for place in places {
            changes.push(self.addition(&article.id, label, place, Origin::Hand));
        }
        if changes.is_empty() {
            self.say(words::ALL_MARKED);
        } else {
            let title = words::added_all(changes.len(), &known.name, &known.plural);
            self.commit(EntryKind::Do, &title, changes);
            self.toast(&title, true);
            self.learn();
        }
        self.leave_words(label, span, true);
    }

    /// A new annotation, as a change.
    fn addition(&mut self, article: &ArticleId, label: &LabelId, span: Span, origin: Origin) -> Change {
        let mut annotation = Annotation::new(self.mint_annotation(), label.clone(), span, self.stamp.now.clone());
        annotation.origin = origin;
        Change::Annotation { sheet: self.state.workspace.key(article), before: None, after: Some(Rc::new(annotation)) }
    }

    pub(super) fn label_again(&mut self) {
        let first = || self.state.workspace.scheme().labels.first().map(|label| label.id.clone());
        let label = self.state.view.last_label.clone().or_else(first);
        if let Some(label) = label
            && !self.state.view.selection.is_caret()
        {
            self.label(&label);
        }
    }

    pub(super) fn annotate(&mut self, label: &LabelId, span: Span) {
        let fits = self.state.text().is_some_and(|text| span.end() <= text.len());
        if fits && self.state.label(label).is_some() {
            self.add(label, span, Origin::Program);
        }
    }

    /// Puts a mark on a span; `select` makes it the selected annotation.
    pub(super) fn add_mark(&mut self, label: &LabelId, span: Span, select: bool) {
        let added = self.add(label, span, Origin::Hand);
        self.leave_words(label, span, select || !added);
        if select && added {
            self.learn();
        }
    }

    /// Leaves words that bear a label now for the mark on them.
    fn leave_words(&mut self, label: &LabelId, span: Span, select: bool) {
        self.state.view.last_label = Some(label.clone());
        self.state.view.selection = Selection::caret(span.end());
        self.state.view.dragging = false;
        if select {
            let here = self.state.sheet().twin(label, span).map(|twin| twin.id.clone());
            self.set_active(here);
        }
    }

    /// Whoever has made a mark needs the hint of the first visit no more.
    fn learn(&mut self) {
        if !self.state.preferences.hints_seen {
            self.state.preferences.hints_seen = true;
            self.effects.push(Effect::KeepPreferences);
        }
    }

    /// Adds an annotation; says why where it can't be added.
    fn add(&mut self, label: &LabelId, span: Span, origin: Origin) -> bool {
        let (Some(article), Some(text)) = (self.state.view.open.clone(), self.state.text().cloned()) else {
            return false;
        };
        let name = self.state.label(label).map(|label| label.name.clone()).unwrap_or_default();
        let sheet = self.state.sheet();
        if sheet.len() >= limits::ANNOTATIONS {
            self.say(words::TOO_MANY_ANNOTATIONS);
            return false;
        }
        let is_there = sheet.twin(label, span).is_some();
        if is_there || snap::without_edge_space(&text, span).is_none() {
            let there = words::already_there(&name);
            self.say(if is_there { &there } else { words::ONLY_BLANKS });
            return false;
        }
        let added = self.addition(&article, label, span, origin);
        let title = words::added(&name);
        self.commit(EntryKind::Do, &title, vec![added]);
        self.announce(words::added_words(&name, snap::word_count(&text, span)));
        true
    }

    /// Commits an annotation of the open article as `edit` leaves it, unless it leaves it as it was.
    pub(super) fn edit(
        &mut self,
        id: &AnnotationId,
        kind: EntryKind,
        title: &str,
        edit: impl FnOnce(&mut Annotation),
    ) -> bool {
        let Some(article) = self.state.view.open.clone() else {
            return false;
        };
        let Some(before) = self.state.workspace.annotation(&article, id).cloned() else {
            return false;
        };
        let mut after = Annotation::clone(&before);
        edit(&mut after);
        if after == *before {
            return false;
        }
        after.changed = self.stamp.now.clone();
        let sheet = self.state.workspace.key(&article);
        self.commit(kind, title, vec![Change::Annotation { sheet, before: Some(before), after: Some(Rc::new(after)) }]);
        true
    }

    fn relabel(&mut self, annotation: &Annotation, label: &LabelId) {
        let name = self.state.label(label).map(|label| label.name.clone()).unwrap_or_default();
        if annotation.label == *label {
            return;
        }
        if self.state.sheet().twin(label, annotation.span).is_some() {
            return self.say(&words::already_there(&name));
        }
        let title = words::relabelled(&name);
        // What was said of it goes with the label that allowed it; undo brings both back.
        let allowed = self.state.label(label).map(|label| label.attributes.clone()).unwrap_or_default();
        self.edit(&annotation.id, EntryKind::Do, &title, |a| {
            a.label = label.clone();
            a.attributes.retain(|id, value| {
                let attribute = allowed.iter().find(|attribute| attribute.id == *id);
                attribute.is_some_and(|a| a.values.is_empty() || a.values.iter().any(|v| v.as_str() == &**value))
            });
        });
        self.state.view.last_label = Some(label.clone());
        self.announce(title);
    }

    pub(super) fn delete(&mut self) {
        let (Some(article), Some(active)) = (self.state.view.open.clone(), self.state.active().cloned()) else {
            return;
        };
        let name = self.state.label(&active.label).map_or_else(|| active.label.to_string(), |label| label.name.clone());
        let title = words::deleted(&name);
        let sheet = self.state.workspace.key(&article);
        self.state.view.selection = Selection::caret(active.span.start());
        self.set_active(None);
        self.commit(EntryKind::Do, &title, vec![Change::Annotation { sheet, before: Some(active), after: None }]);
        self.effects.push(Effect::Focus(Target::Text));
        self.toast(&title, true);
    }

    pub(super) fn set_attribute(&mut self, id: &AnnotationId, attribute: &AttributeId, value: Option<&Rc<str>>) {
        let value = value.map(|value| self.within(value));
        let title = words::attribute_set(value.as_deref());
        let spoken = title.clone();
        let changed = self.edit(id, EntryKind::Do, &title, |annotation| match value {
            Some(value) => annotation.attributes.insert(attribute.clone(), value),
            None => annotation.attributes.remove(attribute),
        });
        if changed {
            self.announce(spoken);
        }
    }

    /// Sets a note. Where its annotation is not here any more, as when another tab deleted it, the words are shown.
    pub(super) fn set_note(&mut self, id: &AnnotationId, note: &Rc<str>, continues: bool) {
        let is_there = |article| self.state.workspace.annotation(article, id).is_some();
        if !self.state.view.open.as_ref().is_some_and(is_there) && !note.trim().is_empty() {
            return self.say(&words::note_left_over(note));
        }
        let note = self.within(note);
        let same = |step: &crate::state::history::Step| {
            matches!(step.changes.last(), Some(Change::Annotation { after: Some(a), .. }) if a.id == *id)
                && &*step.title == words::NOTE_CHANGED
        };
        let goes_on = continues && self.state.history.last_done().is_some_and(|step| same(step));
        let kind = if goes_on { EntryKind::Continue } else { EntryKind::Do };
        self.edit(id, kind, words::NOTE_CHANGED, |annotation| annotation.note = note);
    }

    /// What fits of a note or of the value of an attribute.
    fn within(&mut self, words: &Rc<str>) -> Rc<str> {
        let Some(start) = limits::start(words, limits::NOTE) else {
            return words.clone();
        };
        self.say(words::NOTE_TOO_LONG);
        start.into()
    }

    pub(super) fn stick(&mut self, label: Option<LabelId>) {
        let name = label.as_ref().and_then(|id| self.state.label(id)).map(|label| label.name.clone());
        match &name {
            Some(name) => self.say(&words::sticky(Some(name))),
            None => {
                self.state.view.toast = None;
                self.announce(words::sticky(None));
            }
        }
        self.state.view.sticky = label;
        self.set_active(None);
    }

    /// Selects an annotation and draws what that changes.
    pub(super) fn set_active(&mut self, id: Option<AnnotationId>) {
        if self.state.view.active == id && self.state.view.resize.is_none() {
            return;
        }
        let mut spans: Vec<Span> = self.state.active().map(|a| self.state.drawn_span(a)).into_iter().collect();
        self.state.view.resize = None;
        spans.extend(self.state.active().map(|a| a.span));
        self.state.view.active = id;
        spans.extend(self.state.active().map(|a| a.span));
        self.state.view.stack = Rc::default();
        self.repaint(spans);
    }

    pub(super) fn activate(&mut self, id: Option<AnnotationId>, reveal: bool) {
        let stack = self.state.view.stack.clone();
        self.set_active(id);
        let Some(active) = self.state.active().cloned() else {
            return;
        };
        self.state.view.selection = Selection::caret(active.span.start());
        // Going to another mark of the same place keeps the way back.
        let here = || self.state.sheet().at(active.span.start()).iter().map(|a| a.id.clone()).collect();
        self.state.view.stack = if stack.contains(&active.id) { stack } else { here() };
        if reveal {
            self.effects.push(Effect::Reveal(active.span));
        }
        self.announce_annotation(&active);
    }

    /// Selects one of the annotations at a place, where the caret stays.
    pub(super) fn take_at(&mut self, id: Option<AnnotationId>, stack: Rc<[AnnotationId]>, caret: Selection) {
        self.set_active(id);
        self.state.view.stack = stack;
        self.state.view.selection = caret;
        if let Some(active) = self.state.active().cloned() {
            self.announce_annotation(&active);
        }
    }

    fn announce_annotation(&mut self, annotation: &Annotation) {
        let Some(text) = self.state.text() else {
            return;
        };
        let name = self.state.label(&annotation.label).map_or(annotation.label.as_str(), |label| &label.name);
        let values = annotation.values(self.state.label(&annotation.label));
        let below = self.state.view.stack.len().saturating_sub(1);
        let spoken = words::taken(name, text.slice(annotation.span), &values, &annotation.note, below);
        self.announce(spoken);
    }

    pub(super) fn activate_next(&mut self, forward: bool) {
        let sheet = self.state.sheet();
        let caret = self.state.view.selection.span.start();
        let next = match (self.state.active(), forward) {
            (Some(active), true) => sheet.after(active),
            (Some(active), false) => sheet.before(active),
            (None, true) => sheet.first_from(caret),
            (None, false) => sheet.last_before(caret),
        };
        match next.map(|a| a.id.clone()) {
            Some(id) => self.activate(Some(id), true),
            None if sheet.is_empty() => self.say(words::NO_MARKS),
            None => self.say(if forward { words::LAST_MARK } else { words::FIRST_MARK }),
        }
    }

    pub(super) fn activate_beneath(&mut self, forward: bool) {
        let stack = self.state.view.stack.clone();
        let here = stack.iter().position(|id| Some(id) == self.state.view.active.as_ref());
        let next = here.and_then(|at| if forward { stack.get(at + 1) } else { stack.get(at.checked_sub(1)?) }).cloned();
        if let Some(id) = next {
            let caret = self.state.view.selection;
            self.take_at(Some(id), stack, caret);
        }
    }
}
