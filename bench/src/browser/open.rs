//! Opening a project file: the processor time from the file's arrival until its marks are painted, the import dialog
//! included while there is one, and the longest task after the first paint. It never opens two files in one page.

use super::stage::{Stage, Which};
use super::{HUGE, LARGE, MIDDLE, SMALL, Size, echo, median, profile};
use crate::report::{Bar, Row};
use e2e::Result;
use std::path::Path;

/// Browsers in which each file is opened, once on each page.
const ROUNDS: usize = 5;
/// The same for what takes seconds.
const FEW: usize = 2;

/// What opening takes without the program.
pub const ELEMENTS: &str = "open, its elements alone";

/// What was measured on the pages.
#[derive(Default)]
pub struct Opened {
    /// Busy time in the app.
    pub ours: Vec<f64>,
    /// On page A.
    pub a: Vec<f64>,
    /// On page C.
    pub c: Vec<f64>,
    /// The longest task in the app after the first paint.
    pub longest: Vec<f64>,
}

/// The part's rows.
pub async fn rows() -> Result<Vec<Row>> {
    let bars = [(SMALL, 2.0), (MIDDLE, 1.0), (LARGE, 0.5)].map(|(size, bar)| (size, Bar::Times(bar), ROUNDS));
    let mut rows = Vec::new();
    for (size, bar, rounds) in bars.into_iter().chain([(HUGE, Bar::None, FEW)]) {
        rows.extend(of(&size, bar, rounds).await?);
    }
    Ok(rows)
}

async fn of(size: &Size, bar: Bar, rounds: usize) -> Result<Vec<Row>> {
    let file = size.file();
    let mut opened = Opened::default();
    for round in 0..rounds {
        let mut stage = Stage::start().await?;
        let path = stage.keep(&file)?;
        on_each(&mut stage, round, &path, &mut opened).await?;
        stage.close().await?;
    }
    let (ours, a) = (median(&opened.ours), median(&opened.a));
    let mut rows = vec![
        Row::new("open", size.name, ours).against("A", a).bar(bar),
        Row::new("open", size.name, ours).against("C", median(&opened.c)),
        Row::new("longest task after the first paint", size.name, median(&opened.longest)),
    ];
    // The rest of a longer text comes after the first frames.
    if size.bytes == SMALL.bytes {
        rows.push(Row::new(ELEMENTS, size.name, elements(&file).await?).against("A", a));
    }
    Ok(rows)
}

/// What opening a file takes by the elements of the app alone.
pub async fn elements(file: &str) -> Result<f64> {
    let mut stage = Stage::start().await?;
    let path = stage.keep(file)?;
    stage.go(Which::Ours).await?;
    let busy = echo::of(&stage, async || stage.open(&path).await.map(drop)).await?;
    stage.close().await?;
    Ok(median(&busy))
}

/// Opens a file once on each page; who comes first changes with the round.
pub async fn on_each(stage: &mut Stage, round: usize, file: &Path, opened: &mut Opened) -> Result<()> {
    let mut order = [Which::Ours, Which::A, Which::C];
    order.rotate_left(round % 3);
    for which in order {
        stage.go(which).await?;
        let opening = profile::of(stage, "opening a file", async || stage.open(file).await).await?;
        match which {
            Which::Ours => {
                opened.ours.push(opening.busy);
                stage.until_saved().await?;
                opened.longest.push(stage.longest_task(opening.painted).await?);
            }
            Which::A => opened.a.push(opening.busy),
            _ => opened.c.push(opening.busy),
        }
    }
    Ok(())
}
