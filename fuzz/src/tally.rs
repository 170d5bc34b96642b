//! What was tried so far: counts that add up over all runs, kept in a file of the tree.

use crate::readers::READERS;
use crate::run::Outcome;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The counts of one reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Count {
    /// How many cases, which is also the number of the next one.
    pub cases: u64,
    /// How many bytes they had in all.
    pub bytes: u64,
    /// Of how many the reader took something.
    pub taken: u64,
    /// How many broke a law.
    pub failures: u64,
    /// The largest memory held, in bytes.
    pub memory: u64,
    /// The longest time, in milliseconds.
    pub longest: u64,
    /// Which case took it.
    pub slowest: u64,
}

/// The counts of all readers, in their order.
pub struct Tally(pub Vec<Count>);

/// Where they are kept.
pub fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("results.json")
}

impl Tally {
    /// Reads what was kept; nothing where there is no file yet.
    pub fn load(file: &Path) -> Result<Self> {
        let kept: Value = match std::fs::read_to_string(file) {
            Ok(kept) => serde_json::from_str(&kept).with_context(|| file.display().to_string())?,
            Err(_) => Value::Null,
        };
        let count = |name: &str| {
            let number = |field: &str| kept[name][field].as_u64().unwrap_or_default();
            Count {
                cases: number("cases"),
                bytes: number("bytes"),
                taken: number("taken"),
                failures: number("failures"),
                memory: number("largest memory in bytes"),
                longest: number("longest time in ms"),
                slowest: number("slowest case"),
            }
        };
        Ok(Self(READERS.iter().map(|reader| count(reader.name)).collect()))
    }

    /// Keeps them.
    pub fn save(&self, file: &Path) -> Result<()> {
        let fields = READERS.iter().zip(&self.0).map(|(reader, count)| {
            let Count { cases, bytes, taken, failures, memory, longest, slowest } = count;
            let fields = json!({
                "about": reader.about,
                "cases": cases,
                "bytes": bytes,
                "taken": taken,
                "failures": failures,
                "largest memory in bytes": memory,
                "longest time in ms": longest,
                "slowest case": slowest,
            });
            (reader.name.to_owned(), fields)
        });
        let whole: serde_json::Map<String, Value> = fields.collect();
        let lines = serde_json::to_string_pretty(&whole)? + "\n";
        std::fs::write(file, lines).with_context(|| file.display().to_string())
    }

    /// A line for each reader.
    pub fn table(&self) -> String {
        let mut out = format!(
            "{:<10}{:>12}{:>10}{:>12}{:>10}{:>14}{:>10}\n",
            "reader", "cases", "MB", "taken", "failures", "largest KB", "longest"
        );
        for (reader, count) in READERS.iter().zip(&self.0) {
            let Count { cases, bytes, taken, failures, memory, longest, .. } = count;
            let (megabytes, memory) = (bytes >> 20, memory >> 10);
            out += &format!(
                "{:<10}{cases:>12}{megabytes:>10}{taken:>12}{failures:>10}{memory:>14}{longest:>7} ms\n",
                reader.name
            );
        }
        out
    }
}

impl Count {
    /// Adds a case.
    pub fn add(&mut self, outcome: &Outcome) {
        let time = outcome.time.as_millis() as u64;
        if time > self.longest {
            (self.longest, self.slowest) = (time, self.cases);
        }
        self.cases += 1;
        self.bytes += outcome.bytes as u64;
        self.taken += u64::from(outcome.taken);
        self.memory = self.memory.max(outcome.memory as u64);
    }
}
