//! Files on their way to the disk: all of them or none, and none by half.
//!
//! Each is written beside its place under another name, and put there only once all are complete. What stood there before
//! stays until then, be it the very file that was read. What is no file, such as `/dev/stdout` or a pipe, is written to
//! as it is.

use crate::cli::Failure;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes files. Those that are there already are overwritten only by `force`.
pub(super) fn save(files: &[(PathBuf, &[u8])], force: bool) -> Result<(), Failure> {
    if let Some((path, _)) = files.iter().find(|(path, _)| !force && path.exists() && !is_stream(path)) {
        return Err(format!("{} is there already; --force overwrites it", path.display()));
    }
    let mut staged = Staged(Vec::new());
    for (path, bytes) in files {
        staged.write(path, bytes).map_err(|why| {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists());
            let why = folder
                .map_or(why.to_string(), |folder| format!("there is no folder {}; make it first", folder.display()));
            format!("{} can't be written: {why}", path.display())
        })?;
    }
    staged.put()
}

/// Whether something is there that is written to, but not as a file.
fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir())
}

/// Complete files under other names, each with its place; what is left of them goes when this does.
struct Staged(Vec<(PathBuf, PathBuf)>);

impl Staged {
    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if is_stream(path) {
            return fs::write(path, bytes);
        }
        // A link stays one: what it leads to is written.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let there = match fs::metadata(&place) {
            Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
            there => there.ok(),
        };
        let beside = place.with_file_name(format!(".annotator-{}-{}", std::process::id(), self.0.len()));
        let mut file = File::create_new(&beside)?;
        self.0.push((beside, place));
        file.write_all(bytes)?;
        if let Some(there) = there {
            file.set_permissions(there.permissions())?;
        }
        file.sync_all()
    }

    fn put(&mut self) -> Result<(), Failure> {
        for (beside, place) in std::mem::take(&mut self.0) {
            fs::rename(&beside, &place).map_err(|why| {
                let _ = fs::remove_file(&beside);
                format!("{} can't be written: {why}", place.display())
            })?;
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (beside, _) in &self.0 {
            // Nothing more can be done about one that stays.
            let _ = fs::remove_file(beside);
        }
    }
}
