//! The same label on the same words, but for white space and punctuation at their edges.

use super::{Finding, Fix, Rule, edges};
use crate::model::{Annotation, AnnotationId, LabelId, Sheet};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// All of each set of doubles but the best: that of which most is said, then the one without anything at its edges.
pub(super) fn check(text: &Text, sheet: &Sheet) -> Vec<Finding> {
    let mut by_core: BTreeMap<(&LabelId, u32, u32), Vec<&Rc<Annotation>>> = BTreeMap::new();
    let mut led_to: BTreeSet<&AnnotationId> = BTreeSet::new();
    for annotation in sheet.iter() {
        let core = edges::core(text, annotation.span).unwrap_or(annotation.span);
        by_core.entry((&annotation.label, core.start().get(), core.end().get())).or_default().push(annotation);
        led_to.extend(annotation.links.iter().map(|link| &link.to));
    }
    let mut findings = Vec::new();
    for ((_, start, end), doubles) in by_core.into_iter().filter(|(_, doubles)| doubles.len() > 1) {
        let said = |it: &Annotation| {
            let whole = it.span.start().get() == start && it.span.end().get() == end;
            (usize::from(!is_bare(it)) + usize::from(led_to.contains(&it.id)), whole)
        };
        let best = doubles.iter().rev().max_by_key(|it| said(it)).map(|best| best.id.clone());
        for double in doubles.iter().filter(|it| Some(&it.id) != best.as_ref()) {
            let is_spare = is_bare(double) && !led_to.contains(&double.id);
            findings.push(Finding {
                annotation: double.id.clone(),
                span: double.span,
                rule: Rule::Double,
                message: "the same label is on the same words again".to_owned(),
                fix: is_spare.then_some(Fix::Remove),
                places: doubles.iter().filter(|it| it.id != double.id).map(|it| it.span).collect(),
            });
        }
    }
    findings
}

/// Whether nothing is said of an annotation beside its label.
fn is_bare(annotation: &Annotation) -> bool {
    annotation.note.is_empty()
        && annotation.links.is_empty()
        && annotation.extra.is_empty()
        && annotation.attributes.iter().next().is_none()
}
