//! The command line: from words to one [`Task`], with the help texts.
//!
//! It never does anything; it only says what was asked for or what is wrong with the words.

use crate::browser::Engine;
use anyhow::{Result, bail};
use lexopt::prelude::*;
use std::ffi::OsString;

/// The port that `serve` takes when none is named. It is fixed on purpose: a browser keeps the
/// articles per address, so another port would look like an empty workspace.
pub const DEFAULT_PORT: u16 = 8417;

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// Print this text.
    Help(&'static str),
    /// Make the machine ready and do no more.
    Setup,
    /// Build, serve, watch.
    Serve {
        /// The port on 127.0.0.1.
        port: u16,
        /// Whether a browser may be opened.
        open: bool,
        /// Whether to serve the optimised build.
        release: bool,
    },
    /// Make the site once.
    Build {
        /// Unoptimised, for development.
        dev: bool,
        /// With the names of functions, for a profiler.
        profiling: bool,
    },
    /// Run the named steps, or all of them.
    Test {
        /// Names of steps; empty means all.
        steps: Vec<String>,
    },
    /// Try input made to break the readers.
    Fuzz {
        /// For so many minutes.
        minutes: u64,
        /// Only this reader.
        reader: Option<String>,
    },
    /// Print the figures.
    Bench {
        /// Those that need no browser.
        native: bool,
        /// Those of the release site in a browser.
        browser: bool,
        /// Whether the site keeps the names of functions, for a profiler.
        profiling: bool,
        /// Names of parts of those in a browser; empty means all.
        parts: Vec<String>,
    },
    /// Let the programs read our exports that they are made for.
    Oracles {
        /// Only these; empty means all.
        consumers: Vec<String>,
    },
    /// Try to make the site lose work.
    Trials {
        /// In these browsers.
        engines: Vec<Engine>,
        /// What else the program for it is told.
        words: Vec<String>,
    },
}

const HELP: &str = "\
The project's commands. Each does its own set-up first.

  cargo xtask serve    build the app, serve it on this machine, rebuild on change
  cargo xtask build    make the release site in dist/
  cargo xtask test     run every check and test there is
  cargo xtask bench    print the tables of times
  cargo xtask fuzz     go on trying input made to break the readers
  cargo xtask oracles  let spaCy and other programs read our exports
  cargo xtask trials   go on trying to make the app lose work
  cargo xtask setup    only make this machine ready

Each of them takes --help.";

const SERVE: &str = "\
cargo xtask serve [--port N] [--no-open] [--release]

Builds the app, serves it at http://127.0.0.1:8417/, opens a browser where there is one, and
builds again whenever a source changes. While a build fails, the last good one stays served.

  --port N     another port; the browser keeps articles per address, so each port has its own
  --no-open    do not open a browser
  --release    serve the optimised build (slower to make)";

const BUILD: &str = "\
cargo xtask build [--dev | --profiling]

Makes the release site in dist/: hashed file names, relative addresses, optimised. Any static
host can serve it from any folder. Beside its page it has annotator.html, the whole app in one file.
Prints the size of every file raw, with gzip and with brotli.

  --dev        a quick, unoptimised site in target/dist-dev/ instead, without sizes
  --profiling  the release site in target/dist-profiling/ instead, with the names of functions";

const TEST: &str = "\
cargo xtask test [STEP...]

Runs every check and test, or only the named steps, and stops at the first that fails.
With CI set in the environment, warnings of clippy are errors.

  fmt          rustfmt, without changing anything
  clippy       clippy for this machine
  clippy-wasm  clippy for the browser
  unit         the tests that run on this machine
  oracles      spaCy and other programs read our exports
  fuzz         some input made to break the readers, and all that once did
  xtask        the tests of these commands
  web          the tests that run in a headless browser
  site         the release site is built
  e2e          the journeys on the release site, through WebDriver, in Chromium
  e2e-firefox  the same in Firefox
  e2e-webkit   the same in WebKitGTK
  trials       a few of the trials to make the site lose work, in all three

A browser that is missing is installed with the system's packages. Where these do not have Firefox or
WebKitGTK, its step only says so; with CI set in the environment it fails.";

const BENCH: &str = "\
cargo xtask bench [--native] [--browser [--profiling]] [PART...]

Prints the tables of times: of the core on this machine, and of the release site in a browser, held
against bare pages. The latter are kept in bench/results.json and bench/README.md.
Without a flag, both; with names of parts, only these, in the browser but for `formats`.

  open         open a project file              memory       of the page's process
  shapes       articles of unusual shapes       export       write the project file
  edit         change one mark                  boot         the first visit
  pace         what must fit into a frame       bulk         fifty thousand marks at once
  scroll       scroll by the wheel              formats      write and read every format, natively

  --profiling  keep the names of functions in the site; its figures are not kept";

