//! Where words stand in a text, every place of them, quickly enough to ask for thousands of them.
//!
//! An index of all runs of three bytes that begin a code point is made once; of the runs of some words it knows the one
//! with the fewest places, and only there it is looked whether all of the words follow. Places may overlap. Nothing here
//! knows words from letters.

/// So many bytes of the words are looked up at once.
const RUN: usize = 3;
/// The most buckets, as a power of two; a text gets no more of them than it has bytes.
const MOST_BITS: u32 = 16;
/// So many runs of the words are tried for the one with the fewest places.
const TRIED: usize = 64;
/// Comparing may cost so many times as much as going through the text once, at most.
const DEAR: usize = 16;

/// The index of a text.
pub(super) struct Places {
    bits: u32,
    /// For each bucket where its places begin; one more for the end of the last.
    heads: Vec<u32>,
    /// The places, in bytes, rising within each bucket.
    at: Vec<u32>,
}

impl Places {
    /// Makes the index.
    pub(super) fn of(content: &str) -> Self {
        let bits = content.len().next_power_of_two().ilog2().clamp(1, MOST_BITS);
        let mut heads = vec![0_u32; (1 << bits) + 1];
        let bytes = content.as_bytes();
        let runs = || content.char_indices().filter_map(|(at, _)| Some((at, bytes.get(at..at + RUN)?)));
        for (_, run) in runs() {
            heads[bucket(run, bits) + 1] += 1;
        }
        let mut total = 0;
        for head in &mut heads {
            total += *head;
            *head = total;
        }
        let mut next = heads.clone();
        let mut at = vec![0; total as usize];
        for (place, run) in runs() {
            let slot = &mut next[bucket(run, bits)];
            at[*slot as usize] = u32::try_from(place).unwrap_or(u32::MAX);
            *slot += 1;
        }
        Self { bits, heads, at }
    }

    /// Calls `each` with every place of `words` in the text that this is the index of, in bytes, rising. No words at all
    /// stand nowhere.
    pub(super) fn each(&self, content: &str, words: &str, mut each: impl FnMut(usize)) {
        let Some((before, places)) = self.rarest(words) else {
            return scan(content.as_bytes(), words.as_bytes(), each);
        };
        if places.len().saturating_mul(words.len()) > content.len().saturating_mul(DEAR) {
            return scan(content.as_bytes(), words.as_bytes(), each);
        }
        for place in places {
            if let Some(start) = (*place as usize).checked_sub(before)
                && content.as_bytes()[start..].starts_with(words.as_bytes())
            {
                each(start);
            }
        }
    }

    /// The places of that run of some words which has the fewest, and how many bytes of the words stand before it; `None`
    /// where they are shorter than a run.
    fn rarest(&self, words: &str) -> Option<(usize, &[u32])> {
        let runs = words.char_indices().filter_map(|(at, _)| Some((at, words.as_bytes().get(at..at + RUN)?)));
        let places = runs.take(TRIED).map(|(at, run)| {
            let bucket = bucket(run, self.bits);
            (at, &self.at[self.heads[bucket] as usize..self.heads[bucket + 1] as usize])
        });
        places.min_by_key(|(_, places)| places.len())
    }
}

/// The bucket of a run.
fn bucket(run: &[u8], bits: u32) -> usize {
    let number = run.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    (number.wrapping_mul(0x9e37_79b1) >> (32 - bits)) as usize
}

/// Goes through a text once (Knuth, Morris and Pratt), however often the words nearly stand there.
fn scan(content: &[u8], words: &[u8], mut each: impl FnMut(usize)) {
    if words.is_empty() {
        return;
    }
    // For each beginning of the words, how long the longest other beginning is that it ends with.
    let mut again = vec![0_usize; words.len()];
    let mut matched = 0;
    for at in 1..words.len() {
        matched = step(words, &again, matched, words[at]);
        again[at] = matched;
    }
    matched = 0;
    for (at, byte) in content.iter().enumerate() {
        if matched == words.len() {
            matched = again[matched - 1];
        }
        matched = step(words, &again, matched, *byte);
        if matched == words.len() {
            each(at + 1 - words.len());
        }
    }
}

/// How much of the words is matched after one more byte.
fn step(words: &[u8], again: &[usize], mut matched: usize, byte: u8) -> usize {
    while matched > 0 && words[matched] != byte {
        matched = again[matched - 1];
    }
    matched + usize::from(words[matched] == byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn places(content: &str, words: &str) -> Vec<usize> {
        let mut found = Vec::new();
        Places::of(content).each(content, words, |at| found.push(at));
        found
    }

    #[test]
    fn places_may_overlap() {
        assert_eq!(places("no no no", "no no"), [0, 3]);
        assert_eq!(places("aaaa", "aa"), [0, 1, 2]);
        assert_eq!(places("👍👍", "👍"), [0, 4]);
        assert_eq!(places("", "no"), [0; 0]);
        assert_eq!(places("no", ""), [0; 0]);
        assert_eq!(places("no", "no more"), [0; 0]);
    }

    #[test]
    fn a_text_of_one_letter_is_no_trap() {
        let text = "a".repeat(200_000);
        assert_eq!(places(&text, &text[..100_000]).len(), 100_001);
    }

    proptest! {
        #[test]
        fn every_place_is_found(content in "[abé👍 ]{0,60}", words in "[abé👍 ]{1,6}") {
            let bytes = content.as_bytes();
            let expected: Vec<_> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(words.as_bytes())).collect();
            prop_assert_eq!(places(&content, &words), expected.clone());
            let mut scanned = Vec::new();
            scan(bytes, words.as_bytes(), |at| scanned.push(at));
            prop_assert_eq!(scanned, expected);
        }
    }
}
