//! A profile of a browser that lives through many starts and hard ends, and what must be in it: each start is judged by
//! what was reported before.

use crate::acts::Begun;
use crate::browser::Browser;
use crate::hands::Reach;
use crate::ledger::{Ledger, State, Verdict};
use crate::plan::Plan;
use crate::site::{Kind, Site};
use anyhow::{Context, Result, bail};
use fastrand::Rng;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::timeout;

/// The browser comes to the page within this time, or it hangs.
const COMING: Duration = Duration::from_secs(60);
/// The app opens within this time, or it counts as not opening.
const OPENING: Duration = Duration::from_secs(30);

/// A profile.
pub struct Profile<'a> {
    plan: &'a Plan<'a>,
    seed: u64,
    folder: TempDir,
    /// The site, whose port is part of what browsers keep.
    pub site: Site,
    /// All chance in these trials.
    pub chance: Rng,
    visit: usize,
    ledger: Ledger,
    /// How much of what was called saved may have been changed without anybody having heard of it.
    unheard: Reach,
    events: Vec<String>,
}

/// How far the page came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The app can be used.
    Yes,
    /// The browser did not even come to the page.
    Hung,
}

/// What was reported of a visit.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// What is to be said of what it opened on; nothing where it did not open.
    pub verdict: Option<Verdict>,
    /// What the page said of keeping things.
    pub said: Vec<String>,
    /// How many changes there were.
    pub changes: usize,
    /// How many things, new or changed, came to be called saved.
    pub saved: usize,
}

impl<'a> Profile<'a> {
    /// A new one in a folder.
    pub fn new(plan: &'a Plan<'a>, seed: u64, folder: TempDir) -> Result<Self> {
        Ok(Self {
            plan,
            seed,
            folder,
            site: Site::serve(plan.dist, &Path::new(env!("CARGO_MANIFEST_DIR")).join("pages"))?,
            chance: Rng::with_seed(seed),
            visit: 0,
            ledger: Ledger::default(),
            unheard: Reach::Nothing,
            events: Vec::new(),
        })
    }

    /// Where the browser keeps what it keeps.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// The number of the visit.
    pub fn visit(&self) -> usize {
        self.visit
    }

    /// Begins the next visit: a browser that shows nothing yet.
    pub async fn start(&mut self) -> Result<(Browser, String)> {
        self.visit += 1;
        let browser = Browser::start(self.plan.engine, self.folder.path()).await?;
        Ok((browser, self.site.visit(self.visit)))
    }

    /// Goes to the page and waits until the app can be used.
    pub async fn open(&self, browser: &mut Browser, address: &str) -> Result<Opened> {
        let come = async {
            browser.go(address).await?;
            self.site.until(|visit| visit.come).await;
            anyhow::Ok(())
        };
        match timeout(COMING, come).await {
            Ok(come) => come?,
            Err(_) => return Ok(Opened::Hung),
        }
        timeout(OPENING, self.site.until(|visit| visit.open)).await.context("the app does not open")?;
        Ok(Opened::Yes)
    }

    /// Takes in what was reported of the visit, which is over. What it opened on is judged by what was before.
    pub fn hear(&mut self, begun: Option<Begun>) -> Result<Heard> {
        self.site.settle()?;
        let before = self.ledger.clone();
        let mut heard = Heard::default();
        let reports = self.site.reports(self.visit);
        // Without the report of what it opened on, the others can't be judged, and so don't count either.
        let is_judged = reports.iter().any(|report| report.kind == Kind::Open);
        for report in reports {
            heard.changes += usize::from(report.kind == Kind::Change);
            match report.kind {
                Kind::Open => heard.verdict = Some(self.judge(State::read(&report.body)?)),
                Kind::Change | Kind::Chip if is_judged => {
                    self.ledger.note(State::read(&report.body)?, report.chip == "saved");
                }
                Kind::Change | Kind::Chip => self.unheard = Reach::Any,
                Kind::Said => heard.said.extend(report.body.lines().map(str::to_owned)),
                Kind::Come => {}
            }
        }
        if let Some(begun) = begun
            && self.unheard == Reach::Nothing
        {
            self.unheard = begun.unheard(heard.changes);
        }
        heard.saved = self.ledger.newer_than(&before);
        Ok(heard)
    }

    fn judge(&mut self, found: State) -> Verdict {
        let verdict = self.ledger.judge(&found, self.unheard);
        if !verdict.lost.is_empty() || !verdict.uncertain.is_empty() {
            eprintln!("seed {}, visit {}: {verdict:?}", self.seed, self.visit);
            self.event(format!("judged: {verdict:?}, {:?} unheard", self.unheard));
        }
        self.ledger.note(found, false);
        self.unheard = Reach::Nothing;
        verdict
    }

    /// Notes what happened, for whoever looks for a cause.
    pub fn event(&mut self, what: String) {
        self.events.push(format!("visit {}: {what}\n", self.visit));
    }

    /// Keeps the folder, the reports and the events. The error says where.
    pub fn keep(&self, error: anyhow::Error) -> Result<()> {
        let place = self.plan.kept.join(format!("{}-{}", self.plan.engine.word(), self.seed));
        fs::create_dir_all(&place)?;
        let mut told = String::new();
        for visit in 1..=self.visit {
            told.extend(self.site.reports(visit).iter().map(|report| format!("{visit} {report:?}\n")));
        }
        fs::write(place.join("reports.txt"), told)?;
        fs::write(place.join("events.txt"), self.events.concat())?;
        let copied = Command::new("cp").arg("-a").arg(self.folder.path()).arg(&place).status()?;
        if !copied.success() {
            bail!("the profile could not be kept in {}", place.display());
        }
        Err(error.context(format!("seed {}, visit {}; the profile is in {}", self.seed, self.visit, place.display())))
    }
}
