//! What must keep pace with a hand: each within a frame, at every size. Only the app is measured here.

use super::profile;
use super::stage::{Stage, Which};
use super::{SIZES, Size, median};
use crate::report::{Bar, Row};
use e2e::Result;

/// How often each is done.
const TIMES: usize = 15;
/// A frame of sixty in a second, in milliseconds.
const FRAME: f64 = 16.7;

/// The part's rows.
pub async fn rows() -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for size in &SIZES {
        let stage = Stage::with_file(Which::Ours, &size.file()).await?;
        stage.scroll_to(0.5).await?;
        for (what, busy) in profile::of(&stage, "keeping pace", async || paces(&stage, size).await).await? {
            rows.push(Row::new(what, size.name, median(&busy)).bar(Bar::Most(FRAME)));
        }
        stage.close().await?;
    }
    Ok(rows)
}

async fn paces(stage: &Stage, size: &Size) -> Result<[(&'static str, Vec<f64>); 7]> {
    Ok([
        ("a step of a mouse drag, with snapping", drag(stage).await?),
        ("move the caret by key", caret(stage).await?),
        ("hover over the text", hover(stage).await?),
        ("jump to the next mark by key, from elsewhere", next(stage, size.bytes > 10_000).await?),
        ("jump to the first and last mark by key in the list", ends(stage).await?),
        ("jump to a mark by a click in the list", rows_of_list(stage).await?),
        ("filter the list by one letter", filter(stage).await?),
    ])
}

async fn drag(stage: &Stage) -> Result<Vec<f64>> {
    let words = stage.words().await?;
    let mut busy = Vec::new();
    for i in 0..TIMES {
        let ([left, right, y], [_, far, below]) = (words[i % words.len()], words[(i + 3) % words.len()]);
        stage.mouse_down((left, y)).await?;
        stage.move_to((right, y), true).await?;
        stage.frames().await?;
        busy.push(stage.busy(async || stage.move_to((far, below), true).await).await?);
        stage.mouse_up((far, below)).await?;
        stage.press("Escape").await?;
        stage.press("Escape").await?;
        stage.frames().await?;
    }
    Ok(busy)
}

async fn caret(stage: &Stage) -> Result<Vec<f64>> {
    let [left, _, y] = stage.words().await?[0];
    stage.click((left, y)).await?;
    stage.frames().await?;
    keys(stage, &["ArrowRight"; TIMES]).await
}

async fn keys(stage: &Stage, keys: &[&str]) -> Result<Vec<f64>> {
    let mut busy = Vec::new();
    for key in keys {
        busy.push(stage.busy(async || stage.press(key).await).await?);
        stage.until_saved().await?;
    }
    Ok(busy)
}

async fn hover(stage: &Stage) -> Result<Vec<f64>> {
    let words = stage.words().await?;
    let mut busy = Vec::new();
    for i in 0..TIMES {
        let [left, right, y] = words[(i * 5) % words.len()];
        busy.push(stage.busy(async || stage.move_to(((left + right) / 2.0, y), false).await).await?);
    }
    Ok(busy)
}

/// The caret stays where it is; the page is scrolled elsewhere before each jump, where there is an elsewhere.
async fn next(stage: &Stage, is_long: bool) -> Result<Vec<f64>> {
    let mut busy = Vec::new();
    for i in 0..TIMES {
        if is_long {
            stage.scroll_to(if i % 2 == 0 { 0.9 } else { 0.1 }).await?;
        }
        busy.push(stage.busy(async || stage.press("n").await).await?);
        stage.until_saved().await?;
    }
    Ok(busy)
}

async fn ends(stage: &Stage) -> Result<Vec<f64>> {
    stage.js("document.querySelector('.list').focus()").await?;
    let alternating: Vec<&str> = (0..TIMES).map(|i| if i % 2 == 0 { "End" } else { "Home" }).collect();
    keys(stage, &alternating).await
}

async fn rows_of_list(stage: &Stage) -> Result<Vec<f64>> {
    let mut busy = Vec::new();
    for i in 0..TIMES {
        let part = [0.8, 0.2, 0.6, 0.4][i % 4];
        stage
            .js(&format!("{{ const l = document.querySelector('.list'); l.scrollTop = l.scrollHeight * {part} }}"))
            .await?;
        stage.frames().await?;
        stage.frames().await?;
        let seen = "bench.middle([...document.querySelectorAll('.list .entry')].find(entry => \
            entry.getBoundingClientRect().top > document.querySelector('.list').getBoundingClientRect().top))";
        let at = stage.point(seen).await?;
        // The mouse is there already: hovering is counted by itself.
        stage.move_to(at, false).await?;
        stage.frames().await?;
        busy.push(stage.busy(async || stage.click(at).await).await?);
        stage.until_saved().await?;
    }
    Ok(busy)
}

async fn filter(stage: &Stage) -> Result<Vec<f64>> {
    stage.press("/").await?;
    stage.frames().await?;
    let mut busy = Vec::new();
    for _ in 0..TIMES {
        busy.push(stage.busy(async || stage.press("e").await).await?);
        stage.press("Escape").await?;
        stage.frames().await?;
    }
    Ok(busy)
}
