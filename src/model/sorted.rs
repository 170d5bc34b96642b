//! Annotations in an order, in chunks: the backbone of a sheet.
//!
//! A persistent collection. Copies share their chunks, one edit copies one chunk and the list of them,
//! and many edits at once are one pass over what they touch. A balanced tree would have a better bound for
//! the list of chunks; at 100,000 annotations that list is some thousand words, copied in a microsecond,
//! and building ten thousand tree nodes took longer than all else in opening a file.
//!
//! It knows orders, not what they are for.

use crate::model::Annotation;
use crate::order::order;
use crate::text::{Offset, Span};
use std::cmp::Ordering;
use std::rc::Rc;

/// A chunk is cut in two once it holds more than this many.
const FULL: usize = 192;
/// How many are in a chunk of a collection made at once: room for some more.
const FILLED: usize = 128;
/// A chunk with fewer than this joins its neighbour.
const SPARSE: usize = 32;

/// An order in which no two annotations of a sheet are equal.
pub(super) type Order = fn(&Annotation, &Annotation) -> Ordering;

#[derive(Clone, Debug)]
struct Chunk {
    /// Never empty.
    items: Rc<Vec<Rc<Annotation>>>,
    /// The furthest end among them.
    reach: Offset,
}

impl Chunk {
    fn new(items: Vec<Rc<Annotation>>) -> Self {
        Self { reach: reach(&items), items: Rc::new(items) }
    }
}

fn reach(items: &[Rc<Annotation>]) -> Offset {
    items.iter().map(|a| a.span.end()).max().unwrap_or_default()
}

/// Annotations in one order.
#[derive(Clone, Debug)]
pub(super) struct Sorted {
    chunks: Rc<Vec<Chunk>>,
    compare: Order,
}

/// Where an annotation is or would be: its chunk, and its place in there.
type Place = (usize, usize);

impl Sorted {
    pub(super) fn new(compare: Order) -> Self {
        Self { chunks: Rc::default(), compare }
    }

