//! What is kept in the browser, of which there are two copies: what they hold together, and what has to be
//! done so that each of them holds all of it again.
//!
//! In reading order: this file (what a copy is), `gather` (two copies in, one workspace, its log and the
//! repairs out). The bytes may have been damaged, or written by somebody else: they are believed only as
//! far as their checksums and hashes reach. Nothing here reads or writes a store.

mod gather;
#[cfg(test)]
mod tests;

pub use gather::{Findings, Gathered, Key, Repair, gather};

/// The largest number that a log entry can have, and far more than there will ever be.
const LAST: u64 = 1 << 50;

/// Entries of the log by their number.
pub const LOG: &str = "log";
/// Texts by the hexadecimal hash of their UTF-8.
pub const TEXTS: &str = "texts";
/// Snapshots by the number of the entry after which they were made.
pub const SNAPSHOTS: &str = "snapshots";

/// A record with its number.
pub type Record = (u64, Vec<u8>);

/// What one copy holds, as it was read; numbers and names in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// Log entries with their numbers.
    pub log: Vec<Record>,
    /// Snapshots with the number of the entry after which they were made.
    pub snapshots: Vec<Record>,
    /// Texts by the hexadecimal hash of their UTF-8.
    pub texts: Vec<(String, Vec<u8>)>,
    /// What the copy says of itself.
    pub marker: Option<Marker>,
    /// The installation that was erased here, by the person's own wish.
    pub erased: Option<String>,
}

/// A few words by which a copy that lost something can be told from one that never had it. They stand in
/// each copy and in a third place beside both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// A random code, made when something is kept for the first time.
    pub installation: String,
    /// The number of the last entry.
    pub last: u64,
    /// How many articles there were.
    pub articles: u64,
}

impl Marker {
    /// Reads a marker; `None` where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let installation = words.next().filter(|word| (1..=32).contains(&word.len()))?.to_owned();
        let last = words.next()?.parse().ok().filter(|last| number(*last))?;
        let articles = words.next()?.parse().ok()?;
        words.next().is_none().then_some(Self { installation, last, articles })
    }
}

/// Whether a log entry can have this number.
pub fn number(number: u64) -> bool {
    (1..=LAST).contains(&number)
}

impl Contents {
    /// Whether nothing was ever kept in it, or all was lost.
    fn is_blank(&self) -> bool {
        self.log.is_empty() && self.snapshots.is_empty() && self.marker.is_none()
    }

    /// The largest number that it knows of.
    fn last(&self) -> u64 {
        let of = |records: &[Record]| records.last().map_or(0, |(number, _)| *number);
        of(&self.log).max(of(&self.snapshots)).max(self.marker.as_ref().map_or(0, |marker| marker.last))
    }

    /// The installation that wrote it.
    pub fn installation(&self) -> Option<&str> {
        self.marker.as_ref().map(|marker| marker.installation.as_str())
    }
}
