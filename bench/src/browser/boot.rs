//! The first visit: from the navigation until the page can be used, on the clock, in a browser that nobody used.

use super::median;
use super::stage::{Stage, Which};
use crate::report::{Bar, Row};
use e2e::Result;

/// Browsers for each page.
const ROUNDS: usize = 7;
/// What the app may take longer than the bare page.
const LONGER: f64 = 80.0;

/// The part's rows.
pub async fn rows() -> Result<Vec<Row>> {
    let (mut ours, mut file, mut a) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(visit(Which::Ours).await?);
        file.push(visit(Which::OneFile).await?);
        a.push(visit(Which::A).await?);
    }
    let a = median(&a);
    Ok(vec![
        Row::new("first visit", "", median(&ours)).against("A", a).bar(Bar::Plus(LONGER)),
        Row::new("the same as one file, from the disk", "", median(&file)).against("A", a),
    ])
}

async fn visit(which: Which) -> Result<f64> {
    let mut stage = Stage::start().await?;
    stage.go(which).await?;
    let at = stage.number("bench.readyAt()").await?;
    stage.close().await?;
    Ok(at)
}
