//! The first visit: from the navigation until the page can be used, on the clock, in a browser that nobody used.

use super::median;
use super::stage::{Stage, Which};
use crate::report::{Bar, Row};
use e2e::Result;
use std::fs;

/// Browsers for each page.
const ROUNDS: usize = 7;
/// What the app may take longer than the bare page.
const LONGER: f64 = 80.0;
/// How often it is looked whether the machine rests, at most.
const LOOKS: usize = 50;
/// The share of the processors' time that counts as rest.
const REST: f64 = 0.95;

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
    rest(&stage).await?;
    stage.go(which).await?;
    let at = stage.number("bench.readyAt()").await?;
    stage.close().await?;
    Ok(at)
}

/// Waits until the machine rests: a browser that takes orders has not done starting yet, and what it still does takes
/// the processors from the page.
async fn rest(stage: &Stage) -> Result<()> {
    stage.page().client().goto("about:blank").await?;
    for _ in 0..LOOKS {
        let Some(before) = processors() else { break };
        stage.js("bench.quiet(200)").await?;
        let Some(after) = processors() else { break };
        if (after.0 - before.0) / (after.1 - before.1).max(1.0) >= REST {
            break;
        }
    }
    Ok(())
}

/// How long the processors were idle since the system started, and how long that is, by the system's own account, where
/// there is one (Linux).
fn processors() -> Option<(f64, f64)> {
    let account = fs::read_to_string("/proc/stat").ok()?;
    let times: Vec<f64> = account.lines().next()?.split_whitespace().filter_map(|time| time.parse().ok()).collect();
    Some((times.get(3)? + times.get(4)?, times.iter().sum()))
}
