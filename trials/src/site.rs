//! The release site on a port of its own, with the page that watches it, and what that page reports.
//!
//! Whatever is known of the app's work is known here, outside the browser. Nothing is judged here.

use crate::http::{Answer, Request, Server};
use anyhow::Result;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::watch;

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The app has read what it keeps.
    Open,
    /// Something changed.
    Change,
    /// The chip says something else.
    Chip,
    /// The page says something.
    Said,
    /// The page of the app has come, the app not yet.
    Come,
}

/// What the watching page reported.
#[derive(Clone, Debug)]
pub struct Report {
    /// What it is about.
    pub kind: Kind,
    /// What the chip said; nothing where that was not looked at.
    pub chip: String,
    /// The project file, or what the page says.
    pub body: String,
    /// When it came.
    pub at: Instant,
}

/// How far a visit has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Whether the page of the app has come.
    pub come: bool,
    /// Whether the app has opened.
    pub open: bool,
    /// How many changes there were.
    pub changes: usize,
    /// How often the chip was found to say that all is saved, the opening included.
    pub saves: usize,
    /// How often it was found to say that something is not saved.
    pub failures: usize,
    /// Whether it was last found to say that all is saved, and nothing changed since.
    pub is_saved: bool,
}

/// What was reported, by the number of the visit and the number of the report in it.
type Reports = BTreeMap<(usize, usize), Report>;

/// The site, served for as long as the program runs: its port must stay, since what a browser keeps hangs on it.
pub struct Site {
    server: Server,
    heard: Heard,
}

#[derive(Clone, Default)]
struct Heard {
    reports: Arc<Mutex<Reports>>,
    /// Of the visit with this number.
    progress: watch::Sender<(usize, Progress)>,
}

impl Site {
    /// Serves the release site in a folder below a free port.
    pub fn serve(dist: &Path, pages: &Path) -> Result<Self> {
        let heard = Heard::default();
        let (dist, pages, hearing) = (dist.to_owned(), pages.to_owned(), heard.clone());
        let server = Server::start(move |request| hearing.answer(request, &dist, &pages))?;
        Ok(Self { server, heard })
    }

    /// The port, which is part of the names under which browsers keep things.
    pub fn port(&self) -> u16 {
        self.server.port()
    }

    /// Begins a visit; gives the address to go to.
    pub fn visit(&self, number: usize) -> String {
        self.heard.progress.send_replace((number, Progress::default()));
        format!("http://127.0.0.1:{}/harness.html?visit={number}", self.port())
    }

    /// Waits until the visit has come to where a condition holds.
    pub async fn until(&self, holds: impl Fn(&Progress) -> bool) -> Progress {
        let mut progress = self.heard.progress.subscribe();
        let came = progress.wait_for(|(_, progress)| holds(progress)).await;
        came.map_or_else(|_| Progress::default(), |seen| seen.1)
    }

    /// How far the visit has come.
    pub fn progress(&self) -> Progress {
        self.heard.progress.borrow().1
    }

    /// Waits until all that browsers have sent so far is known.
    pub fn settle(&self) -> Result<()> {
        self.server.settle()
    }

    /// What was reported of a visit, in order.
    pub fn reports(&self, visit: usize) -> Vec<Report> {
        self.heard.lock().range((visit, 0)..(visit + 1, 0)).map(|(_, report)| report.clone()).collect()
    }
}

impl Heard {
    fn lock(&self) -> MutexGuard<'_, Reports> {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: Request, dist: &Path, pages: &Path) -> Answer {
        let (path, query) = request.address.split_once('?').unwrap_or((&request.address, ""));
        if path == "/report" {
            self.take(query, &request.body)?;
            return Some(("text/plain", Vec::new()));
        }
        let file = file(path, dist, pages)?;
        Some((e2e::server::kind(&file), fs::read(file).ok()?))
    }

    fn take(&self, query: &str, body: &str) -> Option<()> {
        let given: BTreeMap<&str, &str> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let number = |name: &str| given.get(name)?.parse::<usize>().ok();
        let kind = match *given.get("kind")? {
            "open" => Kind::Open,
            "change" => Kind::Change,
            "chip" => Kind::Chip,
            "said" => Kind::Said,
            "come" => Kind::Come,
            _ => return None,
        };
        let (visit, chip) = (number("visit")?, (*given.get("chip")?).to_owned());
        let (is_saved, is_failed) = (chip == "saved", chip == "failed");
        self.lock()
            .insert((visit, number("number")?), Report { kind, chip, body: body.to_owned(), at: Instant::now() });
        self.progress.send_if_modified(|(current, progress)| {
            let is_now = *current == visit;
            if is_now {
                progress.come |= kind == Kind::Come;
                progress.open |= kind == Kind::Open;
                progress.changes += usize::from(kind == Kind::Change);
                progress.saves += usize::from(is_saved);
                progress.failures += usize::from(is_failed);
                if matches!(kind, Kind::Change | Kind::Chip) {
                    progress.is_saved = is_saved;
                }
            }
            is_now
        });
        Some(())
    }
}

/// The file behind a path: those of the release site are in its folder.
fn file(path: &str, dist: &Path, pages: &Path) -> Option<PathBuf> {
    let (folder, name) = match path.strip_prefix("/site/") {
        Some("") => (dist, "index.html"),
        Some(name) => (dist, name),
        None => (pages, path.strip_prefix('/')?),
    };
    let name = Path::new(name);
    let inside = name.components().all(|part| matches!(part, Component::Normal(_)));
    inside.then(|| folder.join(name)).filter(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_and_the_page_that_watches_it_are_served_and_nothing_else() {
        let (dist, pages) = (Path::new(env!("CARGO_MANIFEST_DIR")), Path::new("pages"));
        assert_eq!(file("/site/Cargo.toml", dist, pages), Some(dist.join("Cargo.toml")));
        assert_eq!(file("/harness.html", dist, pages), Some(pages.join("harness.html")));
        for path in ["/site/../Cargo.toml", "/site//etc/hosts", "/", "/none", "site/Cargo.toml"] {
            assert_eq!(file(path, dist, pages), None, "{path}");
        }
    }
}
