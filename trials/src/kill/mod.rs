//! Ending the browser at a random moment while a person works, and looking what is there after the next start.
//!
//! Profiles live on from trial to trial, so that the log grows, gets its snapshots, and is opened after more than one
//! hard end. What was called saved is known from reports outside the browser ([`crate::site`]).

mod figures;
mod moment;

use crate::browser::{Browser, Engine, Screen};
use crate::copies;
use crate::hands::{self, Act};
use crate::ledger::{Ledger, State, Verdict};
use crate::site::{Kind, Report, Site};
use anyhow::{Context, Result, bail};
use fastrand::Rng;
use figures::Figures;
use moment::Moment;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// Trials on one profile.
const ON_A_PROFILE: usize = 25;
/// The app opens within this time, or it counts as not opening.
const OPENING: Duration = Duration::from_secs(30);
/// Between two things that a person does, in milliseconds; a person is slower.
const PAUSE: std::ops::Range<u64> = 30..250;

/// What is to be done.
pub struct Plan<'a> {
    /// In which browser.
    pub engine: Engine,
    /// Where a browser without a driver is shown.
    pub screen: Option<&'a Screen>,
    /// How many trials.
    pub count: usize,
    /// Where chance begins.
    pub seed: u64,
    /// The release site.
    pub dist: &'a Path,
    /// Where what a failure left behind is kept.
    pub kept: &'a Path,
}

/// Runs trials; what comes out is handed over after each profile, with its seed. Ends at the first loss.
pub async fn run(plan: &Plan<'_>, mut tell: impl FnMut(u64, &Figures) -> Result<()>) -> Result<()> {
    let mut left = plan.count;
    let mut seed = plan.seed;
    while left > 0 {
        let count = left.min(ON_A_PROFILE);
        let mut chain = Chain::new(plan, seed)?;
        let outcome = chain.run(count).await;
        tell(seed, &chain.figures)?;
        if let Err(error) = outcome.and_then(|()| chain.check()) {
            let kept = chain.keep()?;
            return Err(error.context(format!("seed {seed}; what is left of it is in {}", kept.display())));
        }
        (left, seed) = (left - count, seed + 1);
    }
    Ok(())
}

/// Trials on one profile.
struct Chain<'a> {
    plan: &'a Plan<'a>,
    seed: u64,
    folder: tempfile::TempDir,
    site: Site,
    chance: Rng,
    visit: usize,
    ledger: Ledger,
    /// Up to which visit the reports are in the ledger.
    noted: usize,
    /// Whether something pressed may have changed what nobody heard of.
    may_differ: bool,
    figures: Figures,
}

impl<'a> Chain<'a> {
    fn new(plan: &'a Plan<'_>, seed: u64) -> Result<Self> {
        Ok(Self {
            plan,
            seed,
            folder: tempfile::Builder::new().prefix("trial-").tempdir()?,
            site: Site::serve(plan.dist, &Path::new(env!("CARGO_MANIFEST_DIR")).join("pages"))?,
            chance: Rng::with_seed(seed),
            visit: 0,
            ledger: Ledger::default(),
            noted: 0,
            may_differ: false,
            figures: Figures::default(),
        })
    }

    async fn run(&mut self, count: usize) -> Result<()> {
        for _ in 0..count {
            let moment = Moment::draw(&mut self.chance);
            self.trial(Some(moment)).await.with_context(|| format!("trial {} ({moment:?})", self.visit))?;
        }
        self.trial(None).await
    }

    /// One start: what is there is judged; then work goes on until the moment comes. Without one, it is only judged.
    async fn trial(&mut self, moment: Option<Moment>) -> Result<()> {
        self.visit += 1;
        let mut browser = Browser::start(self.plan.engine, self.plan.screen, &self.profile()?).await?;
        let address = self.site.visit(self.visit);
        let asked = Instant::now();
        let mut acts = Acts { chance: self.chance.fork(), unheard: None };
        let work = async {
            let open = async {
                browser.go(&address).await?;
                self.site.until(|visit| visit.open).await;
                anyhow::Ok(())
            };
            timeout(OPENING, open).await.context("the app does not open")??;
            match moment {
                Some(_) => acts.go_on(&browser, &self.site).await,
                None => Ok(()),
            }
        };
        match moment {
            None => work.await?,
            Some(moment) => tokio::select! {
                () = moment.comes(asked, &self.site) => {}
                ended = work => ended.context("the browser ended by itself")?,
            },
        }
        browser.kill()?;
        let unheard = acts.unheard;
        self.note(moment, unheard)?;
        self.harm()
    }

