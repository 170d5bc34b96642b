//! One case: bytes given to a reader, and what came of it.

use crate::chance::Chance;
use crate::corpus::Corpus;
use crate::memory;
use crate::mutate::mutate;
use crate::readers::Reader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// As deep as the stack of a reader may get, in bytes: half of what the browser gives the program.
pub const STACK: usize = 512 * 1024;
/// What a reader may hold whatever comes, in bytes: the app's own scheme, its words, lists of issues.
const BASE: usize = 4 << 20;

/// What came of a case that broke no law.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// How many bytes it had.
    pub bytes: usize,
    /// Whether the reader took something of it.
    pub taken: bool,
    /// How many bytes of memory were held at most.
    pub memory: usize,
    /// How long it took.
    pub time: Duration,
}

/// The bytes of a case.
pub fn input(corpus: &Corpus, reader: &Reader, case: u64) -> Vec<u8> {
    let mut chance = Chance::new(case ^ reader.name.bytes().fold(0, |sum, byte| sum << 8 ^ u64::from(byte)));
    let seeds = if chance.below(3) == 0 { &corpus.all } else { corpus.seeds(reader) };
    mutate(seeds, &mut chance)
}

/// Gives bytes to a reader; the words of the panic where there was one, or what else was wrong.
pub fn try_on(reader: &Reader, bytes: &[u8]) -> Result<Outcome, String> {
    let start = Instant::now();
    let work = || catch_unwind(AssertUnwindSafe(|| (reader.read)(bytes)));
    let (taken, memory) = memory::most_of(work);
    let taken = taken.map_err(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        words.or_else(|| panic.downcast_ref::<&str>().map(|&words| words.to_owned())).unwrap_or_default()
    })?;
    let most = BASE + bytes.len() * reader.memory;
    if memory > most {
        return Err(format!("{memory} bytes of memory for {} bytes, expected up to {most}", bytes.len()));
    }
    Ok(Outcome { bytes: bytes.len(), taken, memory, time: start.elapsed() })
}
