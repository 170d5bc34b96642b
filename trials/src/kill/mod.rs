//! Ending the browser at a random moment while a person works, and looking what is there after the next start.
//!
//! Profiles live on from trial to trial, so that the log grows, gets its snapshots, and is opened after more than one
//! hard end.

mod figures;
mod moment;

use crate::acts::Acts;
use crate::copies;
use crate::plan::{Figures as _, Plan, Taker};
use crate::profile::{Opened, Profile};
use anyhow::{Context, Result, bail, ensure};
use figures::Figures;
use moment::Moment;
use tokio::time::Instant;

/// Trials on one profile.
const ON_A_PROFILE: usize = 25;
/// How often in a row a browser may hang on its way to the page.
const HUNG: usize = 3;

/// Runs trials, with a seed for each profile. Ends at the first loss.
pub async fn run(plan: &Plan<'_>, taker: &mut Taker<'_>) -> Result<()> {
    let mut left = plan.count;
    let mut seed = plan.seed;
    while left > 0 {
        let count = left.min(ON_A_PROFILE);
        let folder = tempfile::Builder::new().prefix("trial-").tempdir()?;
        let mut chain = Chain { plan, profile: Profile::new(plan, seed, folder)?, figures: Figures::default() };
        let outcome = chain.run(count).await;
        taker.take(seed, &chain.figures)?;
        if let Err(error) = outcome.and_then(|()| chain.check()) {
            return chain.profile.keep(error);
        }
        (left, seed) = (left - count, seed + 1);
    }
    Ok(())
}

/// Trials on one profile.
struct Chain<'a> {
    plan: &'a Plan<'a>,
    profile: Profile<'a>,
    figures: Figures,
}

impl Chain<'_> {
    async fn run(&mut self, count: usize) -> Result<()> {
        for _ in 0..count {
            let moment = Moment::draw(&mut self.profile.chance);
            self.trial(Some(moment)).await.with_context(|| format!("{moment:?}"))?;
        }
        self.trial(None).await
    }

    /// One start: what is there is judged; then work goes on until the moment comes. Without one, it is only judged.
    async fn trial(&mut self, moment: Option<Moment>) -> Result<()> {
        for _ in 0..HUNG {
            match self.visit(moment).await? {
                Opened::Yes => return Ok(()),
                Opened::Hung => self.figures.hung(),
            }
        }
        bail!("the browser does not come to the page, {HUNG} times in a row")
    }

    async fn visit(&mut self, moment: Option<Moment>) -> Result<Opened> {
        let (mut browser, address) = self.profile.start().await?;
        let asked = Instant::now();
        let mut acts = Acts::new(self.profile.chance.fork());
        let profile = &self.profile;
        let work = async {
            let opened = profile.open(&mut browser, &address).await?;
            if opened == Opened::Yes && moment.is_some() {
                acts.go_on(&browser, &profile.site).await?;
            }
            anyhow::Ok(opened)
        };
        let opened = match moment {
            None => work.await?,
            Some(moment) => tokio::select! {
                come = moment.comes(asked, &profile.site) => {
                    come?;
                    Opened::Yes
                }
                ended = work => ended.context("the browser ended by itself")?,
            },
        };
        browser.kill()?;
        let heard = self.profile.hear(acts.end())?;
        self.profile.event(format!("ended, {moment:?}, after {} changes", heard.changes));
        let thrown = copies::thrown_away(self.plan.engine, &self.profile.path());
        if !thrown.is_empty() {
            self.profile.event(format!("the browser threw away {thrown:?}"));
        }
        self.figures.thrown(thrown.len());
        self.figures.heard(moment.filter(|_| opened == Opened::Yes), &heard);
        self.harm()?;
        Ok(opened)
    }

    /// Every third time, something happens to one of two copies: where all was called saved in this visit, both hold it.
    fn harm(&mut self) -> Result<()> {
        if !self.profile.visit().is_multiple_of(3) || self.profile.site.progress().saves == 0 {
            return Ok(());
        }
        let copies = copies::find(self.plan.engine, &self.profile.path(), self.profile.site.port())?;
        ensure!(copies.len() == 2, "there are not two copies on the disk: {copies:?}");
        let (harm, told) = copies[self.profile.chance.usize(0..2)].harm(&mut self.profile.chance)?;
        self.figures.harmed(harm);
        self.profile.event(told);
        Ok(())
    }

    /// Whether nothing was lost.
    fn check(&self) -> Result<()> {
        let (_, lost) = self.figures.needed_and_lost();
        ensure!(lost == 0, "{lost} things that were called saved are lost");
        Ok(())
    }
}
