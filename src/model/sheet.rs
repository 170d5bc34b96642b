//! A sheet: one annotator's annotations of one article.
//!
//! A persistent collection: a copy costs nothing and a change little, whatever its size, so
//! that the state before a change can be kept for comparison while ten thousand marks stay shared.
//! It keeps two orders: by id, and in text order, where each chunk knows how far its annotations reach.
//! It knows no text and no label scheme.

use crate::model::sorted::Sorted;
use crate::model::{Annotation, AnnotationId, AnnotatorCode, ArticleId, LabelId};
use crate::order::order;
use crate::text::{Offset, Span};
use std::cmp::{Ordering, Reverse};
use std::rc::Rc;

/// Which sheet: whose, of which article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SheetKey {
    /// The article.
    pub article: ArticleId,
    /// The annotator.
    pub annotator: AnnotatorCode,
}

/// The annotations of a sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    by_id: Sorted,
    in_text: Sorted,
    counts: Vec<(LabelId, usize)>,
    len: usize,
}

/// One annotation before and after: `None` before is an addition, `None` after a removal.
pub type Edit<'a> = (Option<&'a Rc<Annotation>>, Option<&'a Rc<Annotation>>);

/// Edits fewer than this are made one by one.
const MANY: usize = 16;

/// Text order: by start, then longest first, then id.
pub fn text_order(a: &Annotation, b: &Annotation) -> Ordering {
    let key = |a: &Annotation| (a.span.start(), Reverse(a.span.end()));
    key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
}

fn id_order(a: &Annotation, b: &Annotation) -> Ordering {
    a.id.cmp(&b.id)
}

fn shortest_first(annotation: &Annotation) -> (u32, Reverse<Offset>, &AnnotationId) {
    (annotation.span.len(), Reverse(annotation.span.start()), &annotation.id)
}

impl Default for Sheet {
    fn default() -> Self {
        Self { by_id: Sorted::new(id_order), in_text: Sorted::new(text_order), counts: Vec::new(), len: 0 }
    }
}

impl Sheet {
    /// How many annotations there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many there are with a label.
    pub fn count(&self, label: &LabelId) -> usize {
        self.counts.iter().find(|(counted, _)| counted == label).map_or(0, |(_, count)| *count)
    }

    fn counter(&mut self, label: &LabelId) -> &mut usize {
        let at = self.counts.iter().position(|(counted, _)| counted == label).unwrap_or_else(|| {
            self.counts.push((label.clone(), 0));
            self.counts.len() - 1
        });
        &mut self.counts[at].1
    }

    /// The annotation with an id.
    pub fn get(&self, id: &AnnotationId) -> Option<&Rc<Annotation>> {
        self.by_id.from(&|a| a.id < *id).next().filter(|a| a.id == *id)
    }

