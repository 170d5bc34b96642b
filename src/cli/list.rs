//! What the program says of itself: the formats, the schema of the project file, completions, the manual.

use crate::cli::{FINE, Failure, args, print};
use crate::formats::catalog::{FORMATS, Format};
use crate::formats::options::{Choice, Options};
use clap::ArgMatches;
use clap_complete::Shell;

/// The published schema of the project file.
const SCHEMA: &str = include_str!("../../static/schema/annotator-project-1.json");

/// Prints the formats.
pub(super) fn formats(matches: &ArgMatches) -> Result<u8, Failure> {
    let only = matches.get_one::<String>("format");
    let chosen = FORMATS.iter().filter(|format| only.is_none_or(|id| format.id == id));
    print(&chosen.map(|format| said(format)).collect::<Vec<_>>().join("\n"))?;
    Ok(FINE)
}

fn said(format: &Format) -> String {
    let ways = match (&format.reads, &format.writes) {
        (Some(_), Some(_)) => "read and written",
        (Some(_), None) => "only read",
        _ => "only written",
    };
    let endings: Vec<_> = format.extensions.iter().map(|ending| format!(".{ending}")).collect();
    let mut text = format!("{} ({}): {}\n  {ways}; {}\n", format.id, format.name, format.about, endings.join(", "));
    if let Some(writes) = &format.writes {
        let holds = (writes.holds)(&Options::of(writes.options));
        for (name, list) in [("keeps", holds.kept()), ("loses", holds.lost())] {
            if !list.is_empty() {
                text += &format!("  {name}: {}\n", list.join("; "));
            }
        }
    }
    let reading = format.reads.as_ref().map_or(&[][..], |reads| reads.options);
    let writing = format.writes.as_ref().map_or(&[][..], |writes| writes.options);
    for (argument, choices) in [("--read", reading), ("--set", writing)] {
        choices.iter().for_each(|choice| text += &choice_said(argument, choice));
    }
    text
}

fn choice_said(argument: &str, choice: &Choice) -> String {
    let values = choice.values.iter().map(|(value, words)| format!("      {value}: {words}\n"));
    format!("  {argument} {}=…  {}\n{}", choice.id, choice.name, values.collect::<String>())
}

/// Prints the schema of the project file.
pub(super) fn schema() -> Result<u8, Failure> {
    print(SCHEMA)?;
    Ok(FINE)
}

/// Prints completions for a shell.
pub(super) fn completions(matches: &ArgMatches) -> Result<u8, Failure> {
    let shell = matches.get_one::<String>("shell").and_then(|name| name.parse::<Shell>().ok());
    let shell = shell.ok_or("there are no completions for this shell")?;
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut args::command(), "annotator", &mut out);
    print(&String::from_utf8_lossy(&out))?;
    Ok(FINE)
}

/// Prints the manual: a section for each command after the one for all.
pub(super) fn man() -> Result<u8, Failure> {
    let mut out = Vec::new();
    let command = args::command();
    let mut pages = vec![command.clone()];
    pages
        .extend(command.get_subcommands().map(|sub| sub.clone().display_name(format!("annotator-{}", sub.get_name()))));
    for page in pages {
        clap_mangen::Man::new(page).render(&mut out).map_err(|why| why.to_string())?;
    }
    print(&String::from_utf8_lossy(&out))?;
    Ok(FINE)
}
