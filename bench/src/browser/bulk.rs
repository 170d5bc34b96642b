//! Many marks by one act: importing fifty thousand, marking every place of a word, and undoing both.

use super::stage::{Stage, Which};
use super::{HUGE, Size, median, profile};
use crate::report::Row;
use e2e::{Result, ensure};

/// Browsers.
const ROUNDS: usize = 3;

/// A book in which [`WORD`] stands more than ten thousand times.
const BOOK: Size = Size::new("1.1 MB / 10,000", 1_100_000, 10_000);
/// The word of which every place is marked, and how often it stands there at least.
const WORD: (&str, f64) = ("the", 10_000.0);

/// The part's rows.
pub async fn rows() -> Result<Vec<Row>> {
    let mut rows = measured(&HUGE, "import of it", async |stage, size| {
        let path = stage.keep(&size.file())?;
        stage.go(Which::Ours).await?;
        act(stage, "import", async || {
            stage.open(&path).await?;
            stage.until_saved().await
        })
        .await
    })
    .await?;
    rows.extend(
        measured(&BOOK, "label on every “the”", async |stage, size| {
            let path = stage.keep(&size.file())?;
            stage.go(Which::Ours).await?;
            stage.open(&path).await?;
            stage.until_saved().await?;
            stage.scroll_to(0.5).await?;
            stage.drag_over(stage.word(WORD.0).await?).await?;
            stage.frames().await?;
            let before = stage.number("annotator.annotations().length").await?;
            let took = act(stage, "every place", async || press(stage, "Shift+E").await).await?;
            let added = stage.number("annotator.annotations().length").await? - before;
            ensure!(added >= WORD.1, "only {added} places were marked");
            Ok(took)
        })
        .await?,
    );
    Ok(rows)
}

/// Some rounds of something and of its undo.
async fn measured(
    size: &Size,
    name: &str,
    work: impl AsyncFn(&mut Stage, &Size) -> Result<[f64; 2]>,
) -> Result<Vec<Row>> {
    let mut all: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        let mut stage = Stage::start().await?;
        let [busy, longest] = work(&mut stage, size).await?;
        let [undo_busy, undo_longest] = act(&stage, "undo", async || press(&stage, "Control+z").await).await?;
        for (figures, figure) in all.iter_mut().zip([busy, longest, undo_busy, undo_longest]) {
            figures.push(figure);
        }
        stage.close().await?;
    }
    let whats = [", until kept", ": longest task", ", undo, until kept", ", undo: longest task"];
    Ok(whats
        .iter()
        .zip(&all)
        .map(|(what, figures)| Row::new(format!("{name}{what}"), size.name, median(figures)))
        .collect())
}

async fn press(stage: &Stage, chord: &str) -> Result<()> {
    stage.press(chord).await?;
    stage.frames().await?;
    stage.until_saved().await
}

/// The busy time of an act, and its longest task.
async fn act(stage: &Stage, what: &str, act: impl AsyncFnOnce() -> Result<()>) -> Result<[f64; 2]> {
    let since = stage.number("performance.now()").await?;
    let busy = profile::of(stage, what, async || stage.busy(act).await).await?;
    Ok([busy, stage.longest_task(since).await?])
}
