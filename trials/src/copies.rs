//! The copies that a browser keeps of the work, as files of its profile, and what can happen to one of them.
//!
//! Only files are touched, and only while no browser runs. That there are two copies is looked for, not believed.

use anyhow::{Context, Result};
use e2e::Engine;
use fastrand::Rng;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// One copy: a database of the browser's, with all files that belong to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    files: Vec<PathBuf>,
}

/// What happened to a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harm {
    /// All its files are gone.
    Deleted,
    /// Some bytes of a file are others.
    Overwritten,
    /// A file ends early.
    CutOff,
}

impl Harm {
    /// Its name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deleted => "deleted",
            Self::Overwritten => "overwritten",
            Self::CutOff => "cut off",
        }
    }
}

/// The copies of the work of a site on this port.
pub fn find(engine: Engine, profile: &Path, port: u16) -> Result<Vec<Copy>> {
    match engine {
        // A database of its own in the profile, and one in each of the site's storage buckets.
        Engine::Chromium => {
            let default = profile.join("Default");
            let mut places = vec![default.join(format!("IndexedDB/http_127.0.0.1_{port}.indexeddb.leveldb"))];
            places.extend(inside(&default.join("WebStorage"))?.into_iter().map(|bucket| bucket.join("IndexedDB")));
            places.retain(|place| place.is_dir());
            if places.len() > 2 {
                // Could never be opened again, and was made anew in a bucket.
                places.remove(0);
            }
            places.iter().map(|place| Copy::of(place)).collect()
        }
        // A file for each database, with companions of the same name.
        Engine::Firefox => {
            let all = inside(&profile.join(format!("storage/default/http+++127.0.0.1+{port}/idb")))?;
            let main = all.iter().filter(|file| file.extension().is_some_and(|ending| ending == "sqlite"));
            let belongs = |main: &Path, file: &Path| file.file_stem() == main.file_stem() && file.is_file();
            let copy =
                |main: &PathBuf| Copy { files: all.iter().filter(|file| belongs(main, file)).cloned().collect() };
            Ok(main.map(copy).collect())
        }
        // A folder for each database.
        Engine::WebKit => {
            let data = profile.join("data/webkitgtk-4.1/MiniBrowser/databases/indexeddb/v1");
            inside(&data.join(format!("http_127.0.0.1_{port}")))?.iter().map(|place| Copy::of(place)).collect()
        }
    }
}

/// The copies that the browser itself threw away at its last start, as damaged. Only Chromium tells.
pub fn thrown_away(engine: Engine, profile: &Path) -> Vec<String> {
    let log = match engine {
        Engine::Chromium => fs::read_to_string(profile.join("chrome_debug.log")).unwrap_or_default(),
        Engine::Firefox | Engine::WebKit => String::new(),
    };
    let (opening, ending) = ("Failed to open LevelDB database from ", ",Corruption");
    let database = |line: &str| Some(line.split_once(opening)?.1.split_once(ending)?.0.to_owned());
    log.lines().filter_map(database).collect()
}

impl Copy {
    fn of(folder: &Path) -> Result<Self> {
        let mut files = Vec::new();
        for path in inside(folder)? {
            if path.is_dir() {
                files.extend(Self::of(&path)?.files);
            } else {
                files.push(path);
            }
        }
        Ok(Self { files })
    }

    /// Does something to it, drawn by chance; says what, and to which file.
    pub fn harm(&self, chance: &mut Rng) -> Result<(Harm, String)> {
        let harm = match chance.u32(0..4) {
            0..=1 => Harm::Deleted,
            2 => Harm::Overwritten,
            _ => Harm::CutOff,
        };
        match harm {
            Harm::Deleted => {
                for file in &self.files {
                    fs::remove_file(file).with_context(|| file.display().to_string())?;
                }
                Ok((harm, format!("deleted {:?}", self.files)))
            }
            Harm::Overwritten => {
                let (file, mut bytes) = self.pick(chance)?;
                let at = chance.usize(0..bytes.len());
                let end = bytes.len().min(at + chance.usize(1..512));
                bytes[at..end].fill_with(|| chance.u8(..));
                fs::write(file, bytes)?;
                Ok((harm, format!("overwrote {at} to {end} of {}", file.display())))
            }
            Harm::CutOff => {
                let (file, bytes) = self.pick(chance)?;
                let end = chance.usize(0..bytes.len());
                fs::write(file, &bytes[..end])?;
                Ok((harm, format!("cut off {} at {end} of {}", file.display(), bytes.len())))
            }
        }
    }

