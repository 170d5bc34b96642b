//! What to draw: the pure partition of a stretch of text into runs, with the annotations that cover
//! each and the lane in which each one's line runs. Nothing here touches a page.

use crate::model::AnnotationId;
use crate::order::order;
use crate::text::{Offset, Span};

/// A piece with more marks than this is a crowd.
const CROWD: usize = 300;

/// A mark to draw: an annotation's place and what else decides its look.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Whose it is.
    pub id: AnnotationId,
    /// Where it is.
    pub span: Span,
}

/// A stretch of text that the same marks cover from end to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The stretch, never empty.
    pub span: Span,
    /// Indices of the marks that cover it, the longest first: the order of nesting.
    pub marks: Vec<usize>,
}

/// Cuts a stretch into runs; together they are the stretch. Marks may lie anywhere.
///
/// A sweep over the ends of the marks: the cost is that of sorting them, plus what is given out.
pub fn runs(stretch: Span, marks: &[Mark]) -> Vec<Run> {
    let mut ends: Vec<(Offset, bool, usize)> = Vec::with_capacity(marks.len() * 2);
    for (i, mark) in marks.iter().enumerate() {
        if let Some(part) = mark.span.intersection(stretch) {
            ends.push((part.start(), true, i));
            ends.push((part.end(), false, i));
        }
    }
    let mut open: Vec<usize> = Vec::new();
    let mut runs = Vec::with_capacity(ends.len() + 1);
    let mut reached = stretch.start();
    for at in order(ends.len(), &|a, b| ends[a].cmp(&ends[b])) {
        let (offset, starts, i) = ends[at];
        if offset > reached {
            runs.push(Run { span: Span::between(reached, offset), marks: open.clone() });
            reached = offset;
        }
        let place = open.partition_point(|&other| nesting(&marks[other]) < nesting(&marks[i]));
        if starts {
            open.insert(place, i);
        } else {
            open.remove(place);
        }
    }
    if reached < stretch.end() {
        runs.push(Run { span: Span::between(reached, stretch.end()), marks: Vec::new() });
    }
    runs
}

/// The longest first, then the earlier, then by id: a total order, so that nesting never flickers.
fn nesting(mark: &Mark) -> (std::cmp::Reverse<u32>, Offset, &AnnotationId) {
    (std::cmp::Reverse(mark.span.len()), mark.span.start(), &mark.id)
}

/// A lane for each mark: lines of marks that overlap run in different lanes, shorter marks nearer
/// to the words (lane 0). Those that find no lane before the `last` share that one.
pub fn lanes(marks: &[Mark], last: u8) -> Vec<u8> {
    let key = |i: usize| (marks[i].span.len(), marks[i].span.start(), &marks[i].id);
    // For each lane the spans in it, by start; they never overlap.
    let mut taken: Vec<Vec<Span>> = Vec::new();
    let mut lanes = vec![0; marks.len()];
    for i in order(marks.len(), &|a, b| key(a).cmp(&key(b))) {
        let span = marks[i].span;
        let place = |lane: &Vec<Span>| lane.partition_point(|other| other.start() < span.end());
        let is_free = |lane: &Vec<Span>| place(lane).checked_sub(1).is_none_or(|at| lane[at].end() <= span.start());
        let lane = taken.iter().position(is_free).unwrap_or(taken.len());
        lanes[i] = u8::try_from(lane).map_or(last, |lane| lane.min(last));
        if lanes[i] == last {
            // Nothing need be known of what is shared.
            continue;
        }
        if lane == taken.len() {
            taken.push(Vec::new());
        }
        let at = place(&taken[lane]);
        taken[lane].insert(at, span);
    }
    lanes
}

