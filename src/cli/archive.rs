//! Zip archives on the command line: what is in one is read as if each of its files had been named; several files are
//! written to one where the output's name ends in `.zip`.

use crate::cli::Failure;
use crate::formats::file::OutFile;
use crate::limits;
use crate::model::Timestamp;
use crate::zip;
use std::path::Path;

/// How many bytes all files of an archive may have together.
const MOST: u64 = 4 * limits::FILE_BYTES as u64;

/// Whether a name is that of an archive.
pub(super) fn is_named(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// A file of an archive: its name, and its content or why it can't be read.
type Unpacked = (String, Result<Vec<u8>, Failure>);

/// The files in an archive; why none of them can be read.
pub(super) fn unpack(name: &str, archive: &[u8]) -> Result<Vec<Unpacked>, Failure> {
    let entries = zip::read(archive).map_err(|why| format!("{name} can't be read: {why}"))?;
    if entries.iter().any(|entry| entry.name == "[Content_Types].xml" || entry.name == "mimetype") {
        return Err(format!(
            "{name} can't be read: it looks like an Office document; save its text as a text file first"
        ));
    }
    let size: u64 = entries.iter().map(|entry| u64::from(entry.size)).sum();
    if size > MOST {
        let most = MOST >> 20;
        return Err(format!(
            "{name} can't be read: its files have more than {most} MB, the most that fit; unpack it first"
        ));
    }
    let file = |entry: zip::Entry<'_>| {
        let name = format!("{name}/{}", entry.name);
        let content = entry.content().map(|bytes| bytes.into_owned());
        let content = content.map_err(|why| format!("{name} can't be read: {why}"));
        (name, content)
    };
    Ok(entries.into_iter().map(file).collect())
}

/// Files as one archive.
pub(super) fn pack(files: &[OutFile], now: &Timestamp) -> Result<Vec<u8>, Failure> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|file| (file.name.as_str(), file.text.as_bytes())).collect();
    zip::write(&files, now).ok_or_else(|| "this is more than fits into one archive; write to a folder instead".into())
}