    /// Every third time, something happens to one of two copies: where all was called saved in this visit, both hold it.
    fn harm(&mut self) -> Result<()> {
        if !self.visit.is_multiple_of(3) || self.site.progress().saves == 0 {
            return Ok(());
        }
        if let [one, other] = copies::find(self.plan.engine, &self.profile()?, self.site.port())?.as_slice() {
            let copy = if self.chance.bool() { one } else { other };
            self.figures.harmed(copy.harm(&mut self.chance)?);
        }
        Ok(())
    }

    /// Takes what was reported of the visit into the ledger; what it opened on is judged before.
    fn note(&mut self, moment: Option<Moment>, unheard: Option<(Act, usize)>) -> Result<()> {
        let before = self.ledger.clone();
        let mut changes = 0;
        for (visit, report) in self.site.reports(self.noted + 1..=self.visit) {
            match report.kind {
                Kind::Open => self.judge(visit, &report)?,
                Kind::Said => self.figures.said(&report.body),
                Kind::Change | Kind::Chip => {
                    changes += usize::from(report.kind == Kind::Change);
                    self.ledger.note(State::read(&report.body)?, report.chip == "saved");
                }
            }
        }
        self.noted = self.visit;
        self.may_differ |= unheard.is_some_and(|(act, heard)| act.takes_away && heard == changes);
        if let Some(moment) = moment {
            self.figures.ended(moment.name(), changes, self.ledger.newer_than(&before));
        }
        Ok(())
    }

    fn judge(&mut self, visit: usize, report: &Report) -> Result<()> {
        let found = State::read(&report.body)?;
        let verdict = self.ledger.judge(&found, self.may_differ);
        if verdict != (Verdict { is_whole: true, acknowledged: verdict.acknowledged, ..Verdict::default() }) {
            eprintln!("seed {}, start {visit}: {verdict:?}", self.seed);
        }
        self.figures.judged(&verdict);
        self.ledger.note(found, report.chip == "saved");
        self.may_differ = false;
        Ok(())
    }

    fn profile(&self) -> Result<PathBuf> {
        let profile = self.folder.path().join("profile");
        std::fs::create_dir_all(&profile)?;
        Ok(profile)
    }

    /// Whether nothing was lost.
    fn check(&self) -> Result<()> {
        match self.figures.summary() {
            (_, _, 0) => Ok(()),
            (_, _, lost) => bail!("{lost} things that were called saved are lost"),
        }
    }

    /// Keeps the profile and the reports for whoever looks for the cause.
    fn keep(&mut self) -> Result<PathBuf> {
        let place = self.plan.kept.join(format!("{}-{}", self.plan.engine.name(), self.seed));
        std::fs::create_dir_all(&place)?;
        let told = self.site.reports(1..=self.visit);
        let told: Vec<String> = told.iter().map(|(visit, report)| format!("{visit} {report:?}\n")).collect();
        std::fs::write(place.join("reports.txt"), told.concat())?;
        let copied = std::process::Command::new("cp").arg("-a").arg(self.folder.path()).arg(&place).status()?;
        if !copied.success() {
            bail!("the profile could not be kept in {}", place.display());
        }
        Ok(place)
    }
}

/// What a person does in one visit.
struct Acts {
    chance: Rng,
    /// What was begun last, and how many changes had been heard of then.
    unheard: Option<(Act, usize)>,
}

impl Acts {
    /// Goes on until the browser is gone.
    async fn go_on(&mut self, browser: &Browser<'_>, site: &Site) -> Result<()> {
        loop {
            let act = hands::next(&mut self.chance);
            self.unheard = Some((act.clone(), site.progress().changes));
            for stroke in &act.strokes {
                browser.stroke(stroke).await?;
            }
            sleep(Duration::from_millis(self.chance.u64(PAUSE))).await;
        }
    }
}
