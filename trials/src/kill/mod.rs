//! Ending the browser at a random moment while a person works, and looking what is there after the next start.
//!
//! Profiles live on from trial to trial, so that the log grows, gets its snapshots, and is opened after more than one
//! hard end. What was called saved is known from reports outside the browser ([`crate::site`]).

mod figures;
mod moment;

use crate::browser::Browser;
use crate::copies;
use crate::hands::{self, Act, Reach};
use crate::ledger::{Ledger, State};
use crate::site::{Kind, Site};
use anyhow::{Context, Result, bail};
use e2e::Engine;
use e2e::display::Display;
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
/// The browser comes to the page within this time, or it is ended and started once more.
const COMING: Duration = Duration::from_secs(15);
/// How often in a row.
const STUCK: usize = 3;
/// Between two things that a person does, in milliseconds; a person is slower.
const PAUSE: std::ops::Range<u64> = 30..250;

/// What is to be done.
pub struct Plan<'a> {
    /// In which browser.
    pub engine: Engine,
    /// Where a browser without a driver is shown.
    pub display: Option<&'a Display>,
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
    /// How much of what was called saved may have been changed without anybody having heard of it.
    unheard: Reach,
    figures: Figures,
    /// What happened, for whoever looks for a cause.
    events: Vec<String>,
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
            unheard: Reach::Nothing,
            figures: Figures::default(),
            events: Vec::new(),
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
        for _ in 0..STUCK {
            match self.visit(moment).await? {
                Visit::Ended => return Ok(()),
                Visit::Stuck => self.figures.stuck(),
            }
        }
        bail!("the browser does not come to the page, {STUCK} times in a row")
    }

    async fn visit(&mut self, moment: Option<Moment>) -> Result<Visit> {
        self.visit += 1;
        let mut browser = Browser::start(self.plan.engine, self.plan.display, self.folder.path()).await?;
        let address = self.site.visit(self.visit);
        let asked = Instant::now();
        let mut acts = Acts { chance: self.chance.fork(), begun: None };
        let work = async {
            let come = async {
                browser.go(&address).await?;
                self.site.until(|visit| visit.come).await;
                anyhow::Ok(())
            };
            let Ok(come) = timeout(COMING, come).await else { return anyhow::Ok(Visit::Stuck) };
            come?;
            timeout(OPENING, self.site.until(|visit| visit.open)).await.context("the app does not open")?;
            if moment.is_some() {
                acts.go_on(&browser, &self.site).await?;
            }
            Ok(Visit::Ended)
        };
        let visit = match moment {
            None => work.await?,
            Some(moment) => tokio::select! {
                () = moment.comes(asked, &self.site) => Visit::Ended,
                ended = work => ended.context("the browser ended by itself")?,
            },
        };
        browser.kill()?;
        self.site.settle()?;
        let begun = acts.begun;
        self.note(moment.filter(|_| visit == Visit::Ended), begun)?;
        self.harm()?;
        Ok(visit)
    }

    /// Every third time, something happens to one of two copies: where all was called saved in this visit, both hold it.
    fn harm(&mut self) -> Result<()> {
        if !self.visit.is_multiple_of(3) || self.site.progress().saves == 0 {
            return Ok(());
        }
        if let [one, other] =
            copies::find(self.plan.engine, &self.folder.path().join("profile"), self.site.port())?.as_slice()
        {
            let copy = if self.chance.bool() { one } else { other };
            let (harm, told) = copy.harm(&mut self.chance)?;
            self.figures.harmed(harm);
            self.events.push(format!("{} then {told}", self.visit));
        }
        Ok(())
    }

    /// Takes what was reported of the visit into the ledger; what it opened on is judged before.
    fn note(&mut self, moment: Option<Moment>, begun: Option<Begun>) -> Result<()> {
        let before = self.ledger.clone();
        let reports = self.site.reports(self.visit);
        let changes = reports.iter().filter(|report| report.kind == Kind::Change).count();
        // Without the report of what it opened on, the others can't be judged, and so don't count either.
        let is_judged = reports.iter().any(|report| report.kind == Kind::Open);
        for report in reports {
            match report.kind {
                Kind::Open => self.judge(&State::read(&report.body)?),
                Kind::Change | Kind::Chip if is_judged => {
                    self.ledger.note(State::read(&report.body)?, report.chip == "saved");
                }
                Kind::Change | Kind::Chip => self.unheard = Reach::Any,
                Kind::Said => self.figures.said(&report.body),
                Kind::Come => {}
            }
        }
        if let Some(Begun { act, heard, done }) = begun
            && (!done || act.in_steps || heard == changes)
            && self.unheard == Reach::Nothing
        {
            self.unheard = act.reach;
        }
        self.events.push(format!("{} ended: {moment:?}, {changes} changes", self.visit));
        if let Some(moment) = moment {
            self.figures.ended(moment.name(), changes, self.ledger.newer_than(&before));
        }
        Ok(())
    }

    fn judge(&mut self, found: &State) {
        let verdict = self.ledger.judge(found, self.unheard);
        if !verdict.lost.is_empty() || !verdict.uncertain.is_empty() {
            self.events.push(format!("{} judged: {verdict:?}", self.visit));
        }
        self.figures.judged(&verdict);
        self.ledger.note(found.clone(), false);
        self.unheard = Reach::Nothing;
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
        let place = self.plan.kept.join(format!("{}-{}", self.plan.engine.word(), self.seed));
        std::fs::create_dir_all(&place)?;
        let told =
            (1..=self.visit).flat_map(|visit| self.site.reports(visit).into_iter().map(move |report| (visit, report)));
        let told: Vec<String> = told.map(|(visit, report)| format!("{visit} {report:?}\n")).collect();
        std::fs::write(place.join("reports.txt"), told.concat())?;
        std::fs::write(place.join("events.txt"), self.events.join("\n"))?;
        let copied = std::process::Command::new("cp").arg("-a").arg(self.folder.path()).arg(&place).status()?;
        if !copied.success() {
            bail!("the profile could not be kept in {}", place.display());
        }
        Ok(place)
    }
}

/// How a visit came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visit {
    /// As it was meant to.
    Ended,
    /// The browser did not even come to the page.
    Stuck,
}

/// What was begun last.
struct Begun {
    act: Act,
    /// How many changes had been heard of by then.
    heard: usize,
    /// Whether all of it was handed to the browser.
    done: bool,
}

/// What a person does in one visit.
struct Acts {
    chance: Rng,
    begun: Option<Begun>,
}

impl Acts {
    /// Goes on until the browser is gone.
    async fn go_on(&mut self, browser: &Browser<'_>, site: &Site) -> Result<()> {
        loop {
            let act = hands::next(&mut self.chance);
            let begun = self.begun.insert(Begun { act, heard: site.progress().changes, done: false });
            for stroke in &begun.act.strokes {
                browser.stroke(stroke).await?;
            }
            begun.done = true;
            sleep(Duration::from_millis(self.chance.u64(PAUSE))).await;
        }
    }
}
