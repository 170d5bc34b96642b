//! Files to articles: opens and decodes them, finds out what they are, and imports one after the other, as the page
//! would.

use crate::cli::{Failure, archive, decode, tell};
use crate::formats::catalog::{self, Context, Format, Group};
use crate::formats::file::InFile;
use crate::formats::options::Options;
use crate::formats::{self, Severity};
use crate::model::{SheetKey, Timestamp, Workspace, WriterId};
use crate::text::{TextHash, markup};
use crate::zip;
use clap::ArgMatches;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// What standard input is called.
pub(super) const STDIN: &str = "<stdin>";

/// What was read of all files.
pub(super) struct Input {
    pub(super) workspace: Workspace,
    /// The moment of reading.
    pub(super) now: Timestamp,
    /// What each file is, with those that belong to it, in the order of reading.
    pub(super) read: Vec<ReadFile>,
    /// How many files can't be read.
    pub(super) refused: usize,
    /// The sheets that files went to that name nobody.
    taken: Vec<SheetKey>,
}

/// A file that was read.
pub(super) struct ReadFile {
    pub(super) name: String,
    pub(super) format: &'static Format,
    pub(super) articles: usize,
    pub(super) annotations: usize,
    pub(super) moved: usize,
    pub(super) set_aside: usize,
    pub(super) warnings: usize,
}

impl Input {
    /// Whether something could not be taken over.
    pub(super) fn is_incomplete(&self) -> bool {
        self.refused > 0 || self.read.iter().any(|file| file.set_aside > 0)
    }

    /// Whether something is worth a warning.
    pub(super) fn has_warnings(&self) -> bool {
        self.read.iter().any(|file| file.warnings > 0)
    }
}

/// Reads the files that the arguments name, and says what is wrong with them: with each of them alone, or as well
/// with what they say `together`.
pub(super) fn read(matches: &ArgMatches, together: bool) -> Result<Input, Failure> {
    let paths: Vec<PathBuf> = matches.get_many("files").into_iter().flatten().cloned().collect();
    let format = matches.get_one::<String>("from").and_then(|id| catalog::by_id(id));
    let choices = pairs(matches, "read")?;
    let now = now();
    let quiet = matches.get_flag("quiet");
    let mut input = Input { workspace: Workspace::default(), now, read: Vec::new(), refused: 0, taken: Vec::new() };
    let mut files = Vec::new();
    for opened in paths.iter().flat_map(|path| open(path)) {
        match opened {
            Ok(file) => files.push(file),
            Err(why) => {
                input.refused += 1;
                tell::failure(&why);
            }
        }
    }
    let (mut groups, unknown) = catalog::group(&files, format);
    for file in unknown {
        input.refused += 1;
        let why = if file.text.trim().is_empty() {
            "it is empty"
        } else if markup::is_page(file.text.as_bytes(), &file.name) {
            "it is a web page, which takes a browser to read: open it in the annotator's page, and export from there"
        } else {
            "it looks like no format that is known here; --from says which one it is, `annotator formats` lists them"
        };
        tell::refusal(&file.name, &catalog::Refusal::new(why));
    }
    // Files without texts need the articles of the others.
    groups.sort_by_key(|group| group.format.may_lack_texts());
    check_choices(&groups, &choices)?;
    for group in &groups {
        let blank = Workspace::default();
        let here = if together || group.format.may_lack_texts() { None } else { Some(&blank) };
        input.take(group, here, &choices, quiet);
    }
    Ok(input)
}

impl Input {
    /// Reads a file and imports what is in it. It is read against `alone` where that is given, else against all
    /// that was read before.
    fn take(&mut self, group: &Group<'_>, alone: Option<&Workspace>, choices: &[(String, String)], quiet: bool) {
        let Some(reads) = &group.format.reads else { return };
        let name = group.files.first().map_or("", |file| &file.name);
        let mut options = Options::of(reads.options);
        for (id, value) in choices {
            // Of several formats, each takes what it knows; that one of them does was checked.
            let _ = options.set(id, value);
        }
        let progress = tell::Progress::of(name, "read");
        let hear = |part| progress.hear(part);
        let here = alone.unwrap_or(&self.workspace);
        let context = Context { here, taken: &self.taken, now: &self.now, options: &options, progress: &hear };
        let reading = (reads.read)(&group.files, &context);
        drop(progress);
        let reading = match reading {
            Ok(reading) => reading,
            Err(why) => {
                self.refused += 1;
                return tell::refusal(name, &why);
            }
        };
        self.taken.extend(reading.nobodys());
        let plan = formats::plan(&reading, &self.workspace, &self.writer(), &self.now);
        let mut read = ReadFile {
            name: name.to_owned(),
            format: group.format,
            articles: reading.articles.len(),
            annotations: reading.counts.kept,
            moved: reading.counts.moved,
            set_aside: if alone.is_none() { plan.summary.set_aside } else { reading.counts.set_aside },
            warnings: 0,
        };
        let of_plan = if alone.is_none() { &plan.issues[..] } else { &[] };
        for issue in reading.issues.iter().chain(of_plan) {
            read.warnings += usize::from(issue.severity != Severity::Note);
            if !quiet || issue.severity != Severity::Note {
                tell::issue(name, issue);
            }
            if issue.severity == Severity::Error && read.set_aside == 0 {
                read.set_aside = 1;
            }
        }
        self.workspace.apply_all(&plan.changes);
        self.workspace.next_id = plan.next_id;
        self.read.push(read);
    }