const FUZZ: &str = "\
cargo xtask fuzz [MINUTES] [READER]

Gives every reader of input from outside (project files, stored records, texts, ...), or only the
named one, input made to break it, for ten minutes or as many as are named. Each run goes on where
the last one ended; the counts add up in fuzz/results.json. An input that breaks something is kept
in fuzz/corpus, where `cargo xtask test fuzz` finds it from then on.";

const ORACLES: &str = "\
cargo xtask oracles [CONSUMER...]

Exports the sample articles and a hard one, all marked from end to end, for the programs that the formats are made for,
and lets these read them: each must see every annotation on its words. Then an offset is moved by one, which each must
notice; and what was exported is read back. The exports stay in target/oracles. The programs are Python's, in an environment of their own in .tools/python,
which is made the first time (0.7 GB) with Python 3.11 to 3.14.

  spacy, datasets, label_studio, cassis, seqeval, rdf (PyLD and rdflib), jsonschema
  csv, brat, doccano, tei, hypothesis: by Python alone and the rules of these";

const TRIALS: &str = "\
cargo xtask trials [KIND...] [--engine NAME]... [--count N] [--seed S] [--no-keep]

Builds the release site and tries to make it lose work, in the browsers that are named, or in all.
Fails where something that was called saved is lost. The figures of all runs are added up in
docs/reliability.json and docs/reliability.md.

  kill     the browser is ended at a random moment
  tabs     two tabs work on the same article; N is how many changes they make
  full     the disk fills up
  damage   records are damaged in the browser's database

  --engine NAME  chromium, firefox or webkit
  --count N      how many of each kind in each browser
  --seed S       where chance begins; else behind where it last was
  --no-keep      the figures are only printed";

const SETUP: &str = "\
cargo xtask setup

Makes this machine ready for all the other commands: the wasm32 target, the browsers and their
drivers for the tests, the npm tools, the Python packages. What is there is used; what is missing is installed,
announced before; what cannot be installed is named with the command that would.";

/// Reads the words after the program's name.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Task> {
    let mut parser = lexopt::Parser::from_args(words);
    let Some(first) = parser.next()? else {
        return Ok(Task::Help(HELP));
    };
    let name = match first {
        Value(word) => word.string()?,
        Short('h') | Long("help") => return Ok(Task::Help(HELP)),
        other => return Err(other.unexpected().into()),
    };
    match name.as_str() {
        "setup" => setup(&mut parser),
        "serve" => serve(&mut parser),
        "build" => build(&mut parser),
        "test" => test(&mut parser),
        "bench" => bench(&mut parser),
        "trials" => trials(&mut parser),
        "oracles" => oracles(&mut parser),
        "fuzz" => fuzz(&mut parser),
        "help" => Ok(Task::Help(HELP)),
        _ => bail!("there is no command `{name}`\n\n{HELP}"),
    }
}

fn setup(parser: &mut lexopt::Parser) -> Result<Task> {
    match parser.next()? {
        None => Ok(Task::Setup),
        Some(Short('h') | Long("help")) => Ok(Task::Help(SETUP)),
        Some(other) => Err(other.unexpected().into()),
    }
}

