//! What everything starts from: valid files, hostile words, and input that once broke something, or might.

use crate::readers::{READERS, Reader};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// Something of everything in two short articles.
pub const SMALL: &str = include_str!("../../tests/project_file/small.expected.json");
/// A morning's work on a real article.
pub const MEALS: &str = include_str!("../../tests/e2e/expected/meals-pilot.json");
/// The least that is a project file.
pub const NOTHING: &str = "{\"format\":\"annotator-project\",\"version\":1,\"articles\":[],\"sheets\":[]}";
/// Articles.
pub const TEXTS: [&str; 2] =
    [include_str!("../../seeds/festival-sign.txt"), include_str!("../../seeds/meals-pilot.txt")];

/// Words that were made to do harm, each with its name.
pub fn hostile() -> Vec<(String, String)> {
    let list: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(include_str!("../../tests/hostile.json")).expect("an object of texts");
    list.into_iter().map(|(name, text)| (name, text.as_str().unwrap_or_default().to_owned())).collect()
}

/// Where input is kept that broke something, or might.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The files of the corpus by their names, in order.
pub fn files() -> Result<Vec<(String, Vec<u8>)>> {
    let folder = folder();
    let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        files.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), std::fs::read(&path)?));
    }
    files.sort();
    Ok(files)
}

/// What mutations start from.
pub struct Corpus {
    /// Every file and all hostile words, whatever they are for.
    pub all: Vec<Vec<u8>>,
    seeds: Vec<Vec<Vec<u8>>>,
}

impl Corpus {
    /// Reads and makes all of it.
    pub fn load() -> Result<Self> {
        let files = files()?.into_iter().map(|(_, bytes)| bytes);
        let all = files.chain(hostile().into_iter().map(|(_, text)| text.into_bytes())).collect();
        Ok(Self { all, seeds: READERS.iter().map(|reader| (reader.seeds)()).collect() })
    }

    /// Valid input of a reader.
    pub fn seeds(&self, reader: &Reader) -> &[Vec<u8>] {
        let known = READERS.iter().zip(&self.seeds).find(|(known, _)| known.name == reader.name);
        known.map_or(&self.all, |(_, seeds)| seeds)
    }
}
