//! Changing one mark by key: add, relabel, resize, remove, undo. The app and page C take turns; some of the changes
//! are not timed but watched, whether the next frame shows them.

use super::stage::{Spent, Stage, Which};
use super::{LARGE, SIZES, SMALL, echo, median, profile};
use crate::report::{Bar, Row};
use e2e::Result;

/// Turns of each page at each size.
const TURNS: usize = 2;
/// Changes of each kind in a turn that are timed.
const TIMED: usize = 8;
/// Those that are watched.
const WATCHED: usize = 2;

/// The changes in the order in which they are made: the name, and the key.
const CHANGES: [(&str, &str); 5] = [
    ("add", "2"),
    ("relabel", "1"),
    ("resize by one character", "ArrowRight"),
    ("remove", "Delete"),
    ("undo", "Control+z"),
];

/// What adding takes without the program.
pub const ELEMENTS: &str = "add, its elements alone";

/// A part of the time spent.
type Part = fn(&Spent) -> f64;

const BUSY: Part = |spent| spent.busy;
/// What the browser tells apart; the rest is painting, the frame itself, and answering the database.
const PARTS: [(&str, Part); 3] =
    [("program", |spent| spent.program), ("style", |spent| spent.style), ("layout", |spent| spent.layout)];

/// What was measured of each change on a page.
#[derive(Default)]
struct Changes {
    spent: [Vec<Spent>; 5],
    watched: usize,
    late: [usize; 5],
    /// Adding one, by its elements alone.
    elements: Vec<f64>,
}

impl Changes {
    /// The median of what a kind of change took.
    fn median(&self, kind: usize, of: impl Fn(&Spent) -> f64) -> f64 {
        median(&self.spent[kind].iter().map(of).collect::<Vec<_>>())
    }

    /// How many changes did not show in the next frame, and which.
    fn late(&self) -> (f64, String) {
        let kinds = CHANGES.iter().zip(self.late).filter(|(_, late)| *late > 0);
        let kinds: Vec<String> = kinds.map(|((name, _), late)| format!("{name} {late}")).collect();
        let told = if kinds.is_empty() { String::new() } else { format!(": {}", kinds.join(", ")) };
        (self.late.iter().sum::<usize>() as f64, told)
    }
}

/// The part's rows.
pub async fn rows() -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let mut all = Vec::new();
    for size in &SIZES {
        let (ours, c) = compare(&size.file()).await?;
        for (i, (name, _)) in CHANGES.iter().enumerate() {
            let row = Row::new(*name, size.name, ours.median(i, BUSY)).against("C", c.median(i, BUSY));
            rows.push(row.bar(Bar::Times(1.5)));
        }
        rows.extend(PARTS.map(|(part, of)| {
            let what = format!("{}, of it {part}", CHANGES[0].0);
            Row::new(what, size.name, ours.median(0, of)).against("C", c.median(0, of))
        }));
        let elements = Row::new(ELEMENTS, size.name, median(&ours.elements));
        rows.push(elements.against("C", c.median(0, BUSY)));
        let (late, kinds) = ours.late();
        let what = format!("changes not in the next frame, of {}{kinds}", ours.watched * CHANGES.len());
        rows.push(Row::new(what, size.name, late).unit("").against("C", c.late().0).bar(Bar::Most(0.0)));
        all.push(ours);
    }
    let (first, last) = (&all[0], &all[all.len() - 1]);
    for (i, (name, _)) in CHANGES.iter().enumerate() {
        let row = Row::new(format!("{name}, beside {}", SMALL.name), LARGE.name, last.median(i, BUSY));
        rows.push(row.against("small", first.median(i, BUSY)).bar(Bar::Times(2.5)));
    }
    Ok(rows)
}

async fn compare(file: &str) -> Result<(Changes, Changes)> {
    let mut stage = Stage::start().await?;
    let path = stage.keep(file)?;
    let (mut ours, mut c) = (Changes::default(), Changes::default());
    for _ in 0..TURNS {
        for which in [Which::Ours, Which::C] {
            if which == Which::Ours {
                stage.forget().await?;
            }
            stage.go(which).await?;
            stage.open(&path).await?;
            stage.until_saved().await?;
            stage.scroll_to(0.5).await?;
            let changes = if which == Which::Ours { &mut ours } else { &mut c };
            profile::of(&stage, "changing marks", async || turn(&stage, changes).await).await?;
            if which == Which::Ours {
                changes.elements.extend(elements(&stage).await?);
            }
        }
    }
    stage.close().await?;
    Ok((ours, c))
}

async fn turn(stage: &Stage, changes: &mut Changes) -> Result<()> {
    let words = stage.words().await?;
    for i in 0..TIMED + WATCHED {
        let is_watched = i >= TIMED;
        changes.watched += usize::from(is_watched);
        select(stage, &words, i).await?;
        for (kind, (_, key)) in CHANGES.iter().enumerate() {
            if *key == "ArrowRight" {
                stage.press("]").await?;
                stage.frames().await?;
            }
            if is_watched {
                stage.js("bench.watch()").await?;
                stage.press(key).await?;
                let shows = stage.js("bench.changed()").await?;
                changes.late[kind] += usize::from(shows != true);
            } else {
                changes.spent[kind].push(stage.spent(async || stage.press(key).await).await?);
            }
            if *key == "ArrowRight" {
                stage.press("Enter").await?;
            }
            stage.until_saved().await?;
        }
    }
    Ok(())
}

/// Selects a word by the mouse, with no mark selected; which one changes with the number.
async fn select(stage: &Stage, words: &[[f64; 3]], i: usize) -> Result<()> {
    stage.press("Escape").await?;
    stage.press("Escape").await?;
    stage.frames().await?;
    // A step that is no divisor of the number of words: no word twice before all had their turn, since a second mark
    // with the same label on the same words is refused.
    let step = [7, 5, 3].into_iter().find(|&step| !words.len().is_multiple_of(step)).unwrap_or(1);
    stage.drag_over(words[i * step % words.len()]).await?;
    stage.frames().await
}

/// Adds a mark, and gives how long that took by its elements alone.
pub async fn elements(stage: &Stage) -> Result<Vec<f64>> {
    select(stage, &stage.words().await?, TIMED + WATCHED).await?;
    echo::of(stage, async || stage.press("2").await).await
}

/// Adds marks, one after the other, and gives how long each took.
pub async fn add(stage: &Stage, times: usize) -> Result<Vec<f64>> {
    let words = stage.words().await?;
    let mut busy = Vec::new();
    for i in 0..times {
        select(stage, &words, i).await?;
        busy.push(stage.busy(async || stage.press("2").await).await?);
        stage.until_saved().await?;
    }
    Ok(busy)
}
