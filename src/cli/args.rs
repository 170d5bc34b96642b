//! What can be said on the command line. Help, completions and the manual are made of this.

use crate::formats::catalog::FORMATS;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;

/// What is said below the help of every command.
const EXIT_CODES: &str = "Exit status: 0 where all went well; 1 where something could not be taken over (or, with \
                          --strict, where anything is worth a warning or lost); 2 where nothing could be done.";

/// The whole command line.
pub fn command() -> Command {
    Command::new("annotator")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Reads, checks and converts annotated articles. The page itself is opened in a browser.")
        .after_help(EXIT_CODES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(convert())
        .subcommand(check())
        .subcommand(stats())
        .subcommand(formats())
        .subcommand(Command::new("schema").about("Print the JSON Schema of the project file"))
        .subcommand(completions())
        .subcommand(Command::new("man").about("Print the manual page, in roff"))
}

fn convert() -> Command {
    reading(Command::new("convert"))
        .about("Convert files to another format")
        .long_about(
            "Convert files to another format.\n\nAll files go into one; articles with the same text become one, each \
             annotator with a sheet of their own. Before anything is written it is said what the format can't hold.",
        )
        .after_help(EXIT_CODES)
        .arg(
            Arg::new("to")
                .long("to")
                .short('t')
                .value_name("FORMAT")
                .value_parser(ids(true))
                .help("Format to write; else by the ending of the output's name"),
        )
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("File, folder or .zip to write to; - or nothing at all for standard output"),
        )
        .arg(option("set", "Choose something of writing, as NAME=VALUE; `formats` lists what there is"))
        .arg(flag("force").help("Overwrite files that are there"))
        .arg(flag("strict").help("Write nothing where anything is lost or worth a warning"))
}

fn check() -> Command {
    reading(Command::new("check"))
        .about("Check files, and say what is wrong with them")
        .after_help(EXIT_CODES)
        .arg(
            flag("lint")
                .help("Say as well what is likely a slip: white space at an edge, cut words, doubles and the like"),
        )
        .arg(flag("strict").help("Let warnings and slips count as well"))
}

fn stats() -> Command {
    reading(Command::new("stats"))
        .about("Count what is in files")
        .after_help(EXIT_CODES)
        .arg(flag("json").help("As JSON, for programs"))
}

fn formats() -> Command {
    Command::new("formats")
        .about("List the formats: what each keeps and loses, and what can be chosen")
        .arg(Arg::new("format").value_name("FORMAT").value_parser(known()).help("Only this one"))
}

fn completions() -> Command {
    let shells = ["bash", "elvish", "fish", "powershell", "zsh"];
    Command::new("completions").about("Print completions for a shell").arg(
        Arg::new("shell")
            .value_name("SHELL")
            .required(true)
            .value_parser(PossibleValuesParser::new(shells))
            .help("The shell"),
    )
}

/// What all commands share that read files.
fn reading(command: Command) -> Command {
    command
        .arg(
            Arg::new("files")
                .value_name("FILE")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help("Files to read, or archives (.zip) of them; - for standard input"),
        )
        .arg(
            Arg::new("from")
                .long("from")
                .short('f')
                .value_name("FORMAT")
                .value_parser(ids(false))
                .help("Format of the files; else by what is in them"),
        )
        .arg(option("read", "Choose something of reading, as NAME=VALUE, such as unit=utf-16"))
        .arg(
            flag("quiet")
                .short('q')
                .help("Say nothing of what is only worth knowing, nor of what the format can't hold"),
        )
}

fn option(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("NAME=VALUE").action(ArgAction::Append).help(help)
}

fn flag(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

/// The ids of all formats.
fn known() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| format.id).collect::<Vec<_>>())
}

/// The ids of the formats that are written or read.
fn ids(written: bool) -> PossibleValuesParser {
    let fits = FORMATS.iter().filter(|format| if written { format.writes.is_some() } else { format.reads.is_some() });
    PossibleValuesParser::new(fits.map(|format| format.id).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_fit_each_other() {
        command().debug_assert();
    }
}