/// The marks of a run that are drawn, in the order of nesting: one for each lane, since lines in the last
/// lane run on top of each other, and the one that is `selected`. A thousand marks on one word are no more to draw
/// than a few. In a crowd only the shortest is drawn where more marks lie than there are lanes: each line is an element
/// to be laid out, and nobody follows one there.
pub fn shown(run: &Run, lanes: &[u8], last: u8, selected: Option<usize>) -> Vec<usize> {
    let innermost = run.marks.iter().rfind(|&&mark| lanes[mark] == last).copied();
    let shortest = run.marks.last().filter(|_| lanes.len() > CROWD && run.marks.len() > usize::from(last) + 1);
    let is_shown = |mark| match shortest {
        Some(&shortest) => mark == shortest,
        None => lanes[mark] < last || Some(mark) == innermost,
    };
    run.marks.iter().copied().filter(|&mark| is_shown(mark) || Some(mark) == selected).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(start: u32, end: u32) -> Span {
        Span::between(Offset::new(start), Offset::new(end))
    }

    fn marks(spans: &[(u32, u32)]) -> Vec<Mark> {
        let mark = |(i, &(start, end)): (usize, &(u32, u32))| Mark {
            id: AnnotationId::new(format!("a{i:04}")),
            span: span(start, end),
        };
        spans.iter().enumerate().map(mark).collect()
    }

    #[test]
    fn crossing_marks_share_the_run_where_they_overlap() {
        // 0123456789
        // [a---)        0..5
        //    [b----)    3..8
        //  [c)          1..2
        let marks = marks(&[(0, 5), (3, 8), (1, 2)]);
        let found: Vec<_> = runs(span(0, 10), &marks).into_iter().map(|run| (run.span, run.marks)).collect();
        let expected = [
            (0, 1, vec![0]),
            (1, 2, vec![0, 2]),
            (2, 3, vec![0]),
            (3, 5, vec![0, 1]),
            (5, 8, vec![1]),
            (8, 10, vec![]),
        ];
        let expected: Vec<_> = expected.into_iter().map(|(a, b, marks)| (span(a, b), marks)).collect();
        assert_eq!(found, expected);
        assert_eq!(lanes(&marks, 9), [1, 0, 0]);
    }

    #[test]
    fn a_crowd_shows_one_mark_for_each_lane_and_the_selected_one() {
        let marks = marks(&[(0, 9), (0, 8), (0, 7), (0, 6), (0, 5), (0, 4)]);
        let lanes = lanes(&marks, 2);
        assert_eq!(lanes, [2, 2, 2, 2, 1, 0]);
        let run = &runs(span(0, 10), &marks)[0];
        assert_eq!(run.marks, [0, 1, 2, 3, 4, 5]);
        assert_eq!(shown(run, &lanes, 2, None), [3, 4, 5]);
        assert_eq!(shown(run, &lanes, 2, Some(1)), [1, 3, 4, 5]);
        assert_eq!(shown(run, &lanes, 2, Some(5)), [3, 4, 5]);
    }

    #[test]
    fn where_a_crowd_is_deep_it_shows_the_shortest_mark_and_the_selected_one() {
        let spans: Vec<_> =
            [(0, 9), (0, 8), (0, 7), (7, 9)].into_iter().chain((10..).map(|i| (i, i + 1))).take(CROWD + 1).collect();
        for (spans, drawn) in [(&spans[..], vec![2]), (&spans[..CROWD], vec![1, 2])] {
            let marks = marks(spans);
            let lanes = lanes(&marks, 1);
            let runs = runs(span(0, 10), &marks);
            assert_eq!(runs[0].marks, [0, 1, 2]);
            assert_eq!(shown(&runs[0], &lanes, 1, None), drawn);
            assert_eq!(shown(&runs[0], &lanes, 1, Some(0)), [&[0], &drawn[..]].concat());
            // As many as there are lanes.
            assert_eq!(runs[2].marks, [0, 3]);
            assert_eq!(shown(&runs[2], &lanes, 1, None), [0, 3]);
        }
    }

    proptest! {
        #[test]
        fn runs_are_the_stretch_and_name_what_covers_each_code_point(
            spans in prop::collection::vec((0u32..60, 0u32..60).prop_map(|(a, b)| (a.min(b), a.max(b))), 0..14),
            (from, len) in (0u32..40, 0u32..30),
        ) {
            let marks = marks(&spans);
            let stretch = span(from, from + len);
            let runs = runs(stretch, &marks);
            let mut reached = stretch.start();
            for run in &runs {
                prop_assert_eq!(run.span.start(), reached);
                prop_assert!(!run.span.is_empty());
                reached = run.span.end();
                for at in run.span.start().get()..run.span.end().get() {
                    let covering: Vec<usize> = (0..marks.len()).filter(|&i| marks[i].span.covers(Offset::new(at))).collect();
                    let mut named = run.marks.clone();
                    named.sort_unstable();
                    prop_assert_eq!(named, covering);
                }
                prop_assert!(run.marks.windows(2).all(|pair| marks[pair[0]].span.len() >= marks[pair[1]].span.len()));
            }
            prop_assert_eq!(reached, stretch.end());
        }

        #[test]
        fn lines_of_overlapping_marks_never_share_a_lane(
            spans in prop::collection::vec((0u32..60, 1u32..20).prop_map(|(a, len)| (a, a + len)), 0..20),
        ) {
            let marks = marks(&spans);
            let lanes = lanes(&marks, u8::MAX);
            for i in 0..marks.len() {
                for j in 0..i {
                    if marks[i].span.overlaps(marks[j].span) {
                        prop_assert_ne!(lanes[i], lanes[j]);
                    }
                }
            }
        }
    }
}
