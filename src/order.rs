//! Putting things in order: one sort for all of them, since each further one costs the person who
//! visits the page four kilobytes. It moves nothing; the caller picks by index.

use std::cmp::Ordering;

/// The indices of `len` things in their order; equal ones stay as they stand.
pub(crate) fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    // Most of what comes here is in order, or the other way round where something is undone; the sort, which
    // is a small one, would not notice.
    match (1..len).filter(|&at| compare(at - 1, at).is_le()).count() {
        0 => order.reverse(),
        all if all + 1 == len => {}
        _ => order.sort_by(|&a, &b| compare(a, b)),
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equal_ones_stay_as_they_stand(mut of in prop::collection::vec(0u8..9, 0..12), how in 0..3) {
            match how {
                0 => of.sort(),
                1 => of.sort_by(|a, b| b.cmp(a)),
                _ => {}
            }
            let mut expected: Vec<usize> = (0..of.len()).collect();
            expected.sort_by_key(|&at| of[at]);
            prop_assert_eq!(order(of.len(), &|a, b| of[a].cmp(&of[b])), expected);
        }
    }
}
