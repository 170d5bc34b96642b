//! `annotator check`: what is wrong with files.

use crate::cli::{FAILED, FINE, Failure, INCOMPLETE, input, print};
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
    Ok(match () {
        () if input.read.is_empty() => FAILED,
        () if input.is_incomplete() => INCOMPLETE,
        () if matches.get_flag("strict") && input.has_warnings() => INCOMPLETE,
        () => FINE,
    })
}
