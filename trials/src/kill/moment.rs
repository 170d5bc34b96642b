//! The moment at which the browser is ended.

use crate::site::Site;
use fastrand::Rng;
use std::time::Duration;
use tokio::time::{Instant, sleep, sleep_until};

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

    /// Waits for it.
    pub async fn comes(self, asked: Instant, site: &Site) {
        let after = match self {
            Self::Opening(after) => return sleep_until(asked + after).await,
            Self::Working(after) => {
                site.until(|visit| visit.open).await;
                after
            }
            Self::Writing(changes, after) => {
                site.until(|visit| visit.changes >= changes).await;
                after
            }
            // The opening says so as well.
            Self::Saved(saves, after) => {
                site.until(|visit| visit.saves > saves).await;
                after
            }
        };
        sleep(after).await;
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
