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
    let (mut ours, mut a) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(visit(Which::Ours).await?);
        a.push(visit(Which::A).await?);
    }
    Ok(vec![Row::new("first visit", "", median(&ours)).against("A", median(&a)).bar(Bar::Plus(LONGER))])
}

async fn visit(which: Which) -> Result<f64> {
    let mut stage = Stage::start().await?;
    stage.go(which).await?;
    let at = stage.number("bench.readyAt()").await?;
    stage.close().await?;
    Ok(at)
}
