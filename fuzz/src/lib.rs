//! Input made to break the readers: every way in which bytes from outside come into the app.
//!
//! In reading order: [`chance`] (numbers that come again), [`mutate`] (valid input made invalid), [`corpus`]
//! (what everything starts from), [`readers`] (what reads, and what must hold of whatever comes), [`memory`]
//! (how much it took), [`run`] (one case), [`tally`] (what was tried so far).
//!
//! A case is a number: the same number gives the same bytes as long as the corpus is the same. The tests of this
//! crate run some cases of each reader and the whole corpus; `cargo xtask fuzz` goes on for as long as one
//! likes. No instrumentation guides it, so that a stable compiler is enough.

pub mod chance;
pub mod corpus;
pub mod memory;
pub mod mutate;
pub mod readers;
pub mod run;
pub mod tally;