    /// All of them in text order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Rc<Annotation>> {
        self.in_text.iter()
    }

    fn come(&mut self, annotation: &Annotation) {
        *self.counter(&annotation.label) += 1;
        self.len += 1;
    }

    fn go(&mut self, annotation: &Annotation) {
        *self.counter(&annotation.label) -= 1;
        self.len -= 1;
    }

    /// Puts an annotation in, in place of one with its id.
    pub fn insert(&mut self, annotation: Rc<Annotation>) {
        self.remove(&annotation.id);
        self.come(&annotation);
        self.by_id.insert(annotation.clone());
        self.in_text.insert(annotation);
    }

    /// Takes an annotation out.
    pub fn remove(&mut self, id: &AnnotationId) -> Option<Rc<Annotation>> {
        let annotation = self.get(id)?.clone();
        self.go(&annotation);
        self.by_id.remove(&annotation);
        self.in_text.remove(&annotation);
        Some(annotation)
    }

    /// Makes edits one after the other, as inserting and removing would; many of them in one pass.
    pub fn edit(&mut self, edits: &[Edit<'_>]) {
        if edits.len() < MANY || edits.len() * 64 < self.len {
            for (before, after) in edits {
                match (before, after) {
                    (_, Some(annotation)) => self.insert((*annotation).clone()),
                    (Some(annotation), None) => drop(self.remove(&annotation.id)),
                    (None, None) => {}
                }
            }
            return;
        }
        // Of several edits of one annotation, the last one counts.
        let id = |at: usize| edits[at].1.or(edits[at].0).map(|a| &a.id);
        let by_id = order(edits.len(), &|a, b| id(a).cmp(&id(b)));
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for (place, &at) in by_id.iter().enumerate() {
            let Some(edited) = id(at).filter(|_| by_id.get(place + 1).is_none_or(|&next| id(next) != id(at))) else {
                continue;
            };
            gone.extend(self.get(edited).cloned());
            come.extend(edits[at].1.cloned());
        }
        gone.iter().for_each(|a| self.go(a));
        come.iter().for_each(|a| self.come(a));
        self.by_id.merge(&gone, &come);
        self.in_text.merge(&gone, &come);
    }

    /// Those that share a code point with a span, in text order.
    pub fn covering(&self, span: Span) -> Vec<Rc<Annotation>> {
        self.in_text.overlapping(span)
    }

    /// Those that cover the code point at an offset, the shortest first.
    pub fn at(&self, offset: Offset) -> Vec<Rc<Annotation>> {
        let found = self.covering(Span::between(offset, offset.plus(1)));
        let shortest = order(found.len(), &|a, b| shortest_first(&found[a]).cmp(&shortest_first(&found[b])));
        shortest.into_iter().map(|at| found[at].clone()).collect()
    }

    /// The annotation with exactly this label and span.
    pub fn twin(&self, label: &LabelId, span: Span) -> Option<&Rc<Annotation>> {
        let place = (span.start(), Reverse(span.end()));
        let from = self.in_text.from(&|a| (a.span.start(), Reverse(a.span.end())) < place);
        from.take_while(|a| a.span == span).find(|a| a.label == *label)
    }

    /// The first that starts at an offset or after it, in text order.
    pub fn first_from(&self, offset: Offset) -> Option<&Rc<Annotation>> {
        self.in_text.from(&|a| a.span.start() < offset).next()
    }

    /// The next in text order after one of them.
    pub fn after(&self, annotation: &Annotation) -> Option<&Rc<Annotation>> {
        self.in_text.from(&|a| text_order(a, annotation).is_le()).next()
    }

    /// The last in text order before one of them.
    pub fn before(&self, annotation: &Annotation) -> Option<&Rc<Annotation>> {
        self.in_text.last(&|a| text_order(a, annotation).is_lt())
    }

    /// The last that starts before an offset, in text order.
    pub fn last_before(&self, offset: Offset) -> Option<&Rc<Annotation>> {
        self.in_text.last(&|a| a.span.start() < offset)
    }

    /// Whether this is a copy of the other with nothing changed since. Where it is not, both may still hold the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.in_text.is_same(&other.in_text)
    }
}

