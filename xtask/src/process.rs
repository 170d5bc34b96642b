//! Starting other programs: every call says which program failed, how, and with which words.
//!
//! It never goes through a shell, and it never hides what a program prints unless the caller
//! asked for the text itself.

use anyhow::{Context, Result, bail};
use std::env;
use std::io::{BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Runs a program in this terminal and fails unless it ends with success.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("could not start `{}`", line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a program quietly and gives back what it printed; its complaints become the error.
pub fn capture(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("could not start `{}`", line(command)))?;
    if !output.status.success() {
        bail!("`{}` failed ({}): {}", line(command), output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a program in this terminal and also keeps those lines of its output that `keep` wants.
pub fn run_and_keep(command: &mut Command, keep: impl Fn(&str) -> bool) -> Result<Vec<String>> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("could not start `{}`", line(command)))?;
    let mut kept = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).unwrap_or(0) > 0 {
            let text = String::from_utf8_lossy(&bytes);
            print!("{text}");
            if keep(text.trim_end()) {
                kept.push(text.trim_end().to_owned());
            }
            bytes.clear();
        }
    }
    let status = child.wait().with_context(|| format!("lost sight of `{}`", line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(kept)
}

/// The command as a person would type it.
pub fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| {
            let word = word.to_string_lossy();
            if word.is_empty() || word.contains([' ', '"', '\'']) { format!("{word:?}") } else { word.into_owned() }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first of these programs that PATH knows.
pub fn find_on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names.iter().find_map(|name| {
        env::split_paths(&path)
            .filter(|folder| folder.is_absolute())
            .map(|folder| folder.join(with_suffix(name)))
            .find(|file| file.is_file())
    })
}

/// The command that npm's own script is started with: a `.cmd` file on Windows.
pub fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// The file name of a program on this system.
pub fn with_suffix(name: &str) -> String {
    if name.ends_with(env::consts::EXE_SUFFIX) || Path::new(name).extension().is_some() {
        name.to_owned()
    } else {
        format!("{name}{}", env::consts::EXE_SUFFIX)
    }
}

/// Says what comes next, so that no long step is silent.
pub fn say(text: &str) {
    eprintln!("{} {text}", bold("==>"));
}

/// A word that stands out where the terminal can show it.
pub fn bold(word: &str) -> String {
    let plain = env::var_os("NO_COLOR").is_some() || !std::io::stderr().is_terminal();
    if plain { word.to_owned() } else { format!("\u{1b}[1m{word}\u{1b}[0m") }
}
