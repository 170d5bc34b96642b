//! `annotator check`: what is wrong with files.

use crate::cli::{FAILED, FINE, Failure, INCOMPLETE, input, print, tell};
use crate::formats::{Issue, Place, Severity};
use crate::lint::{Finding, lint};
use crate::model::{Article, Workspace};
use clap::ArgMatches;

pub(super) fn run(matches: &ArgMatches) -> Result<u8, Failure> {
    let input = input::read(matches, false)?;
    for file in &input.read {
        let input::ReadFile { name, format, articles, annotations, moved, set_aside, .. } = file;
        let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        let (articles, annotations) = (plural(*articles, "article"), plural(*annotations, "annotation"));
        let mut line = format!("{name}: {}, {articles}, {annotations}", format.name);
        for (count, what) in [(*moved, "moved"), (*set_aside, "set aside")] {
            if count > 0 {
                line += &format!(", {count} {what}");
            }
        }
        print(&(line + "\n"))?;
    }
    let slips = if matches.get_flag("lint") { slips(&input.workspace) } else { 0 };
    Ok(match () {
        () if input.read.is_empty() => FAILED,
        () if input.is_incomplete() => INCOMPLETE,
        () if matches.get_flag("strict") && (input.has_warnings() || slips > 0) => INCOMPLETE,
        () => FINE,
    })
}

/// Says what is likely a slip in the annotations, with the line and column in its article. Gives how many there are.
fn slips(workspace: &Workspace) -> usize {
    let articles = workspace.articles();
    let progress = tell::Progress::of("slips", "looked for");
    let mut slips = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        progress.hear(number as f64 / articles.len() as f64);
        for (_, sheet) in workspace.sheets_of(&article.id) {
            slips.extend(lint(&article.text, sheet).iter().map(|finding| (article.name(), slip(article, finding))));
        }
    }
    drop(progress);
    slips.iter().for_each(|(name, slip)| tell::issue(name, slip));
    slips.len()
}

fn slip(article: &Article, finding: &Finding) -> Issue {
    let (text, start) = (&article.text, finding.span.start());
    let block = text.block_at(start);
    let column = start.since(text.blocks()[block].span.start()) + 1;
    let message = format!("“{}”: {}", text.slice(finding.span).trim(), finding.message);
    Issue { place: Some(Place { line: block as u32 + 1, column }), ..Issue::new(Severity::Warning, message) }
}
