//! Many marks by one act: importing fifty thousand, and undoing that. A command that marks all places of some words
//! belongs here too, once there is one.

use super::stage::{Stage, Which};
use super::{HUGE, median};
use crate::report::Row;
use e2e::Result;

/// Browsers.
const ROUNDS: usize = 3;

/// The part's rows.
pub async fn rows() -> Result<Vec<Row>> {
    let file = HUGE.file();
    let mut all: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        let mut stage = Stage::start().await?;
        let path = stage.keep(&file)?;
        stage.go(Which::Ours).await?;
        let act = async || {
            stage.open(&path).await?;
            stage.until_saved().await
        };
        let [busy, longest] = measure(&stage, act).await?;
        all[0].push(busy);
        all[1].push(longest);
        let act = async || {
            stage.press("Control+z").await?;
            stage.frames().await?;
            stage.until_saved().await
        };
        let [busy, longest] = measure(&stage, act).await?;
        all[2].push(busy);
        all[3].push(longest);
        stage.close().await?;
    }
    let names = ["import, until kept", "import: longest task", "undo of it, until kept", "undo of it: longest task"];
    Ok(names.into_iter().zip(&all).map(|(name, figures)| Row::new(name, HUGE.name, median(figures))).collect())
}

/// The busy time of an act, and its longest task.
async fn measure(stage: &Stage, act: impl AsyncFnOnce() -> Result<()>) -> Result<[f64; 2]> {
    let since = stage.number("performance.now()").await?;
    let busy = stage.busy(act).await?;
    Ok([busy, stage.longest_task(since).await?])
}
