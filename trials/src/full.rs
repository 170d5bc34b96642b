//! A disk that fills up while a person works: the page must say soon that something is not saved, save it by itself once
//! there is room again, and lose nothing that was called saved, also where the browser is ended in between.
//!
//! The disk is a piece of memory with a limit, which only root can make.

use crate::acts::Acts;
use crate::browser::Browser;
use crate::hands;
use crate::plan::{self, Figures as _, Plan, Taker};
use crate::profile::{Opened, Profile};
use crate::site::Kind;
use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::timeout;

/// How large the disk is, in the words of `mount`.
const SIZE: &str = "size=400m";
/// Rounds on one profile.
const ON_A_PROFILE: usize = 5;
/// What is done before the disk is full, and at most while it is.
const BEFORE: usize = 5;
const MEANWHILE: usize = 30;
/// The page must say so within this time.
const SOON: Duration = Duration::from_secs(1);
/// It tries again at longer and longer intervals, at most of half a minute.
const AGAIN: Duration = Duration::from_secs(60);

/// Figures, under the words of the table.
#[derive(Clone, Debug, Default, Serialize)]
struct Figures {
    #[serde(rename = "times that the disk was full")]
    rounds: usize,
    #[serde(rename = "the page said within a second that a change is not saved")]
    soon: usize,
    #[serde(rename = "it said so later")]
    late: usize,
    #[serde(rename = "all was saved nevertheless")]
    unimpressed: usize,
    #[serde(rename = "with room again, all was saved by itself")]
    recovered: usize,
    #[serde(rename = "the browser was ended while the disk was full")]
    ended: usize,
    #[serde(rename = "articles and annotations that had to be there at the next start, added up")]
    acknowledged: usize,
    #[serde(rename = "**of these lost or changed**")]
    lost: usize,
    #[serde(rename = "unknown: the last key, of which no report came, may have changed them")]
    uncertain: usize,
    #[serde(rename = "the page said:")]
    said: BTreeMap<String, usize>,
}

impl plan::Figures for Figures {
    fn trials(&self) -> usize {
        self.rounds
    }

    fn needed_and_lost(&self) -> (usize, usize) {
        (self.acknowledged, self.lost)
    }
}

/// Runs rounds, with a seed for each profile. Ends at the first loss.
pub async fn run(plan: &Plan<'_>, taker: &mut Taker<'_>) -> Result<()> {
    let mut left = plan.count;
    let mut seed = plan.seed;
    while left > 0 {
        let count = left.min(ON_A_PROFILE);
        let disk = Disk::new()?;
        let mut trial = Trial { profile: Profile::new(plan, seed, disk.folder()?)?, figures: Figures::default() };
        let outcome = trial.run(count, &disk).await;
        taker.take(seed, &trial.figures)?;
        if let Err(error) = outcome.and_then(|()| trial.check()) {
            disk.free()?;
            return trial.profile.keep(error);
        }
        (left, seed) = (left - count, seed + 1);
    }
    Ok(())
}

struct Trial<'a> {
    profile: Profile<'a>,
    figures: Figures,
}

