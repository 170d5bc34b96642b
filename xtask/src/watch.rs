//! Waiting until a source changes.
//!
//! It never builds, and what the build itself writes does not wake it.

use anyhow::{Context, Result, bail};
use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// Folders of sources, with all that is in them.
const FOLDERS: &[&str] = &["src", "static", "seeds"];

/// Sources that stand at the top of the repository.
const FILES: &[&str] = &["index.html", "Cargo.toml"];

/// Editors save in several steps; this long nothing more must come.
const QUIET: Duration = Duration::from_millis(150);

/// A watch over the sources.
pub struct Sources {
    root: PathBuf,
    events: Receiver<notify::Result<notify::Event>>,
    /// Watching ends when this is dropped.
    _watcher: RecommendedWatcher,
}

impl Sources {
    /// Starts to watch.
    pub fn of(root: &Path) -> Result<Self> {
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(sender).context("this system cannot watch files")?;
        let watch = |watcher: &mut RecommendedWatcher, path: &Path, mode| {
            watcher.watch(path, mode).with_context(|| format!("could not watch {}", path.display()))
        };
        // The folder, not the files in it: editors put a new file in the place of the old one.
        watch(&mut watcher, root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS {
            let folder = root.join(folder);
            if folder.is_dir() {
                watch(&mut watcher, &folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(Self { root: root.to_path_buf(), events, _watcher: watcher })
    }

    /// Waits for a change, and then until all is quiet; gives back a file that changed.
    pub fn wait(&self) -> Result<PathBuf> {
        let mut changed = None;
        loop {
            let event = match &changed {
                None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(_) => self.events.recv_timeout(QUIET),
            };
            match event {
                Ok(Ok(event)) if is_change(&event.kind) => {
                    let of_ours = event.paths.into_iter().find(|path| self.is_source(path));
                    changed = of_ours.or(changed);
                }
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(path) = changed {
                        return Ok(path);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => bail!("watching the sources ended"),
            }
        }
    }

    fn is_source(&self, path: &Path) -> bool {
        path.strip_prefix(&self.root).is_ok_and(is_source)
    }
}

/// Whether the content may be another one now.
fn is_change(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)))
}

/// Whether the site is made from this file, named from the top of the repository.
fn is_source(path: &Path) -> bool {
    let mut parts = path.iter().map(|part| part.to_string_lossy());
    let Some(first) = parts.next() else {
        return false;
    };
    let Some(last) = path.file_name().map(|name| name.to_string_lossy()) else {
        return false;
    };
    // What editors keep beside a file.
    if last.starts_with(['.', '#']) || last.ends_with(['~', '#']) || last.ends_with(".swp") {
        return false;
    }
    match parts.next() {
        None => FILES.contains(&first.as_ref()),
        Some(_) => FOLDERS.contains(&first.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_wake_it_and_nothing_else_does() {
        for path in ["src/web/mod.rs", "static/app.css", "seeds/a.txt", "index.html"] {
            assert!(is_source(Path::new(path)), "{path}");
        }
        for path in ["Cargo.lock", "target/debug/x", "dist/index.html", "src/.mod.rs.swp", "src/mod.rs~", "src", ""] {
            assert!(!is_source(Path::new(path)), "{path}");
        }
    }
}
