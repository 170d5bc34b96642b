//! The same label on the same words, but for white space and punctuation at their edges.

use super::{Finding, Fix, Rule, edges};
use crate::by_key::ByKey;
use crate::model::{Annotation, AnnotationId, Sheet};
use crate::order::order;
use crate::text::{Span, Text};
use std::rc::Rc;

/// All of each set of doubles but the best: that of which most is said, then the one without anything at its edges.
pub(super) fn check(text: &Text, sheet: &Sheet) -> Vec<Finding> {
    let all: Vec<(Span, &Rc<Annotation>)> =
        sheet.iter().map(|it| (edges::core(text, it.span).unwrap_or(it.span), it)).collect();
    let led_to: ByKey<&AnnotationId, ()> =
        all.iter().flat_map(|(_, it)| it.links.iter().map(|link| (&link.to, ()))).collect::<Vec<_>>().into();
    let led_to = |it: &Annotation| led_to.get(&&it.id).is_some();
    let key = |at: usize| (&all[at].1.label, all[at].0.start(), all[at].0.end());
    let by_core = order(all.len(), &|a, b| key(a).cmp(&key(b)));
    let mut findings = Vec::new();
    for doubles in by_core.chunk_by(|a, b| key(*a) == key(*b)).filter(|doubles| doubles.len() > 1) {
        let core = all[doubles[0]].0;
        let doubles: Vec<&Rc<Annotation>> = doubles.iter().map(|at| all[*at].1).collect();
        let said = |it: &Annotation| (usize::from(!is_bare(it)) + usize::from(led_to(it)), it.span == core);
        let best = doubles.iter().rev().max_by_key(|it| said(it)).map(|best| best.id.clone());
        for double in doubles.iter().filter(|it| Some(&it.id) != best.as_ref()) {
            let is_spare = is_bare(double) && !led_to(double);
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
