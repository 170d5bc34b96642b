//! The one way to wait: look until something is so, or say what did not come.

use anyhow::{Result, bail};
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval};

/// How long anything on the page may take.
const LIMIT: Duration = Duration::from_secs(15);
/// How often it is looked at.
const EVERY: Duration = Duration::from_millis(25);

/// Looks until `look` gives something. `what` is named where it never comes.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let deadline = Instant::now() + LIMIT;
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Some(found) = look().await? {
            return Ok(found);
        }
        if Instant::now() > deadline {
            bail!("this did not come in {} s: {what}", LIMIT.as_secs());
        }
    }
}
