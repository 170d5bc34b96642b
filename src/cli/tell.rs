//! How issues, losses and progress are said: on standard error, a line each, the file first, as compilers do.

use crate::formats::catalog::Refusal;
use crate::formats::loss::Loss;
use crate::formats::{Issue, Place, Severity};
use std::cell::Cell;
use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// How long something may take before it says how far it has got.
const PATIENCE: Duration = Duration::from_millis(500);

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// Writes a line. Where nobody listens any more there is nothing to do about it.
fn line(text: &str) {
    let _ = writeln!(stderr(), "{text}");
}

fn at(file: &str, place: Option<Place>) -> String {
    match place {
        Some(Place { line, column }) => format!("{file}:{line}:{column}"),
        None => file.to_owned(),
    }
}

/// An issue of a file.
pub(super) fn issue(file: &str, issue: &Issue) {
    line(&format!("{}: {}: {}", at(file, issue.place), word(issue.severity), issue.message));
}

/// Why a file can't be read.
pub(super) fn refusal(file: &str, refusal: &Refusal) {
    line(&format!("{}: error: {}", at(file, refusal.place), refusal.message));
}

/// Why nothing could be done.
pub(super) fn failure(why: &str) {
    line(&format!("annotator: {why}"));
}

/// What a format can't hold, with what can be chosen instead.
pub(super) fn loss(loss: &Loss, name: &str, choices: &[&str]) {
    for found in &loss.lines {
        let choice = found.choice.filter(|choice| choices.contains(choice));
        let choice = choice.map_or(String::new(), |choice| format!("; --set {choice}=… changes that"));
        line(&format!("{name}: {found}{choice}"));
    }
}

/// Says how far something has got, on a terminal and when it takes a while.
pub(super) struct Progress<'a> {
    /// What it is done to.
    name: &'a str,
    /// What is done, as a participle.
    done: &'static str,
    started: Instant,
    shown: Cell<Option<u32>>,
}

impl<'a> Progress<'a> {
    pub(super) fn of(name: &'a str, done: &'static str) -> Self {
        Self { name, done, started: Instant::now(), shown: Cell::new(None) }
    }

    /// Hears how much was done, from 0 to 1.
    pub(super) fn hear(&self, part: f64) {
        let percent = (part * 100.0) as u32;
        if self.started.elapsed() > PATIENCE && self.shown.get() != Some(percent) && stderr().is_terminal() {
            self.shown.set(Some(percent));
            let _ = write!(stderr(), "\r{}: {percent} % {}", self.name, self.done);
        }
    }
}

impl Drop for Progress<'_> {
    /// The line makes room for others.
    fn drop(&mut self) {
        if self.shown.get().is_some() {
            let _ = write!(stderr(), "\r\u{1b}[K");
        }
    }
}