    /// Who makes the ids that are made anew.
    fn writer(&self) -> WriterId {
        let names: Vec<&str> = self.read.iter().map(|file| file.name.as_str()).collect();
        let hash = TextHash::of(&format!("{} {}", self.now, names.join(" ")));
        WriterId::new(hash.as_str().get(..8).unwrap_or_default())
    }
}

/// Whether some format that is read knows each choice.
fn check_choices(groups: &[Group<'_>], choices: &[(String, String)]) -> Result<(), Failure> {
    for (id, value) in choices {
        let set = |group: &Group<'_>| {
            let options = group.format.reads.as_ref().map_or(&[][..], |reads| reads.options);
            Options::of(options).set(id, value)
        };
        let mut results = groups.iter().map(set);
        if let Some(Err(why)) = results.next()
            && !results.any(|result| result.is_ok())
        {
            return Err(format!("--read: {why}"));
        }
    }
    Ok(())
}

/// The file at a path, or all that are in it where it is an archive.
fn open(path: &Path) -> Vec<Result<InFile, Failure>> {
    let (name, bytes) = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        (STDIN.to_owned(), std::io::stdin().read_to_end(&mut bytes).map(|_| bytes))
    } else {
        (path.display().to_string(), std::fs::read(path))
    };
    match bytes {
        Err(_) if path.is_dir() => {
            vec![Err(format!("{name} is a folder; name its files, as in {}", path.join("*").display()))]
        }
        Err(why) => vec![Err(format!("{name} can't be read: {why}"))],
        Ok(bytes) if zip::is_zip(&bytes) => match archive::unpack(&name, &bytes) {
            Ok(files) => files.into_iter().map(|(name, bytes)| decoded(name, &bytes?)).collect(),
            Err(why) => vec![Err(why)],
        },
        Ok(bytes) => vec![decoded(name, &bytes)],
    }
}

fn decoded(name: String, bytes: &[u8]) -> Result<InFile, Failure> {
    let (text, encoding) =
        decode::decode(bytes).map_err(|looks_like| format!("{name} can't be read: it looks like {looks_like}"))?;
    Ok(InFile { name, text, encoding: encoding.to_owned() })
}

/// The values of an argument as pairs.
pub(super) fn pairs(matches: &ArgMatches, name: &str) -> Result<Vec<(String, String)>, Failure> {
    let pair = |given: &String| match given.split_once('=') {
        Some((id, value)) => Ok((id.to_owned(), value.to_owned())),
        None => Err(format!("--{name} {given}: expected NAME=VALUE")),
    };
    matches.get_many::<String>(name).into_iter().flatten().map(pair).collect()
}

/// The time; that of `SOURCE_DATE_EPOCH` where it is set, so that the same files give the same bytes.
fn now() -> Timestamp {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<u64>().ok());
    let milliseconds = match fixed {
        Some(seconds) => seconds.saturating_mul(1_000),
        None => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |past| past.as_millis() as u64),
    };
    moment(milliseconds)
}

/// A moment by the milliseconds since the start of Unix time, by the proleptic Gregorian calendar.
fn moment(milliseconds: u64) -> Timestamp {
    const DAY: u64 = 86_400_000;
    let (days, rest) = (milliseconds / DAY, milliseconds % DAY);
    // Years of 365 days begin in March of the year 0, so that the day that comes now and then is their last.
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    let (hours, minutes, seconds) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60);
    let text = format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{:03}Z", rest % 1_000);
    Timestamp::parse(&text).unwrap_or_else(Timestamp::unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400, "2000-02-29T00:00:00.000Z"),
            (951_868_799, "2000-02-29T23:59:59.000Z"),
            (1_709_164_800, "2024-02-29T00:00:00.000Z"),
            (4_107_542_400, "2100-03-01T00:00:00.000Z"),
            (1_798_761_599, "2026-12-31T23:59:59.000Z"),
            (u64::MAX / 1_000, "1970-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(moment(seconds * 1_000).as_str(), expected, "{seconds}");
        }
    }
}