impl PartialEq for Sheet {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.by_id.iter().eq(other.by_id.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;
    use proptest::prelude::*;
    use std::cmp::Reverse;

    fn annotation(id: usize, start: u32, len: u32) -> Rc<Annotation> {
        let span = Span::between(Offset::new(start), Offset::new(start + len));
        Rc::new(Annotation::new(AnnotationId::new(format!("a{id}")), LabelId::new("quote"), span, Timestamp::unknown()))
    }

    fn ids(found: &[Rc<Annotation>]) -> Vec<&str> {
        found.iter().map(|a| a.id.as_str()).collect()
    }

    #[test]
    fn text_order_is_by_start_then_longest_then_id() {
        let mut sheet = Sheet::default();
        for a in [annotation(3, 5, 2), annotation(2, 0, 3), annotation(4, 0, 9), annotation(1, 5, 2)] {
            sheet.insert(a);
        }
        let all: Vec<_> = sheet.iter().cloned().collect();
        assert_eq!(ids(&all), ["a4", "a2", "a1", "a3"]);
        assert_eq!(ids(&sheet.at(Offset::new(5))), ["a1", "a3", "a4"]);
        assert_eq!(sheet.after(&all[1]).map(|a| a.id.as_str()), Some("a1"));
        assert_eq!(sheet.before(&all[0]), None);
        assert_eq!(sheet.first_from(Offset::new(1)).map(|a| a.id.as_str()), Some("a1"));
        assert_eq!(sheet.last_before(Offset::new(5)).map(|a| a.id.as_str()), Some("a2"));
        assert_eq!(sheet.twin(&LabelId::new("quote"), all[0].span).map(|a| a.id.as_str()), Some("a4"));
    }

    proptest! {
        #[test]
        fn what_covers_a_span_is_what_looking_at_all_gives(
            spans in prop::collection::vec((0u32..2_000, 0u32..700), 0..80),
            removed in prop::collection::vec(any::<prop::sample::Index>(), 0..10),
            (start, len) in (0u32..2_000, 0u32..100),
            at_once in any::<bool>(),
        ) {
            let mut sheet = Sheet::default();
            let mut all: Vec<_> = spans.iter().enumerate().map(|(i, &(s, l))| annotation(i, s, l)).collect();
            if at_once {
                sheet.edit(&all.iter().map(|a| (None, Some(a))).collect::<Vec<_>>());
            } else {
                all.iter().for_each(|a| sheet.insert(a.clone()));
            }
            for index in removed {
                if !all.is_empty() {
                    let gone = all.remove(index.index(all.len()));
                    sheet.remove(&gone.id);
                }
            }
            let span = Span::between(Offset::new(start), Offset::new(start + len));
            all.sort_by_key(|a| (a.span.start(), Reverse(a.span.end()), a.id.clone()));
            let expected: Vec<_> = all.iter().filter(|a| a.span.overlaps(span)).cloned().collect();
            let found = sheet.covering(span);
            prop_assert_eq!(ids(&found), ids(&expected));
            prop_assert_eq!(sheet.len(), all.len());
            prop_assert_eq!(sheet.count(&LabelId::new("quote")), all.len());
        }

        #[test]
        fn many_edits_at_once_are_the_same_edits_one_by_one(
            before in prop::collection::vec((0usize..400, 0u32..900, 1u32..60), 0..400),
            batches in prop::collection::vec(prop::collection::vec((0usize..400, 0u32..900, 0u32..60), 1..250), 1..4),
            small in prop::collection::vec((0usize..400, 0u32..900, 0u32..60), 0..40),
        ) {
            // A length of nought stands for a removal.
            let edits = |of: &[(usize, u32, u32)]| -> Vec<(Rc<Annotation>, bool)> {
                of.iter().map(|&(id, start, len)| (annotation(id, start, len), len > 0)).collect()
            };
            let mut sheet = Sheet::default();
            let mut expected: std::collections::BTreeMap<AnnotationId, Rc<Annotation>> = Default::default();
            for batch in [before].iter().chain(&batches).chain(&[small]) {
                let batch = edits(batch);
                let given: Vec<Edit<'_>> =
                    batch.iter().map(|(a, stays)| if *stays { (None, Some(a)) } else { (Some(a), None) }).collect();
                let kept = sheet.clone();
                let was: Vec<_> = kept.iter().cloned().collect();
                sheet.edit(&given);
                prop_assert!(kept.iter().eq(was.iter()), "a copy is left alone");
                for (a, stays) in &batch {
                    match stays {
                        true => expected.insert(a.id.clone(), a.clone()),
                        false => expected.remove(&a.id),
                    };
                }
                let mut in_text: Vec<_> = expected.values().cloned().collect();
                in_text.sort_by_key(|a| (a.span.start(), Reverse(a.span.end()), a.id.clone()));
                let all: Vec<_> = sheet.iter().cloned().collect();
                prop_assert_eq!(ids(&all), ids(&in_text));
                prop_assert_eq!(sheet.len(), expected.len());
                prop_assert_eq!(sheet.count(&LabelId::new("quote")), expected.len());
                for id in 0..400 {
                    let id = AnnotationId::new(format!("a{id}"));
                    prop_assert_eq!(sheet.get(&id), expected.get(&id));
                }
                for pair in in_text.windows(2) {
                    prop_assert_eq!(sheet.after(&pair[0]), Some(&pair[1]));
                    prop_assert_eq!(sheet.before(&pair[1]), Some(&pair[0]));
                }
            }
        }
    }
}
