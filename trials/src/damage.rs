//! Records that are damaged in the browser's database while the app is away: in one copy, and nothing may be lost; in
//! both, and no more may be lost than hung on that record, and the page must say so.

use crate::ledger::State;
use crate::plan::{self, Figures as _, Plan, Taker};
use anyhow::{Context, Result, ensure};
use e2e::page::Screen;
use e2e::{Page, Value, json};
use fastrand::Rng;
use serde::Serialize;
use std::collections::BTreeMap;

/// Rounds in one browser.
const IN_A_BROWSER: usize = 25;
/// Marks that are made first, so that there is a snapshot.
const MARKS: usize = 520;
/// What does the harm.
const HARM: &str = include_str!("damage.js");

/// Figures, under the words of the table.
#[derive(Clone, Debug, Default, Serialize)]
struct Figures {
    #[serde(rename = "a record damaged in one copy:")]
    one: BTreeMap<String, usize>,
    #[serde(rename = "the same record damaged in both copies:")]
    both: BTreeMap<String, usize>,
    #[serde(rename = "articles and annotations that had to be there at the next start, added up")]
    acknowledged: usize,
    #[serde(rename = "**lost, though one copy was whole**")]
    lost: usize,
    #[serde(rename = "lost with a record that was damaged in both copies, and told")]
    told: usize,
    #[serde(rename = "**lost beyond that, or not told**")]
    beyond: usize,
    #[serde(rename = "the page said:")]
    said: BTreeMap<String, usize>,
}

impl plan::Figures for Figures {
    fn trials(&self) -> usize {
        self.one.values().sum::<usize>() + self.both.values().sum::<usize>()
    }

    fn needed_and_lost(&self) -> (usize, usize) {
        (self.acknowledged, self.lost + self.beyond)
    }
}

/// Runs rounds, with a seed for each browser. Ends at the first loss.
pub async fn run(plan: &Plan<'_>, taker: &mut Taker<'_>) -> Result<()> {
    let mut left = plan.count;
    let mut seed = plan.seed;
    while left > 0 {
        let count = left.min(IN_A_BROWSER);
        let page = Page::start_in(plan.engine, Screen::WIDE).await?;
        let mut trial = Trial { page, chance: Rng::with_seed(seed), figures: Figures::default() };
        let outcome = trial.run(count).await;
        trial.page.close().await?;
        taker.take(seed, &trial.figures)?;
        outcome.with_context(|| format!("seed {seed}"))?;
        (left, seed) = (left - count, seed + 1);
    }
    Ok(())
}

struct Trial {
    page: Page,
    chance: Rng,
    figures: Figures,
}

impl Trial {
    async fn run(&mut self, count: usize) -> Result<()> {
        self.page.open().await?;
        self.mark(MARKS).await?;
        for round in 0..count {
            self.round(round).await.with_context(|| format!("round {round}"))?;
        }
        Ok(())
    }

    async fn round(&mut self, round: usize) -> Result<()> {
        // A short article that hangs on its own text alone.
        self.page.load(&format!("The bakery sold {round} loaves on Friday."), "").await?;
        self.page.js("annotator.annotate('claim', 0, 10); annotator.annotate('entity', 4, 10)").await?;
        let text = self.page.text("return annotator.article().sha256").await?;
        self.page.until_saved().await?;
        let before = self.state().await?;

        self.page.leave().await?;
        let copies = match self.chance.u32(0..8) {
            0..=2 => vec![0],
            3..=5 => vec![1],
            _ => vec![0, 1],
        };
        let mut numbers = |count: usize| (0..count).map(|_| self.chance.f64()).collect::<Vec<_>>();
        let given = json!({
            "copies": copies, "store": numbers(1)[0], "record": numbers(1)[0], "kinds": numbers(2), "ats": numbers(2),
            "name": text,
        });
        let done = self.page.at_copies(&format!("{HARM}\nreturn harm({given})")).await?;
        self.page.open().await?;
        self.page.until_saved().await?;
        let notice = self.page.notice().await?;
        self.judge(&before, &done, copies.len(), &notice).await.with_context(|| format!("{done}, “{notice}”"))?;
        self.page.press("Shift+n").await?;
        self.mark(2).await
    }

    async fn judge(&mut self, before: &State, done: &Value, copies: usize, notice: &str) -> Result<()> {
        let store = done["store"].as_str().unwrap_or("none");
        let count = if copies == 1 { &mut self.figures.one } else { &mut self.figures.both };
        *count.entry(store.to_owned()).or_default() += 1;
        for line in notice.lines().filter(|line| !line.is_empty()) {
            *self.figures.said.entry(format!("“{}”", without_numbers(line))).or_default() += 1;
        }
        self.figures.acknowledged += before.len();
        let missing = before.missing_in(&self.state().await?);
        // An entry makes one change, a text carries an article with its two annotations.
        let hung = match (copies, store) {
            (2, "log") => 1,
            (2, "texts") => 3,
            _ => 0,
        };
        let counted = match (copies, missing.len()) {
            (_, 0) => return Ok(()),
            (1, _) => &mut self.figures.lost,
            (_, lost) if lost <= hung && !notice.is_empty() => &mut self.figures.told,
            _ => &mut self.figures.beyond,
        };
        *counted += missing.len();
        let (_, lost) = self.figures.needed_and_lost();
        ensure!(lost == 0, "lost: {missing:?}");
        Ok(())
    }

    /// Makes marks somewhere in the open article and waits until they are saved.
    async fn mark(&mut self, count: usize) -> Result<()> {
        let spans: Vec<_> = (0..count).map(|_| json!([self.chance.f64(), self.chance.u32(3..40)])).collect();
        let script = "const { codePoints } = annotator.article();
            for (const [at, length] of given) {
                const start = Math.floor(at * (codePoints - length));
                annotator.annotate(['quote', 'claim', 'entity'][length % 3], start, start + length);
            }";
        self.page.js_with(script, Value::from(spans)).await?;
        self.page.until_saved().await
    }

    async fn state(&self) -> Result<State> {
        State::read(&self.page.text("return annotator.exportProject()").await?)
    }
}

/// The same words whatever they count.
fn without_numbers(line: &str) -> String {
    let parts = line.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("N")
}