    /// One of the files that hold something, with what it holds.
    fn pick(&self, chance: &mut Rng) -> Result<(&Path, Vec<u8>)> {
        let mut filled = Vec::new();
        for file in &self.files {
            let bytes = fs::read(file).with_context(|| file.display().to_string())?;
            if !bytes.is_empty() {
                filled.push((file.as_path(), bytes));
            }
        }
        let count = filled.len();
        (count > 0).then(|| filled.swap_remove(chance.usize(0..count))).context("a copy that holds nothing")
    }
}

/// What is in a folder, in the order of the names; nothing where there is no such folder.
fn inside(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>(),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Vec::new()),
        Err(error) => Err(error),
    };
    let mut entries = entries.with_context(|| folder.display().to_string())?;
    entries.sort();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(files: &[&str]) -> Result<tempfile::TempDir> {
        let folder = tempfile::tempdir()?;
        for file in files {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().context("a folder")?)?;
            fs::write(file, [7; 2_000])?;
        }
        Ok(folder)
    }

    fn names(copies: &[Copy]) -> Vec<Vec<String>> {
        let name = |file: &PathBuf| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        copies.iter().map(|copy| copy.files.iter().map(name).collect()).collect()
    }

    #[test]
    fn each_browser_keeps_its_copies_in_places_of_its_own() -> Result<()> {
        let chromium = profile(&[
            "Default/IndexedDB/http_127.0.0.1_80.indexeddb.leveldb/1.log",
            "Default/IndexedDB/http_127.0.0.1_81.indexeddb.leveldb/other.log",
            "Default/WebStorage/QuotaManager",
            "Default/WebStorage/1/IndexedDB/indexeddb.leveldb/2.log",
        ])?;
        assert_eq!(names(&find(Engine::Chromium, chromium.path(), 80)?), [["1.log"], ["2.log"]]);
        let firefox = profile(&[
            "storage/default/http+++127.0.0.1+80/idb/a.sqlite",
            "storage/default/http+++127.0.0.1+80/idb/a.sqlite-wal",
            "storage/default/http+++127.0.0.1+80/idb/b.sqlite",
            "storage/default/http+++127.0.0.1+80/idb/a.files/journals",
        ])?;
        let found = names(&find(Engine::Firefox, firefox.path(), 80)?);
        assert_eq!(found, [vec!["a.sqlite", "a.sqlite-wal"], vec!["b.sqlite"]]);
        let base = "data/webkitgtk-4.1/MiniBrowser/databases/indexeddb/v1/http_127.0.0.1_80";
        let webkit = profile(&[&format!("{base}/A/IndexedDB.sqlite3"), &format!("{base}/B/IndexedDB.sqlite3")])?;
        assert_eq!(names(&find(Engine::WebKit, webkit.path(), 80)?).len(), 2);
        assert_eq!(find(Engine::WebKit, webkit.path(), 81)?, []);
        Ok(())
    }

    #[test]
    fn what_chromium_throws_away_it_writes_down() -> Result<()> {
        let profile = tempfile::tempdir()?;
        let log = "[1:2:ERROR:backing_store.cc:237] Failed to open LevelDB database from /a/b.leveldb,Corruption: checksum \
            mismatch\n[1:2:ERROR:backing_store.cc:1502] IndexedDB recovering from a corrupted (and deleted) database.\n";
        fs::write(profile.path().join("chrome_debug.log"), log)?;
        assert_eq!(thrown_away(Engine::Chromium, profile.path()), ["/a/b.leveldb"]);
        Ok(())
    }

    #[test]
    fn harm_is_done_to_one_copy_and_of_every_kind() -> Result<()> {
        let mut seen = Vec::new();
        for seed in 0..20 {
            let firefox = profile(&["storage/default/http+++127.0.0.1+80/idb/a.sqlite", "b.sqlite"])?;
            let copies = find(Engine::Firefox, firefox.path(), 80)?;
            let (harm, _) = copies[0].harm(&mut Rng::with_seed(seed))?;
            let now = fs::read(&copies[0].files[0]).ok();
            match harm {
                Harm::Deleted => assert_eq!(now, None),
                Harm::Overwritten => assert!(now.is_some_and(|now| now.len() == 2_000 && now != [7; 2_000])),
                Harm::CutOff => assert!(now.is_some_and(|now| now.len() < 2_000)),
            }
            assert_eq!(fs::read(firefox.path().join("b.sqlite"))?, [7; 2_000]);
            seen.push(harm);
        }
        for harm in [Harm::Deleted, Harm::Overwritten, Harm::CutOff] {
            assert!(seen.contains(&harm), "{harm:?}");
        }
        Ok(())
    }
}