fn serve(parser: &mut lexopt::Parser) -> Result<Task> {
    let (mut port, mut open, mut release) = (DEFAULT_PORT, true, false);
    while let Some(word) = parser.next()? {
        match word {
            Short('p') | Long("port") => port = parser.value()?.parse()?,
            Long("no-open") => open = false,
            Long("release") => release = true,
            Short('h') | Long("help") => return Ok(Task::Help(SERVE)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Serve { port, open, release })
}

fn build(parser: &mut lexopt::Parser) -> Result<Task> {
    let (mut dev, mut profiling) = (false, false);
    while let Some(word) = parser.next()? {
        match word {
            Long("dev") => dev = true,
            Long("profiling") => profiling = true,
            Short('h') | Long("help") => return Ok(Task::Help(BUILD)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Build { dev, profiling })
}

fn test(parser: &mut lexopt::Parser) -> Result<Task> {
    let mut steps = Vec::new();
    while let Some(word) = parser.next()? {
        match word {
            Value(step) => steps.push(step.string()?),
            Short('h') | Long("help") => return Ok(Task::Help(TEST)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Test { steps })
}

fn bench(parser: &mut lexopt::Parser) -> Result<Task> {
    let (mut native, mut browser, mut profiling, mut parts) = (false, false, false, Vec::new());
    while let Some(word) = parser.next()? {
        match word {
            Value(part) => parts.push(part.string()?),
            Long("native") => native = true,
            Long("browser") => browser = true,
            Long("profiling") => profiling = true,
            Short('h') | Long("help") => return Ok(Task::Help(BENCH)),
            other => return Err(other.unexpected().into()),
        }
    }
    browser |= profiling || !parts.is_empty();
    if !native && !browser {
        (native, browser) = (true, true);
    }
    Ok(Task::Bench { native, browser, profiling, parts })
}

fn fuzz(parser: &mut lexopt::Parser) -> Result<Task> {
    let (mut minutes, mut reader) = (10, None);
    while let Some(word) = parser.next()? {
        match word {
            Value(word) => match word.parse() {
                Ok(number) => minutes = number,
                Err(_) => reader = Some(word.string()?),
            },
            Short('h') | Long("help") => return Ok(Task::Help(FUZZ)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Fuzz { minutes, reader })
}

fn oracles(parser: &mut lexopt::Parser) -> Result<Task> {
    let mut consumers = Vec::new();
    while let Some(word) = parser.next()? {
        match word {
            Value(consumer) => consumers.push(consumer.string()?),
            Short('h') | Long("help") => return Ok(Task::Help(ORACLES)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Oracles { consumers })
}

fn trials(parser: &mut lexopt::Parser) -> Result<Task> {
    let (mut engines, mut words) = (Vec::new(), Vec::new());
    while let Some(word) = parser.next()? {
        match word {
            Long("engine") => engines.push(Engine::called(&parser.value()?.string()?)?),
            Long(name @ ("count" | "seed")) => {
                let name = format!("--{name}");
                words.extend([name, parser.value()?.string()?]);
            }
            Long("no-keep") => words.push("--no-keep".into()),
            Value(kind) => words.push(kind.string()?),
            Short('h') | Long("help") => return Ok(Task::Help(TRIALS)),
            other => return Err(other.unexpected().into()),
        }
    }
    if engines.is_empty() {
        engines = Engine::ALL.to_vec();
    }
    Ok(Task::Trials { engines, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Result<Task> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn serve_has_quiet_defaults_and_takes_its_flags() {
        let plain = Task::Serve { port: DEFAULT_PORT, open: true, release: false };
        assert_eq!(words("serve").unwrap(), plain);
        let all = Task::Serve { port: 9000, open: false, release: true };
        assert_eq!(words("serve --port 9000 --no-open --release").unwrap(), all);
    }

    #[test]
    fn every_command_explains_itself() {
        for line in ["", "--help", "help"] {
            assert!(matches!(words(line).unwrap(), Task::Help(_)), "{line}");
        }
        for command in ["setup", "serve", "build", "test", "bench", "trials", "fuzz", "oracles"] {
            let Task::Help(text) = words(&format!("{command} --help")).unwrap() else {
                panic!("{command} has no help");
            };
            assert!(text.starts_with(&format!("cargo xtask {command}")));
        }
    }

    #[test]
    fn wrong_words_are_refused() {
        for line in ["fly", "serve --prot 1", "serve --port x", "setup now"] {
            assert!(words(line).is_err(), "{line}");
        }
    }

    #[test]
    fn fuzz_takes_a_time_and_a_reader_in_any_order() {
        assert_eq!(words("fuzz").unwrap(), Task::Fuzz { minutes: 10, reader: None });
        let both = Task::Fuzz { minutes: 3, reader: Some("entry".into()) };
        assert_eq!(words("fuzz 3 entry").unwrap(), both);
        assert_eq!(words("fuzz entry 3").unwrap(), both);
    }

    #[test]
    fn bench_without_a_flag_means_both_and_a_part_means_the_browser() {
        let both = Task::Bench { native: true, browser: true, profiling: false, parts: vec![] };
        assert_eq!(words("bench").unwrap(), both);
        let part = Task::Bench { native: false, browser: true, profiling: false, parts: vec!["open".into()] };
        assert_eq!(words("bench open").unwrap(), part);
    }

    #[test]
    fn oracles_are_all_or_those_that_are_named() {
        assert_eq!(words("oracles").unwrap(), Task::Oracles { consumers: vec![] });
        let some = ["spacy", "csv"].map(str::to_owned).to_vec();
        assert_eq!(words("oracles spacy csv").unwrap(), Task::Oracles { consumers: some });
    }

    #[test]
    fn trials_are_made_in_the_named_browsers_and_told_the_rest() {
        let all = Task::Trials { engines: Engine::ALL.to_vec(), words: vec![] };
        assert_eq!(words("trials").unwrap(), all);
        let words_of_some = ["kill", "--count", "3"].map(str::to_owned).to_vec();
        let some = Task::Trials { engines: vec![Engine::WebKit], words: words_of_some };
        assert_eq!(words("trials kill --engine webkit --count 3").unwrap(), some);
        assert!(words("trials --engine lynx").is_err());
    }
}
