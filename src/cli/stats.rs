//! `annotator stats`: what is in files, counted.

use crate::cli::{FAILED, FINE, Failure, INCOMPLETE, input, print};
use crate::formats::json::Writer;
use crate::model::{Annotation, Status, Workspace};
use clap::ArgMatches;
use std::collections::BTreeMap;

/// What is counted.
#[derive(Default)]
struct Counts {
    articles: usize,
    /// In code points.
    characters: usize,
    annotations: usize,
    proposed: usize,
    links: usize,
    notes: usize,
    by_label: BTreeMap<String, usize>,
    by_annotator: BTreeMap<String, usize>,
}

pub(super) fn run(matches: &ArgMatches) -> Result<u8, Failure> {
    let input = input::read(matches, true)?;
    if input.read.is_empty() {
        return Ok(FAILED);
    }
    let counts = Counts::of(&input.workspace);
    let text = if matches.get_flag("json") { counts.json() } else { counts.table() };
    print(&(text + "\n"))?;
    Ok(if input.is_incomplete() { INCOMPLETE } else { FINE })
}

impl Counts {
    fn of(workspace: &Workspace) -> Self {
        let mut counts = Self { articles: workspace.article_count(), ..Self::default() };
        for article in workspace.articles() {
            counts.characters += article.text.len().index();
            for (code, sheet) in workspace.sheets_of(&article.id) {
                *counts.by_annotator.entry(code.to_string()).or_default() += sheet.len();
                sheet.iter().for_each(|annotation| counts.add(annotation));
            }
        }
        counts
    }

    fn add(&mut self, annotation: &Annotation) {
        self.annotations += 1;
        self.proposed += usize::from(annotation.status == Status::Proposed);
        self.links += annotation.links.len();
        self.notes += usize::from(!annotation.note.is_empty());
        *self.by_label.entry(annotation.label.to_string()).or_default() += 1;
    }

    fn totals(&self) -> [(&'static str, usize); 6] {
        [
            ("articles", self.articles),
            ("characters", self.characters),
            ("annotations", self.annotations),
            ("proposed", self.proposed),
            ("links", self.links),
            ("notes", self.notes),
        ]
    }

    fn groups(&self) -> [(&'static str, &BTreeMap<String, usize>); 2] {
        [("labels", &self.by_label), ("annotators", &self.by_annotator)]
    }

    fn table(&self) -> String {
        let mut lines: Vec<String> =
            self.totals().iter().map(|(name, count)| format!("{name:<24}{count:>12}")).collect();
        for (name, counts) in self.groups() {
            lines.push(format!("{name}:"));
            lines.extend(counts.iter().map(|(name, count)| format!("  {name:<22}{count:>12}")));
        }
        lines.join("\n")
    }

    fn json(&self) -> String {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let mut w = Writer::lined(2, 0);
        w.open('{');
        for (name, count) in self.totals() {
            w.number_field(name, number(count));
        }
        for (name, counts) in self.groups() {
            w.field(name);
            w.open('{');
            for (name, count) in counts {
                w.number_field(name, number(*count));
            }
            w.close('}');
        }
        w.close('}');
        w.finish()
    }
}
