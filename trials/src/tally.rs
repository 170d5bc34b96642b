//! What came out, added up over all runs: kept as JSON in the tree, and as tables in the document beside it. The keys of
//! the figures are the words of the tables. Nothing is tried here.

use crate::args::Trial;
use crate::browser;
use anyhow::{Context, Result};
use e2e::Engine;
use e2e::origin;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::PathBuf;

const BEGIN: &str = "<!-- begin: ";
const END: &str = "<!-- end: ";

/// The figures of some runs.
#[derive(Default)]
pub struct Tally {
    folder: PathBuf,
    /// One for each trial, browser, revision and day.
    runs: Vec<Value>,
}

impl Tally {
    /// Reads what is in the tree.
    pub fn read() -> Result<Self> {
        let folder = e2e::setup::root().join("docs");
        let runs = match fs::read(folder.join("reliability.json")) {
            Ok(kept) => serde_json::from_slice(&kept).context("docs/reliability.json")?,
            Err(_) => Vec::new(),
        };
        Ok(Self { folder, runs })
    }

    /// The first seed that no run of a trial in a browser has used.
    pub fn next_seed(&self, trial: Trial, engine: Engine) -> u64 {
        let used = self.runs_of(trial, engine).filter_map(|run| run["last seed"].as_u64());
        used.max().map_or(1, |last| last + 1)
    }

    fn runs_of(&self, trial: Trial, engine: Engine) -> impl Iterator<Item = &Value> {
        self.runs.iter().filter(move |run| run["trial"] == trial.name() && run["engine"] == engine.word())
    }

    /// Adds the figures of trials with a seed.
    pub fn add(&mut self, trial: Trial, engine: Engine, seed: u64, figures: &impl Serialize) -> Result<()> {
        let whose = json!({
            "trial": trial.name(),
            "engine": engine.word(),
            "browser": browser::version(engine)?,
            "revision": origin::revision(),
            "date": origin::today(),
        });
        let figures = serde_json::to_value(figures)?;
        let same = |run: &&mut Value| whose.as_object().is_some_and(|all| all.iter().all(|(k, v)| run[k] == *v));
        if let Some(run) = self.runs.iter_mut().find(same) {
            run["last seed"] = json!(run["last seed"].as_u64().unwrap_or(0).max(seed));
            sum(&mut run["figures"], &figures);
        } else {
            let mut run = whose;
            run["last seed"] = json!(seed);
            run["figures"] = figures;
            self.runs.push(run);
        }
        Ok(())
    }

    /// Writes the figures, and the tables between their marks in the document.
    pub fn keep(&self) -> Result<()> {
        fs::write(self.folder.join("reliability.json"), serde_json::to_string_pretty(&self.runs)? + "\n")?;
        let document = self.folder.join("reliability.md");
        let mut text = fs::read_to_string(&document).with_context(|| document.display().to_string())?;
        for trial in Trial::ALL {
            let (begin, end) = (format!("{BEGIN}{} -->\n", trial.name()), format!("{END}{} -->", trial.name()));
            let place = text.find(&begin).zip(text.find(&end));
            let (from, to) = place.with_context(|| format!("{} has no place for {begin}", document.display()))?;
            text = format!("{}{begin}\n{}\n{}", &text[..from], self.table(trial), &text[to..]);
        }
        fs::write(&document, text)?;
        Ok(())
    }

