//! Going through what is likely a slip: to its place, and fixing what can be fixed without losing anything.

use super::Step;
use crate::lint::{Finding, Fix, Rule};
use crate::model::record::EntryKind;
use crate::model::{Annotation, AnnotationId, Change};
use crate::state::check::{Check, Checking, Found};
use crate::state::{Dialog, Effect, Target};
use crate::words;
use std::rc::Rc;

impl Step<'_> {
    pub(super) fn checking(&mut self, happens: &Checking) {
        match happens {
            Checking::Start => return self.start_checking(),
            Checking::Fix(rule, id) => return self.fix(*rule, id.as_ref()),
            Checking::Undo => return self.undo_fix(),
            _ => {}
        }
        // What comes after the dialog was closed is of no more use.
        let Some(check) = self.check() else { return };
        match happens {
            Checking::Found(turn, findings) if *turn == check.turn => {
                check.found = Found::Known(findings.clone());
                if std::mem::take(&mut check.focuses) {
                    self.effects.push(Effect::Focus(Target::Finding));
                }
            }
            Checking::Failed(why) => check.found = Found::Failed(why.clone()),
            Checking::Show(id, rule, place) => {
                check.at = Some((id.clone(), *rule));
                self.state.view.dialog = None;
                self.state.view.list_open = false;
                match place {
                    &Some(place) => {
                        self.set_active(None);
                        self.select_span(place);
                        self.effects.push(Effect::Reveal(place));
                    }
                    None => self.activate(Some(id.clone()), true),
                }
                self.effects.push(Effect::Focus(Target::Text));
            }
            _ => {}
        }
    }

    /// What is known, while its dialog is open.
    fn check(&mut self) -> Option<&mut Check> {
        let view = &mut self.state.view;
        view.check.as_mut().filter(|_| view.dialog == Some(Dialog::Check)).map(Rc::make_mut)
    }

    fn start_checking(&mut self) {
        let Some(article) = self.state.article().map(|article| article.id.clone()) else { return };
        // What is being moved is where it is seen.
        self.keep_edge();
        let view = &mut self.state.view;
        let mut check = match view.check.take() {
            Some(check) if check.article == article => Rc::unwrap_or_clone(check),
            _ => Check::new(article),
        };
        check.fixed = None;
        view.check = Some(Rc::new(check));
        view.dialog = Some(Dialog::Check);
        self.look_again();
    }

    fn look_again(&mut self) {
        if let Some(check) = self.check() {
            check.turn += 1;
            self.effects.push(Effect::Lint);
        }
    }

    fn fix(&mut self, rule: Rule, only: Option<&AnnotationId>) {
        let Some(check) = self.check() else { return };
        let Found::Known(findings) = check.found.clone() else { return };
        let is_wanted = |it: &Finding| it.rule == rule && only.is_none_or(|id| *id == it.annotation);
        if let Some(last) = findings.iter().rev().find(|it| is_wanted(it)) {
            check.go_past(rule, &last.annotation);
        }
        let mut changes: Vec<Change> = Vec::new();
        for finding in findings.iter() {
            if is_wanted(finding) {
                changes.extend(self.change(finding, &changes));
            }
        }
        if !changes.is_empty() {
            let title = words::fixed(changes.len());
            self.commit(EntryKind::Do, &title, changes);
            if let Some(check) = self.check() {
                (check.fixed, check.focuses) = (Some(title.into()), true);
            }
        }
        self.look_again();
    }

    /// What a fix comes to; `None` where the annotation is no longer as it was looked at, or another has come to
    /// be where it would go.
    fn change(&self, finding: &Finding, others: &[Change]) -> Option<Change> {
        let sheet = self.state.sheet();
        let before = sheet.get(&finding.annotation).filter(|before| before.span == finding.span)?.clone();
        let after = match finding.fix? {
            Fix::Remove => None,
            Fix::Span(span) => {
                let is_like = |other: &Change| matches!(other, Change::Annotation { after: Some(a), .. } if a.label == before.label && a.span == span);
                if sheet.twin(&before.label, span).is_some() || others.iter().any(is_like) {
                    return None;
                }
                let changed = self.stamp.now.clone();
                Some(Rc::new(Annotation { span, changed, ..Annotation::clone(&before) }))
            }
        };
        let sheet = self.state.workspace.key(self.state.view.open.as_ref()?);
        Some(Change::Annotation { sheet, before: Some(before), after })
    }

    fn undo_fix(&mut self) {
        let Some(fixed) = self.check().and_then(|check| check.fixed.take()) else { return };
        // Another tab may have done something since.
        if self.state.history.last_done().is_some_and(|step| *step.title == *fixed) {
            self.undo();
        }
        if let Some(check) = self.check() {
            check.focuses = true;
        }
        self.look_again();
    }
}
