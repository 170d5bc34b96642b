//! Ending a browser as a power switch would: its whole tree of processes at once, without a word.
//!
//! Only what descends from a process that was started here, or was given the folder that was made for it, is ended.

use anyhow::{Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// The system needs a moment to take processes away.
const LIMIT: Duration = Duration::from_secs(10);

/// Ends a process with all its descendants, and whatever has a folder among its words or in its environment: what was
/// started while its parent was ended has no other mark. Waits until none is left.
pub fn kill(root: Option<u32>, folder: &Path) -> Result<()> {
    let begun = Instant::now();
    let mut known: BTreeSet<i32> = root.map(|id| id as i32).into_iter().collect();
    loop {
        let all = processes();
        let told = |id: i32, of| fs::read(format!("/proc/{id}/{of}")).is_ok_and(|words| holds(&words, folder));
        known.extend(all.keys().copied().filter(|&id| told(id, "cmdline") || told(id, "environ")));
        known = with_descendants(known, &all);
        // The number of one that is gone may soon be another's.
        known.retain(|id| all.contains_key(id));
        if known.is_empty() {
            return Ok(());
        }
        for &id in &known {
            // One that is gone already is what is wanted.
            let _ = Pid::from_raw(id).map(|pid| kill_process(pid, Signal::KILL));
        }
        if begun.elapsed() > LIMIT {
            bail!("some processes of {} do not end", folder.display());
        }
        std::thread::yield_now();
    }
}

/// The parent of each process that runs; those that only wait to be counted as ended are left out.
fn processes() -> BTreeMap<i32, i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    ids.filter_map(|id| Some((id, parent(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)?))).collect()
}

/// From `id (name) state parent …`, where the name may hold anything.
fn parent(stat: &str) -> Option<i32> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut words = rest.split_whitespace();
    let state = words.next()?;
    if matches!(state, "Z" | "X") { None } else { words.next()?.parse().ok() }
}

fn with_descendants(mut known: BTreeSet<i32>, all: &BTreeMap<i32, i32>) -> BTreeSet<i32> {
    loop {
        let before = known.len();
        let children: Vec<i32> = all.iter().filter(|(_, parent)| known.contains(parent)).map(|(id, _)| *id).collect();
        known.extend(children);
        if known.len() == before {
            return known;
        }
    }
}

fn holds(words: &[u8], folder: &Path) -> bool {
    let name = folder.as_os_str().as_encoded_bytes();
    words.windows(name.len()).any(|part| part == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn a_name_with_brackets_does_not_hide_the_parent() {
        assert_eq!(parent("7 (a) b) S 3 7 7"), Some(3));
        assert_eq!(parent("7 (gone) Z 3 7 7"), None);
    }

    #[test]
    fn a_shell_is_ended_with_what_it_started() -> Result<()> {
        let mut shell = Command::new("sh").args(["-c", "sleep 1000 & sleep 1000"]).spawn()?;
        let id = shell.id() as i32;
        let tree = || with_descendants(BTreeSet::from([id]), &processes());
        while tree().len() < 3 {
            std::thread::yield_now();
        }
        let before = tree();
        kill(Some(shell.id()), Path::new("/a folder that nothing names"))?;
        shell.wait()?;
        let after = processes();
        assert!(before.iter().all(|id| !after.contains_key(id)), "{before:?} among {after:?}");
        Ok(())
    }
}