impl Trial<'_> {
    async fn run(&mut self, count: usize, disk: &Disk) -> Result<()> {
        for _ in 0..count {
            let (mut browser, address) = self.profile.start().await?;
            let opened = self.profile.open(&mut browser, &address).await?;
            ensure!(opened == Opened::Yes, "the browser does not come to the page");
            let mut acts = Acts::new(self.profile.chance.fork());
            self.round(&browser, &mut acts, disk).await?;
            browser.kill()?;
            disk.free()?;
            self.hear(acts)?;
        }
        let (mut browser, address) = self.profile.start().await?;
        self.profile.open(&mut browser, &address).await?;
        browser.kill()?;
        let nothing = Acts::new(self.profile.chance.fork());
        self.hear(nothing)
    }

    /// Works, fills the disk, works on until the page says that something is not saved, and makes room again; in one of
    /// two rounds the browser is ended before there is room.
    async fn round(&mut self, browser: &Browser, acts: &mut Acts, disk: &Disk) -> Result<()> {
        let site = &self.profile.site;
        for _ in 0..BEFORE {
            acts.act(hands::next(&mut self.profile.chance), browser, site).await?;
        }
        site.until(|visit| visit.is_saved).await;
        disk.fill()?;
        self.figures.rounds += 1;
        for _ in 0..MEANWHILE {
            if site.progress().failures > 0 {
                break;
            }
            acts.act(hands::next(&mut self.profile.chance), browser, site).await?;
        }
        if site.progress().failures == 0 {
            // What is still being written must come to an end of either kind.
            timeout(SOON, site.until(|visit| visit.is_saved || visit.failures > 0))
                .await
                .context("neither saved nor not")?;
        }
        match self.profile.first_warning() {
            Some(after) if after <= SOON => self.figures.soon += 1,
            Some(after) => {
                self.figures.late += 1;
                self.profile.event(format!("said so after {after:?}"));
            }
            None => self.figures.unimpressed += 1,
        }
        if self.profile.chance.bool() {
            self.figures.ended += 1;
            return Ok(());
        }
        disk.free()?;
        let saved = timeout(AGAIN, self.profile.site.until(|visit| visit.is_saved)).await;
        saved.context("it does not save by itself, though there is room")?;
        self.figures.recovered += 1;
        Ok(())
    }

    fn hear(&mut self, acts: Acts) -> Result<()> {
        let heard = self.profile.hear(acts.end())?;
        if let Some(verdict) = heard.verdict {
            self.figures.acknowledged += verdict.acknowledged;
            self.figures.lost += verdict.lost.len();
            self.figures.uncertain += verdict.uncertain.len();
        }
        for line in heard.said {
            *self.figures.said.entry(format!("“{line}”")).or_default() += 1;
        }
        Ok(())
    }

    fn check(&self) -> Result<()> {
        let (_, lost) = self.figures.needed_and_lost();
        ensure!(lost == 0, "{lost} things that were called saved are lost");
        ensure!(self.figures.late == 0, "the page did not say within a second that something is not saved");
        Ok(())
    }
}

impl Profile<'_> {
    /// How long after the first change that was not saved the page said so.
    fn first_warning(&self) -> Option<Duration> {
        let mut since = None;
        for report in self.site.reports(self.visit()) {
            match (report.kind, report.chip.as_str()) {
                (Kind::Change, _) => since = since.or(Some(report.at)),
                (Kind::Chip, "saved") => since = None,
                (Kind::Chip, "failed") => return Some(since.map_or(Duration::ZERO, |since| report.at - since)),
                _ => {}
            }
        }
        None
    }
}

/// A small disk.
struct Disk {
    place: TempDir,
}

impl Disk {
    fn new() -> Result<Self> {
        let disk = Self { place: tempfile::Builder::new().prefix("disk-").tempdir()? };
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", SIZE, "none"]).arg(disk.path());
        if !mount.status().context("could not start mount")?.success() {
            bail!("no small disk could be made; that takes root on Linux");
        }
        Ok(disk)
    }

    fn path(&self) -> &Path {
        self.place.path()
    }

    /// A folder on it, whose end comes before the disk's.
    fn folder(&self) -> Result<TempDir> {
        Ok(tempfile::Builder::new().prefix("trial-").tempdir_in(self.path())?)
    }

    /// Takes all room that is left.
    fn fill(&self) -> Result<()> {
        let mut filler = File::create(self.path().join("filler"))?;
        for size in [1 << 20, 4096] {
            let block = vec![0; size];
            loop {
                match filler.write_all(&block) {
                    Ok(()) => {}
                    Err(error) if error.kind() == ErrorKind::StorageFull => break,
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(())
    }

    /// Gives it back.
    fn free(&self) -> Result<()> {
        match fs::remove_file(self.path().join("filler")) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // What is left on it goes with it.
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}
