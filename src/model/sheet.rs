//! A sheet: one annotator's annotations of one article.
//!
//! A persistent collection: a copy costs nothing and a change costs the logarithm of its size, so
//! that the state before a change can be kept for comparison while ten thousand marks stay shared.
//! It keeps three orders: by id, in text order, and by length class for asking what covers a span.
//! It knows no text and no label scheme.

use crate::model::{Annotation, AnnotationId, AnnotatorCode, ArticleId, LabelId};
use crate::order::order;
use crate::text::{Offset, Span};
use rpds::RedBlackTreeMap;
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

/// All three orders have keys of this one type, so that the map's code stands in the program once.
type Key = (u32, u32, AnnotationId);
type Map = RedBlackTreeMap<Key, Rc<Annotation>>;

/// The annotations of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    by_id: Map,
    order: Map,
    reach: Map,
    counts: Vec<(LabelId, usize)>,
}

/// The number of binary digits of its length: class 0 holds empty spans, class n those of less than 2^n
/// code points.
fn class(span: Span) -> u32 {
    u32::BITS - span.len().leading_zeros()
}

fn id_key(id: &AnnotationId) -> Key {
    (0, 0, id.clone())
}

/// Text order: by start, then longest first, then id.
fn order_key(annotation: &Annotation) -> Key {
    (annotation.span.start().get(), u32::MAX - annotation.span.end().get(), annotation.id.clone())
}

/// The same without a copy of the id.
fn text_order(annotation: &Annotation) -> (Offset, Reverse<Offset>, &AnnotationId) {
    (annotation.span.start(), Reverse(annotation.span.end()), &annotation.id)
}

fn shortest_first(annotation: &Annotation) -> (u32, Reverse<Offset>, &AnnotationId) {
    (annotation.span.len(), Reverse(annotation.span.start()), &annotation.id)
}

fn in_order(found: Vec<Rc<Annotation>>, compare: fn(&Annotation, &Annotation) -> Ordering) -> Vec<Rc<Annotation>> {
    order(found.len(), &|a, b| compare(&found[a], &found[b])).into_iter().map(|at| found[at].clone()).collect()
}

/// By length class (the number of binary digits of the length), then start, then id.
fn reach_key(annotation: &Annotation) -> Key {
    (class(annotation.span), annotation.span.start().get(), annotation.id.clone())
}

/// Before every key that begins with these numbers.
fn before(first: u32, second: u32) -> Key {
    (first, second, AnnotationId::new(""))
}

impl Sheet {
    /// How many annotations there are.
    pub fn len(&self) -> usize {
        self.by_id.size()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
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
        self.by_id.get(&id_key(id))
    }

    /// All of them in text order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Rc<Annotation>> {
        self.order.values()
    }

    /// Puts an annotation in, in place of one with its id.
    pub fn insert(&mut self, annotation: Rc<Annotation>) {
        self.remove(&annotation.id);
        *self.counter(&annotation.label) += 1;
        self.by_id.insert_mut(id_key(&annotation.id), annotation.clone());
        self.reach.insert_mut(reach_key(&annotation), annotation.clone());
        self.order.insert_mut(order_key(&annotation), annotation);
    }

    /// Takes an annotation out.
    pub fn remove(&mut self, id: &AnnotationId) -> Option<Rc<Annotation>> {
        let annotation = self.get(id)?.clone();
        *self.counter(&annotation.label) -= 1;
        self.by_id.remove_mut(&id_key(id));
        self.order.remove_mut(&order_key(&annotation));
        self.reach.remove_mut(&reach_key(&annotation));
        Some(annotation)
    }

    /// Those that share a code point with a span, in text order.
    ///
    /// Asks each length class there is for the starts from which its members can reach the span: what it
    /// reads is at most about twice what it gives, however long other annotations are.
    pub fn covering(&self, span: Span) -> Vec<Rc<Annotation>> {
        let (Some(((first, ..), _)), Some(((last, ..), _))) = (self.reach.first(), self.reach.last()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for class in *first.max(&1)..=*last {
            let longest = u32::try_from((1_u64 << class) - 1).unwrap_or(u32::MAX);
            let from = before(class, span.start().minus(longest).get());
            let to = before(class, span.end().get());
            if from < to {
                found.extend(self.reach.range(from..to).map(|(_, a)| a).filter(|a| a.span.overlaps(span)).cloned());
            }
        }
        in_order(found, |a, b| text_order(a).cmp(&text_order(b)))
    }

    /// Those that cover the code point at an offset, the shortest first.
    pub fn at(&self, offset: Offset) -> Vec<Rc<Annotation>> {
        let found = self.covering(Span::between(offset, offset.plus(1)));
        in_order(found, |a, b| shortest_first(a).cmp(&shortest_first(b)))
    }

    /// The annotation with exactly this label and span.
    pub fn twin(&self, label: &LabelId, span: Span) -> Option<&Rc<Annotation>> {
        let from = before(span.start().get(), u32::MAX - span.end().get());
        self.order.range(from..).map(|(_, a)| a).take_while(|a| a.span == span).find(|a| a.label == *label)
    }

    /// The first that starts at an offset or after it, in text order.
    pub fn first_from(&self, offset: Offset) -> Option<&Rc<Annotation>> {
        self.order.range(before(offset.get(), 0)..).map(|(_, a)| a).next()
    }

    /// The next in text order after one of them.
    pub fn after(&self, annotation: &Annotation) -> Option<&Rc<Annotation>> {
        self.order.range(order_key(annotation)..).map(|(_, a)| a).find(|a| a.id != annotation.id)
    }

    /// The last in text order before one of them.
    pub fn before(&self, annotation: &Annotation) -> Option<&Rc<Annotation>> {
        self.order.range(..order_key(annotation)).map(|(_, a)| a).next_back()
    }

    /// The last that starts before an offset, in text order.
    pub fn last_before(&self, offset: Offset) -> Option<&Rc<Annotation>> {
        self.order.range(..before(offset.get(), 0)).map(|(_, a)| a).next_back()
    }
}

impl PartialEq for Sheet {
    fn eq(&self, other: &Self) -> bool {
        self.by_id == other.by_id
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
        ) {
            let mut sheet = Sheet::default();
            let mut all: Vec<_> = spans.iter().enumerate().map(|(i, &(s, l))| annotation(i, s, l)).collect();
            for a in &all {
                sheet.insert(a.clone());
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
    }
}
