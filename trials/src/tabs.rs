//! Two tabs that work on the same article at the same time: in the end both hold the same, and nothing is lost that one of
//! them called saved and neither took away.

use crate::ledger::State;
use crate::plan::{self, Figures as _, Plan, Taker};
use anyhow::{Context, Result, bail, ensure};
use e2e::page::Screen;
use e2e::{Page, Value, json, setup};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Changes that are made on one workspace.
const ON_A_WORKSPACE: usize = 10_000;
/// One of so many changes comes by real keys.
const BY_KEY: usize = 20;
/// No change takes longer.
const EACH: Duration = Duration::from_millis(200);
/// How often it is looked whether they are done.
const LOOK: Duration = Duration::from_millis(250);
/// What each tab does.
const WORK: &str = include_str!("tabs.js");

/// Figures, under the words of the table.
#[derive(Clone, Debug, Default, Serialize)]
struct Figures {
    #[serde(rename = "changes:")]
    changes: BTreeMap<String, usize>,
    #[serde(rename = "times that both tabs held the same in the end, and both copies too")]
    equal: usize,
    #[serde(rename = "**times that they did not**")]
    unequal: usize,
    #[serde(rename = "annotations that a tab called saved")]
    saved: usize,
    #[serde(rename = "of these taken away by one of the tabs")]
    taken: usize,
    #[serde(rename = "**of these lost**")]
    lost: usize,
    #[serde(rename = "times that a tab said that something is not saved")]
    failed: usize,
}

impl plan::Figures for Figures {
    fn trials(&self) -> usize {
        self.changes.values().sum()
    }

    fn needed_and_lost(&self) -> (usize, usize) {
        (self.saved - self.taken, self.lost)
    }
}

/// Makes so many changes, with a seed for each workspace. Ends at the first loss.
pub async fn run(plan: &Plan<'_>, taker: &mut Taker<'_>) -> Result<()> {
    let mut left = plan.count;
    let mut seed = plan.seed;
    while left > 0 {
        let count = left.min(ON_A_WORKSPACE);
        let page = Page::start_in(plan.engine, Screen::WIDE).await?;
        let mut figures = Figures::default();
        let outcome = both(&page, count, seed, &mut figures).await;
        page.close().await?;
        taker.take(seed, &figures)?;
        outcome.with_context(|| format!("seed {seed}"))?;
        let (_, lost) = figures.needed_and_lost();
        ensure!(lost == 0 && figures.unequal == 0, "seed {seed}: {lost} lost, {} times unequal", figures.unequal);
        (left, seed) = (left - count, seed + 1);
    }
    Ok(())
}

async fn both(page: &Page, count: usize, seed: u64, figures: &mut Figures) -> Result<()> {
    page.open().await?;
    page.load(&setup::seed("water-meters.txt")?, "").await?;
    page.until_saved().await?;
    let first = page.window().await?;
    let second = page.new_window().await?;
    page.open().await?;
    page.until_js("the same article", "return annotator.article()?.codePoints > 15000").await?;
    let by_key = count / BY_KEY;
    let half = (count - by_key) / 2;
    for (window, share) in [(&second, half), (&first, count - by_key - half)] {
        page.to_window(window).await?;
        let given = json!({ "changes": share, "seed": seed * 2 + u64::from(window == &first) });
        page.js_with(&format!("{WORK}\nwork(given).catch(error => window.tab.failed = String(error))"), given).await?;
    }
    for _ in 0..by_key {
        page.press_all(&["Escape", "Control+ArrowRight", "Shift+Control+ArrowRight", "1", "Escape"]).await?;
    }
    *figures.changes.entry("marks by real keys".into()).or_default() += by_key;

    let deadline = Instant::now() + EACH * count as u32;
    let (mut saved, mut taken, mut gone, mut ends) = (BTreeSet::new(), BTreeSet::new(), Vec::new(), Vec::new());
    for window in [&first, &second] {
        page.to_window(window).await?;
        while page.js("return tab.left > 0").await? == json!(true) {
            ensure!(Instant::now() < deadline, "it does not come to an end: {}", page.js("return tab").await?);
            sleep(LOOK).await;
        }
        page.until_saved().await?;
    }
    for window in [&first, &second] {
        page.to_window(window).await?;
        let said =
            page.js("return { saved: [...tab.saved], taken: [...tab.taken], kinds: tab.kinds, failed: tab.failed, gone: tab.gone }");
        let said: Said = serde_json::from_value(said.await?)?;
        saved.extend(said.saved);
        taken.extend(said.taken);
        figures.failed += usize::from(!said.failed.is_empty());
        gone.push(said.gone);
        for (kind, count) in said.kinds {
            *figures.changes.entry(kind).or_default() += count;
        }
        let mut end = page.export().await?;
        end["exported"].take();
        ends.push(end.to_string());
    }
    let [one, two] = ends.as_slice() else { bail!("two tabs") };
    let there = State::read(one)?;
    figures.saved = saved.len();
    figures.taken = saved.intersection(&taken).count();
    let lost: Vec<&String> = saved.difference(&taken).filter(|id| !there.has_annotation(id)).collect();
    figures.lost = lost.len();
    if !lost.is_empty() {
        eprintln!("seed {seed}: lost {lost:?}; what went unasked in the two tabs: {gone:?}");
    }
    if one == two {
        figures.equal += 1;
    } else {
        figures.unequal += 1;
    }
    page.leave().await?;
    page.both_copies().await.map(drop)
}

#[derive(serde::Deserialize)]
struct Said {
    saved: BTreeSet<String>,
    taken: BTreeSet<String>,
    kinds: BTreeMap<String, usize>,
    failed: String,
    gone: Value,
}
