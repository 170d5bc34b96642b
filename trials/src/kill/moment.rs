//! The moment at which the browser is ended.

use crate::site::{Progress, Site};
use anyhow::{Context, Result};
use fastrand::Rng;
use std::time::Duration;
use tokio::time::{Instant, sleep, sleep_until, timeout};

/// What a page comes to at all comes within this time.
const COMES: Duration = Duration::from_secs(120);

/// When the browser is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// So long after the page was asked for: while it opens, or while it repairs what it found.
    Opening(Duration),
    /// So long after the app has opened.
    Working(Duration),
    /// So long after so many changes: while the last of them is written.
    Writing(usize, Duration),
    /// So long after the chip has said so often that all is saved.
    Saved(usize, Duration),
}

impl Moment {
    /// One of them.
    pub fn draw(chance: &mut Rng) -> Self {
        let micros = |chance: &mut Rng, range| Duration::from_micros(chance.u64(range));
        match chance.u32(0..8) {
            0 => Self::Opening(micros(chance, 0..1_500_000)),
            1..=3 => Self::Working(micros(chance, 200_000..2_500_000)),
            4..=6 => Self::Writing(chance.usize(1..8), micros(chance, 0..15_000)),
            _ => Self::Saved(chance.usize(1..4), micros(chance, 0..3_000)),
        }
    }

    /// Waits for it. Fails where the page does not come to it: one that never says that all is saved must not go
    /// unseen.
    pub async fn comes(self, asked: Instant, site: &Site) -> Result<()> {
        let until = async |holds: &dyn Fn(&Progress) -> bool| {
            timeout(COMES, site.until(holds)).await.with_context(|| format!("this did not come: {}", self.name()))
        };
        let after = match self {
            Self::Opening(after) => {
                sleep_until(asked + after).await;
                return Ok(());
            }
            Self::Working(after) => {
                until(&|visit| visit.open).await?;
                after
            }
            Self::Writing(changes, after) => {
                until(&|visit| visit.changes >= changes).await?;
                after
            }
            // The opening says so as well.
            Self::Saved(saves, after) => {
                until(&|visit| visit.saves > saves).await?;
                after
            }
        };
        sleep(after).await;
        Ok(())
    }

    /// Its name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opening(_) => "while the page opened",
            Self::Working(_) => "while somebody worked",
            Self::Writing(..) => "while a change was written",
            Self::Saved(..) => "right after “Saved”",
        }
    }
}
