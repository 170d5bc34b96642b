//! The command line: the same core as the page, for scripts and for many files at once. Native only.
//!
//! In reading order: [`args`] (what can be said), `input` (files to articles), `archive` (several files as one), `decode`
//! (bytes to text), `save` (files to the disk), `convert`, `check`, `stats`, `list` (formats, the schema, completions, the manual), `tell` (how issues and progress are said).
//! What is asked for goes to standard output; everything else to standard error. This is the only native code that
//! touches files and clocks.

mod archive;
pub mod args;
mod check;
mod convert;
mod decode;
mod input;
mod list;
mod save;
mod stats;
mod tell;

use clap::ArgMatches;
use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// All went well.
const FINE: u8 = 0;
/// Something could not be taken over, or is lost where nothing may be.
const INCOMPLETE: u8 = 1;
/// Nothing could be done: wrong arguments, a file that can't be read or written.
const FAILED: u8 = 2;

/// Why nothing could be done, as a sentence without a full stop.
type Failure = String;

/// Carries out what the arguments say, the first of which is the program's name.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = match args::command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version are no errors; nothing is left to do where even this can't be printed.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(FAILED));
        }
    };
    match run(&matches) {
        Ok(code) => ExitCode::from(code),
        Err(why) => {
            tell::failure(&why);
            ExitCode::from(FAILED)
        }
    }
}

/// Writes what was asked for to standard output.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Whoever reads has had enough, as `head` has.
        Err(why) if why.kind() != ErrorKind::BrokenPipe => Err(format!("standard output can't be written: {why}")),
        _ => Ok(()),
    }
}

fn run(matches: &ArgMatches) -> Result<u8, Failure> {
    match matches.subcommand() {
        Some(("convert", matches)) => convert::run(matches),
        Some(("check", matches)) => check::run(matches),
        Some(("stats", matches)) => stats::run(matches),
        Some(("formats", matches)) => list::formats(matches),
        Some(("schema", _)) => list::schema(),
        Some(("completions", matches)) => list::completions(matches),
        Some(("man", _)) => list::man(),
        _ => Err("there is no such command".into()),
    }
}
