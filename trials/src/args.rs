//! The words on the command line: which trials, in which browsers, how many, where chance begins.
//!
//! It never does anything; it only says what was asked for or what is wrong with the words.

use anyhow::{Context, Result, bail};
use e2e::Engine;
use lexopt::prelude::*;
use std::ffi::OsString;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// The browser is ended at a random moment.
    Kill,
    /// The disk fills up.
    Full,
    /// Two tabs work on the same article.
    Tabs,
    /// Records are damaged in the browser's database.
    Damage,
}

impl Trial {
    /// All of them, in the order of the document.
    pub const ALL: [Self; 4] = [Self::Kill, Self::Tabs, Self::Full, Self::Damage];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kill => "kill",
            Self::Full => "full",
            Self::Tabs => "tabs",
            Self::Damage => "damage",
        }
    }

    fn called(word: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|trial| trial.name() == word);
        found.with_context(|| format!("there is no “{word}”; there are {}", Self::ALL.map(Self::name).join(", ")))
    }

    /// How many are made where nothing is said; of the tabs, how many changes.
    pub const fn usual(self) -> usize {
        match self {
            Self::Kill | Self::Damage => 25,
            Self::Full => 5,
            Self::Tabs => 1_000,
        }
    }
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which trials.
    pub trials: Vec<Trial>,
    /// In which browsers.
    pub engines: Vec<Engine>,
    /// How many of each in each.
    pub count: Option<usize>,
    /// Where chance begins; where nothing is said, behind where it last was.
    pub seed: Option<u64>,
    /// Whether the figures are added to those in the tree.
    pub keep: bool,
}

/// Reads the words after the program's name.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Wanted> {
    let mut parser = lexopt::Parser::from_args(words);
    let mut wanted = Wanted { trials: Vec::new(), engines: Vec::new(), count: None, seed: None, keep: true };
    while let Some(word) = parser.next()? {
        match word {
            Value(name) => wanted.trials.push(Trial::called(&name.string()?)?),
            Long("engine") => wanted.engines.push(Engine::called(&parser.value()?.string()?)?),
            Long("count") => wanted.count = Some(parser.value()?.parse()?),
            Long("seed") => wanted.seed = Some(parser.value()?.parse()?),
            Long("no-keep") => wanted.keep = false,
            other => return Err(other.unexpected().into()),
        }
    }
    if wanted.trials.is_empty() {
        wanted.trials = Trial::ALL.to_vec();
    }
    if wanted.engines.is_empty() {
        wanted.engines = Engine::ALL.to_vec();
    }
    if wanted.count == Some(0) {
        bail!("none at all was asked for");
    }
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Result<Wanted> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn nothing_said_means_everything() {
        let all = words("").expect("no words");
        assert_eq!((all.trials, all.engines), (Trial::ALL.to_vec(), Engine::ALL.to_vec()));
        assert_eq!((all.count, all.seed, all.keep), (None, None, true));
    }

    #[test]
    fn all_can_be_said() {
        let some = words("kill --engine webkit --engine firefox --count 3 --seed 9 --no-keep").expect("good words");
        assert_eq!((some.trials, some.engines), (vec![Trial::Kill], vec![Engine::WebKit, Engine::Firefox]));
        assert_eq!((some.count, some.seed, some.keep), (Some(3), Some(9), false));
    }

    #[test]
    fn wrong_words_are_refused() {
        for line in ["fly", "--engine lynx", "--count x", "--count 0", "--sed 1"] {
            assert!(words(line).is_err(), "{line}");
        }
    }
}
