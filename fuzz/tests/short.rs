//! The short run: all of the corpus and some cases of every reader, on a stack no deeper than a browser's.

use fuzz::corpus::{self, Corpus};
use fuzz::readers::{READERS, Reader};
use fuzz::run::{STACK, input, try_on};

/// Cases of each reader.
const CASES: u64 = 2_000;

/// Does something on a small stack.
fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

fn check(reader: &Reader, what: &str, bytes: &[u8]) -> bool {
    match try_on(reader, bytes) {
        Ok(outcome) => outcome.taken,
        Err(why) => panic!("{} on {what}: {why}", reader.name),
    }
}

#[test]
fn every_reader_takes_what_is_valid() {
    on_small_stack(|| {
        for reader in READERS {
            for (number, seed) in (reader.seeds)().iter().enumerate() {
                let taken = check(reader, &format!("seed {number}"), seed);
                assert!(taken || ["encoding", "article", "name"].contains(&reader.name), "{} {number}", reader.name);
            }
        }
    });
}

#[test]
fn nothing_in_the_corpus_breaks_a_reader() {
    on_small_stack(|| {
        let files = corpus::files().expect("the corpus");
        assert!(files.len() > 20, "{} files", files.len());
        for (name, bytes) in &files {
            for reader in READERS {
                check(reader, name, bytes);
            }
        }
    });
}

#[test]
fn no_mutation_breaks_a_reader() {
    on_small_stack(|| {
        let corpus = Corpus::load().expect("the corpus");
        for reader in READERS {
            for case in 0..CASES {
                check(reader, &format!("case {case}"), &input(&corpus, reader, case));
            }
        }
    });
}

#[test]
fn no_reader_minds_where_its_input_is_cut() {
    on_small_stack(|| {
        for reader in READERS.iter().filter(|reader| ["answer", "entry", "snapshot", "places"].contains(&reader.name)) {
            let seed = &(reader.seeds)()[0];
            for cut in 0..seed.len() {
                check(reader, &format!("cut at {cut}"), &seed[..cut]);
            }
        }
    });
}

#[test]
fn a_law_that_is_broken_is_noticed() {
    let broken = |read| Reader { name: "broken", about: "", seeds: Vec::new, read, memory: 1 };
    let why = try_on(&broken(|_| panic!("it broke")), b"").expect_err("a panic");
    assert_eq!(why, "it broke");
    let greedy = broken(|bytes| std::hint::black_box(vec![0_u8; bytes.len() * 9_000_000]).is_empty());
    let why = try_on(&greedy, b"x").expect_err("too much memory");
    assert!(why.contains("9000000 bytes of memory for 1 bytes"), "{why}");
}