    /// The table of a trial: a column for each browser it was made in, a line for each figure.
    pub fn table(&self, trial: Trial) -> String {
        let mut columns = Vec::new();
        for engine in Engine::ALL {
            let mut total = Value::Null;
            for run in self.runs_of(trial, engine) {
                sum(&mut total, &run["figures"]);
            }
            if let Value::Object(total) = total {
                columns.push((self.heading(trial, engine), lines(&total)));
            }
        }
        let mut rows: Vec<String> = Vec::new();
        for (name, _) in columns.iter().flat_map(|(_, lines)| lines) {
            if !rows.contains(name) {
                rows.push(name.clone());
            }
        }
        let cell = |lines: &[(String, String)], name: &String| {
            lines.iter().find(|(other, _)| other == name).map_or_else(|| "0".to_owned(), |(_, value)| value.clone())
        };
        let head: Vec<&str> = columns.iter().map(|(heading, _)| heading.as_str()).collect();
        let mut table = format!("| | {} |\n|---|{}\n", head.join(" | "), "---:|".repeat(columns.len()));
        for name in &rows {
            let cells: Vec<String> = columns.iter().map(|(_, lines)| cell(lines, name)).collect();
            table += &format!("| {name} | {} |\n", cells.join(" | "));
        }
        table + &self.origins(trial)
    }

    /// The browser's versions.
    fn heading(&self, trial: Trial, engine: Engine) -> String {
        let mut versions: Vec<&str> = self.runs_of(trial, engine).filter_map(|run| run["browser"].as_str()).collect();
        versions.sort_unstable();
        versions.dedup();
        versions.join(", ")
    }

    /// Of which days and revisions the figures are.
    fn origins(&self, trial: Trial) -> String {
        let runs = self.runs.iter().filter(|run| run["trial"] == trial.name());
        let text = |run: &Value, name: &str| run[name].as_str().unwrap_or_default().to_owned();
        let mut origins: Vec<String> =
            runs.map(|run| format!("{} at {}", text(run, "date"), text(run, "revision"))).collect();
        origins.sort();
        origins.dedup();
        if origins.is_empty() { String::new() } else { format!("\nMade on {}.\n", origins.join(", ")) }
    }
}

/// Adds numbers to numbers, name by name.
fn sum(total: &mut Value, more: &Value) {
    match (total, more) {
        (Value::Object(total), Value::Object(more)) => {
            for (name, value) in more {
                sum(total.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (Value::Number(total), Value::Number(more)) => {
            let both = total.as_u64().unwrap_or_default() + more.as_u64().unwrap_or_default();
            *total = both.into();
        }
        (total, more) => *total = more.clone(),
    }
}

/// A line for each number, and for each number of a group.
fn lines(figures: &Map<String, Value>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (name, value) in figures {
        match value {
            Value::Object(group) => {
                all.extend(lines(group).into_iter().map(|(more, value)| (format!("{name} {more}"), value)));
            }
            value => all.push((name.clone(), grouped(value.as_u64().unwrap_or_default()))),
        }
    }
    all
}

/// A number with its thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(runs: Value) -> Tally {
        Tally { folder: PathBuf::new(), runs: runs.as_array().cloned().unwrap_or_default() }
    }

    fn run(engine: &str, seed: u64, figures: Value) -> Value {
        json!({ "trial": "kill", "engine": engine, "browser": engine, "revision": "1a", "date": "2026-01-01",
            "last seed": seed, "figures": figures })
    }

    #[test]
    fn figures_of_all_runs_are_added_up_in_a_table() {
        let runs = json!([
            run("chromium", 3, json!({ "ended": { "early": 1, "late": 1000 }, "lost": 0 })),
            run("chromium", 5, json!({ "ended": { "early": 2 }, "lost": 1 })),
            run("webkit", 1, json!({ "ended": { "never": 7 }, "lost": 0 })),
        ]);
        let table = "\
| | chromium | webkit |
|---|---:|---:|
| ended early | 3 | 0 |
| ended late | 1,000 | 0 |
| lost | 1 | 0 |
| ended never | 0 | 7 |

Made on 2026-01-01 at 1a.
";
        assert_eq!(tally(runs).table(Trial::Kill), table);
    }

    #[test]
    fn a_run_goes_on_behind_the_last_seed() {
        let tally = tally(json!([run("chromium", 3, json!({})), run("chromium", 5, json!({}))]));
        assert_eq!(tally.next_seed(Trial::Kill, Engine::Chromium), 6);
        assert_eq!(tally.next_seed(Trial::Kill, Engine::WebKit), 1);
    }
}
