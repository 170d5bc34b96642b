//! The one way to wait: look until something is so, or say what did not come.

use anyhow::{Context, Result, bail};
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

/// How long anything on the page may take.
const LIMIT: Duration = Duration::from_secs(15);
/// No command to a browser takes longer, if all is well.
const PATIENCE: Duration = Duration::from_secs(60);
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

/// What a command to the browser gives. A driver that hangs says nothing, so there is a limit to each.
pub async fn within<T, E: Into<anyhow::Error>>(
    what: &str,
    command: impl Future<Output = std::result::Result<T, E>>,
) -> Result<T> {
    let done = timeout(PATIENCE, command).await;
    done.with_context(|| format!("this did not come in {} s: {what}", PATIENCE.as_secs()))?.map_err(Into::into)
}