    /// Whether both share everything.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.chunks, &other.chunks)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Rc<Annotation>> {
        self.chunks.iter().flat_map(|chunk| chunk.items.iter())
    }

    /// The place of the first that is not `before` something.
    fn place(&self, before: &dyn Fn(&Annotation) -> bool) -> Place {
        let last_is_before = |chunk: &Chunk| chunk.items.last().is_some_and(|last| before(last));
        let at = self.chunks.partition_point(last_is_before);
        (at, self.chunks.get(at).map_or(0, |chunk| chunk.items.partition_point(|a| before(a))))
    }

    /// The first that is not `before` something, with those after it.
    pub(super) fn from(&self, before: &dyn Fn(&Annotation) -> bool) -> impl Iterator<Item = &Rc<Annotation>> + use<'_> {
        let (chunk, at) = self.place(before);
        self.chunks[chunk..].iter().flat_map(|chunk| chunk.items.iter()).skip(at)
    }

    /// The last that is `before` something.
    pub(super) fn last(&self, before: &dyn Fn(&Annotation) -> bool) -> Option<&Rc<Annotation>> {
        match self.place(before) {
            (0, 0) => None,
            (chunk, 0) => self.chunks[chunk - 1].items.last(),
            (chunk, at) => self.chunks[chunk].items.get(at - 1),
        }
    }

    /// Those that share a code point with a span, in this order, which must be one by start.
    pub(super) fn overlapping(&self, span: Span) -> Vec<Rc<Annotation>> {
        let (last, _) = self.place(&|a| a.span.start() < span.end());
        let chunks = &self.chunks[..(last + 1).min(self.chunks.len())];
        let near = chunks.iter().filter(|chunk| chunk.reach > span.start()).flat_map(|chunk| chunk.items.iter());
        near.filter(|a| a.span.overlaps(span)).cloned().collect()
    }

    /// Puts one in; none that is equal may be there.
    pub(super) fn insert(&mut self, annotation: Rc<Annotation>) {
        let compare = self.compare;
        let (at, place) = self.place(&|a| compare(a, &annotation).is_lt());
        let chunks = Rc::make_mut(&mut self.chunks);
        // Behind the last of all: the last chunk grows.
        let (at, place) = match chunks.len().checked_sub(1) {
            None => return chunks.push(Chunk::new(vec![annotation])),
            Some(last) if at > last => (last, chunks[last].items.len()),
            Some(_) => (at, place),
        };
        let chunk = &mut chunks[at];
        chunk.reach = chunk.reach.max(annotation.span.end());
        let items = Rc::make_mut(&mut chunk.items);
        items.insert(place, annotation);
        if items.len() > FULL {
            let rest = Chunk::new(items.split_off(FULL / 2));
            chunk.reach = reach(items);
            chunks.insert(at + 1, rest);
        }
    }

    /// Takes one out.
    pub(super) fn remove(&mut self, annotation: &Annotation) {
        let compare = self.compare;
        let (at, place) = self.place(&|a| compare(a, annotation).is_lt());
        let is_there = |chunk: &Chunk| chunk.items.get(place).is_some_and(|a| compare(a, annotation).is_eq());
        if !self.chunks.get(at).is_some_and(is_there) {
            return;
        }
        let chunks = Rc::make_mut(&mut self.chunks);
        let items = Rc::make_mut(&mut chunks[at].items);
        items.remove(place);
        if items.len() < SPARSE {
            let sparse = chunks.remove(at);
            if let Some(neighbour) = chunks.get_mut(at.saturating_sub(1)) {
                let items = Rc::make_mut(&mut neighbour.items);
                let place = if at == 0 { 0 } else { items.len() };
                for (nth, item) in sparse.items.iter().enumerate() {
                    items.insert(place + nth, item.clone());
                }
                neighbour.reach = reach(items);
                self.split(at.saturating_sub(1));
            } else if !sparse.items.is_empty() {
                chunks.push(Chunk::new(sparse.items.to_vec()));
            }
        } else {
            chunks[at].reach = reach(&chunks[at].items);
        }
    }

    fn split(&mut self, at: usize) {
        let chunks = Rc::make_mut(&mut self.chunks);
        if chunks[at].items.len() > FULL {
            let mut first = chunks[at].items.to_vec();
            let rest = first.split_off(first.len() / 2);
            chunks[at] = Chunk::new(first);
            chunks.insert(at + 1, Chunk::new(rest));
        }
    }

    /// Takes many out and puts many in, in one pass. All of `gone` must be there; of what is equal to
    /// one that comes, that one must go.
    pub(super) fn merge(&mut self, gone: &[Rc<Annotation>], come: &[Rc<Annotation>]) {
        let compare = self.compare;
        let sorted = |of: &[Rc<Annotation>]| -> Vec<Rc<Annotation>> {
            order(of.len(), &|a, b| compare(&of[a], &of[b])).into_iter().map(|at| of[at].clone()).collect()
        };
        let (gone, come) = (sorted(gone), sorted(come));
        let (mut gone, mut come) = (gone.iter().peekable(), come.into_iter().peekable());
        let mut built = Builder::default();
        for chunk in self.chunks.iter() {
            let Some(last) = chunk.items.last() else {
                continue;
            };
            let behind = |a: Option<&Rc<Annotation>>| a.is_none_or(|a| compare(a, last).is_gt());
            if behind(gone.peek().copied()) && behind(come.peek()) {
                built.whole(chunk);
                continue;
            }
            for item in chunk.items.iter() {
                while let Some(new) = come.next_if(|new| compare(new, item).is_lt()) {
                    built.push(new);
                }
                if gone.next_if(|gone| compare(gone, item).is_eq()).is_none() {
                    built.push(item.clone());
                }
            }
        }
        come.for_each(|new| built.push(new));
        self.chunks = Rc::new(built.finish());
    }
}

/// Chunks under way.
#[derive(Default)]
struct Builder {
    chunks: Vec<Chunk>,
    open: Vec<Rc<Annotation>>,
}

impl Builder {
    fn push(&mut self, annotation: Rc<Annotation>) {
        self.open.push(annotation);
        if self.open.len() == FILLED {
            self.close();
        }
    }

    /// A chunk that nothing changed in stays shared, unless what was begun before it is sparse.
    fn whole(&mut self, chunk: &Chunk) {
        if (1..SPARSE).contains(&self.open.len()) {
            return chunk.items.iter().for_each(|item| self.push(item.clone()));
        }
        self.close();
        self.chunks.push(chunk.clone());
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.chunks.push(Chunk::new(std::mem::take(&mut self.open)));
        }
    }

    fn finish(mut self) -> Vec<Chunk> {
        self.close();
        self.chunks
    }
}
