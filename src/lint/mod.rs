//! Looking for what is likely a slip in the annotations of a sheet: white space or lone punctuation at an edge, cuts inside
//! a word or a character, doubles, the same words annotated here and not there, odd quotation marks.
//!
//! A finding names its annotation and says what is strange; where that is safe, it comes with a [`Fix`]. In reading
//! order: [`edges`], [`cuts`], [`marks`], [`doubles`], [`places`], a rule or two each. A fix never makes an annotation empty,
//! never leaves the article and never doubles another annotation; once it is made, the rule finds nothing more to fix. Nothing here
//! changes anything.

mod cuts;
mod doubles;
mod edges;
mod marks;
mod places;
#[cfg(test)]
mod tests;

use crate::model::{Annotation, AnnotationId, Sheet};
use crate::order::order;
use crate::text::{Span, Text};

/// Something strange about an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which one it is about.
    pub annotation: AnnotationId,
    /// Where that one was when it was looked at, in code points.
    pub span: Span,
    /// What it was found by.
    pub rule: Rule,
    /// What is strange, as a sentence about “it” without a full stop.
    pub message: String,
    /// What can be done about it without losing anything; `None` where a person has to look.
    pub fix: Option<Fix>,
    /// Other places in the text that it is about, in code points and in order.
    pub places: Vec<Span>,
}

/// What findings are found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// White space at an edge.
    Space,
    /// Punctuation at an edge that belongs to nothing inside.
    Punctuation,
    /// An edge inside a character that is made of several code points.
    Character,
    /// An edge inside a word.
    Word,
    /// Quotation marks of which one is missing.
    Marks,
    /// The same label on the same words, but for what stands at their edges.
    Double,
    /// The same words elsewhere, without the label.
    Places,
}

impl Rule {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::Space, Self::Punctuation, Self::Character, Self::Word, Self::Marks, Self::Double, Self::Places];
}

/// What can be done about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    /// The annotation gets another span, in code points.
    Span(Span),
    /// The annotation goes: it says nothing that another does not say.
    Remove,
}

/// Everything strange about the annotations of a sheet, in text order.
pub fn lint(text: &Text, sheet: &Sheet) -> Vec<Finding> {
    let mut findings = Vec::new();
    for annotation in sheet.iter() {
        let found = edges::check(text, annotation).into_iter().chain(cuts::check(text, annotation));
        for (rule, message, span) in found.chain(marks::check(text, annotation)) {
            let fix = span.filter(|span| is_free(text, sheet, annotation, *span)).map(Fix::Span);
            let places = Vec::new();
            let (annotation, span) = (annotation.id.clone(), annotation.span);
            findings.push(Finding { annotation, span, rule, message, fix, places });
        }
    }
    findings.extend(doubles::check(text, sheet));
    findings.extend(places::check(text, sheet));
    let key = |at: usize| (findings[at].span.start(), &findings[at].annotation, findings[at].rule);
    order(findings.len(), &|a, b| key(a).cmp(&key(b))).into_iter().map(|at| findings[at].clone()).collect()
}

/// What a rule finds in an annotation alone: by which rule, what is strange, and a better span.
type Found = (Rule, String, Option<Span>);

/// Whether an annotation may have a span.
fn is_free(text: &Text, sheet: &Sheet, annotation: &Annotation, span: Span) -> bool {
    let twin = sheet.twin(&annotation.label, span).is_some_and(|twin| twin.id != annotation.id);
    !span.is_empty() && span.end() <= text.len() && !twin
}
