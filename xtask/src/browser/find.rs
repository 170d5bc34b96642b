//! Finding programs: named in the environment, on PATH, or where installers put them.

use crate::process::find_on_path;
use anyhow::{Result, bail};
use std::env;
use std::path::PathBuf;

/// The program that the environment names, or else the first that is found.
pub fn named(variable: &str, names: &[&str], places: &[&str]) -> Result<Option<PathBuf>> {
    if let Some(path) = env::var_os(variable) {
        let path = PathBuf::from(path);
        if !path.is_file() {
            bail!("{variable} in the environment names {}, which is no file", path.display());
        }
        return Ok(Some(path));
    }
    let elsewhere = || places.iter().map(PathBuf::from).find(|path| path.is_file());
    Ok(find_on_path(names).or_else(elsewhere))
}
