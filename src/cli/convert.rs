//! `annotator convert`: any files in, one format out.

use crate::cli::{FAILED, FINE, Failure, INCOMPLETE, archive, input, print, save, tell};
use crate::formats::catalog::{self, FORMATS, Format, Job, Written};
use crate::formats::file::{self, OutFile};
use crate::formats::loss::Fate;
use crate::formats::options::Options;
use crate::model::Timestamp;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// What the files' names begin with where nothing gives them one.
const STEM: &str = "annotations";

pub(super) fn run(matches: &ArgMatches) -> Result<u8, Failure> {
    let output = matches.get_one::<PathBuf>("output").filter(|path| path.as_os_str() != "-");
    let format = format(matches, output.map(PathBuf::as_path))?;
    let options = options(matches, format)?;
    let input = input::read(matches, true)?;
    if input.read.is_empty() {
        return Ok(FAILED);
    }
    let strict = matches.get_flag("strict");
    let stem = stem(&input, output.map(PathBuf::as_path));
    let generator = concat!("annotator ", env!("CARGO_PKG_VERSION"));
    let progress = tell::Progress::of(format.name, "written");
    let hear = |part| progress.hear(part);
    let job = Job { options: &options, exported: &input.now, generator, stem: &stem, progress: &hear };
    let Some(Written { files, loss }) = catalog::write(format, &input.workspace, &job) else {
        return Err(format!("{} is only read", format.name));
    };
    drop(progress);
    let choices: Vec<_> = format.writes.iter().flat_map(|writes| writes.options).map(|choice| choice.id).collect();
    if !matches.get_flag("quiet") {
        tell::loss(&loss, format.name, &choices);
    }
    let is_lost = loss.lines.iter().any(|line| line.fate == Fate::LeftOut);
    if strict && (is_lost || input.is_incomplete() || input.has_warnings()) {
        tell::failure("nothing was written, since --strict allows no loss and no warning");
        return Ok(INCOMPLETE);
    }
    match output {
        None => to_stdout(&files)?,
        Some(path) if archive::is_named(path) => to_archive(path, &files, &input.now, matches.get_flag("force"))?,
        Some(path) => to_files(path, &files, matches.get_flag("force"))?,
    }
    Ok(if input.is_incomplete() { INCOMPLETE } else { FINE })
}

/// The format to write: the one that was said, or the first whose files end like the output's name.
fn format(matches: &ArgMatches, output: Option<&Path>) -> Result<&'static Format, Failure> {
    if let Some(format) = matches.get_one::<String>("to").and_then(|id| catalog::by_id(id)) {
        return Ok(format);
    }
    let ending = output.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let fits = |format: &&&Format| {
        let ends = ending.as_deref().is_some_and(|ending| format.extensions.contains(&ending));
        ends && format.writes.is_some()
    };
    FORMATS.iter().find(fits).copied().ok_or_else(|| {
        "it is not said which format to write: use --to, or a name with its ending; `annotator formats` lists them"
            .into()
    })
}

fn options(matches: &ArgMatches, format: &'static Format) -> Result<Options, Failure> {
    let mut options = format.writes.as_ref().map_or_else(Options::default, |writes| Options::of(writes.options));
    for (id, value) in input::pairs(matches, "set")? {
        options.set(&id, &value).map_err(|why| format!("--set: {why}"))?;
    }
    Ok(options)
}

/// What the names of files begin with: the output's name, else that of the only input.
fn stem(input: &input::Input, output: Option<&Path>) -> String {
    let of_output = output.filter(|path| !is_folder(path)).and_then(Path::file_name);
    if let Some(name) = of_output {
        return file::stem(&name.to_string_lossy()).to_owned();
    }
    match input.read.as_slice() {
        [only] if only.name != input::STDIN => file::stem(&only.name).to_owned(),
        _ => STEM.to_owned(),
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

fn to_stdout(files: &[OutFile]) -> Result<(), Failure> {
    let [file] = files else {
        let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
        return Err(format!(
            "these are {} files ({}), which can't go to standard output; name a folder or a .zip with --output",
            files.len(),
            names.join(", "),
        ));
    };
    print(&file.text)
}

/// Writes files into an archive.
fn to_archive(output: &Path, files: &[OutFile], now: &Timestamp, force: bool) -> Result<(), Failure> {
    save::save(&[(output.to_owned(), &archive::pack(files, now)?)], force)
}

/// Writes files: a single one under the name that was given, several beside each other.
fn to_files(output: &Path, files: &[OutFile], force: bool) -> Result<(), Failure> {
    let is_folder = is_folder(output);
    let folder = if is_folder { output } else { output.parent().unwrap_or(Path::new("")) };
    let single = files.len() == 1 && !is_folder;
    if is_folder {
        std::fs::create_dir_all(folder).map_err(|why| format!("{} can't be made: {why}", folder.display()))?;
    }
    let path = |file: &OutFile| if single { output.to_owned() } else { folder.join(&file.name) };
    let files: Vec<_> = files.iter().map(|file| (path(file), file.text.as_bytes())).collect();
    save::save(&files, force)
}
