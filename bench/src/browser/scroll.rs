//! Scrolling by the wheel, over text that was not seen before: how regularly frames come, how busy the main thread is
//! in each, and whether all that a frame shows has its text and its marks, also after jumps.
//!
//! The compositor may scroll ahead of the main thread; what it shows meanwhile is not seen from here.

use super::stage::{Stage, Which};
use super::{SIZES, SMALL, median};
use crate::report::{Bar, Row};
use e2e::{Result, Value, ensure, json};

/// Turns of each page at each size.
const TURNS: usize = 2;
/// How far a turn scrolls at most each time, in CSS pixels.
const FAR: f64 = 6_000.0;
/// How quickly, in CSS pixels a second.
const SPEED: f64 = 3_000.0;
/// Where jumps go, as parts of the text.
const JUMPS: [f64; 8] = [0.52, 0.91, 0.23, 0.71, 0.36, 1.0, 0.06, 0.0];
/// Frames come more often than this, in milliseconds; two periods of sixty in a second are already longer.
const EVEN: f64 = 33.0;

/// What was measured on a page.
#[derive(Default)]
struct Scrolled {
    intervals: Vec<f64>,
    busy: Vec<f64>,
    /// The same while the program hears nothing.
    deaf: Vec<f64>,
    turned: Looked,
    jumped: Looked,
}

/// What was seen in frames.
#[derive(Default)]
struct Looked {
    frames: usize,
    blank: f64,
    bare: f64,
}

impl Looked {
    fn add(&mut self, seen: &Value) -> Result<()> {
        // Sections far away are blank and bare; where those are not noticed, neither would be others.
        ensure!(seen["far"] == false || seen["noticed"] == true, "the looking at frames sees nothing: {seen}");
        self.frames += seen["times"].as_array().map_or(0, Vec::len);
        self.blank += seen["blank"].as_f64().unwrap_or_default();
        self.bare += seen["bare"].as_f64().unwrap_or_default();
        Ok(())
    }
}

/// The part's rows.
pub async fn rows() -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for size in &SIZES {
        let (ours, c) = compare(&size.file()).await?;
        let interval = Row::new("time between frames, 95 of 100", size.name, late(&ours)).against("C", late(&c));
        rows.push(interval.bar(Bar::Most(EVEN)));
        let busy = Row::new("busy in a frame", size.name, median(&ours.busy)).against("C", median(&c.busy));
        rows.push(busy.bar(Bar::Times(1.5)));
        // Of a short text all is drawn already; elsewhere a deaf program would leave out the marks.
        if size.bytes == SMALL.bytes {
            let deaf = Row::new("busy in a frame, with a program that hears nothing", size.name, median(&ours.deaf));
            rows.push(deaf.against("C", median(&c.busy)));
        }
        for (how, looked) in [("", &ours.turned), (" after jumps", &ours.jumped)] {
            for (what, count) in [("blank text", looked.blank), ("text that lacks its marks", looked.bare)] {
                let what = format!("frames{how} with {what}, of {}", looked.frames);
                rows.push(Row::new(what, size.name, count).unit("").bar(Bar::Most(0.0)));
            }
        }
    }
    Ok(rows)
}

async fn compare(file: &str) -> Result<(Scrolled, Scrolled)> {
    let mut stage = Stage::start().await?;
    let path = stage.keep(file)?;
    let (mut ours, mut c) = (Scrolled::default(), Scrolled::default());
    for _ in 0..TURNS {
        for which in [Which::Ours, Which::C] {
            if which == Which::Ours {
                stage.forget().await?;
            }
            stage.go(which).await?;
            stage.open(&path).await?;
            stage.until_saved().await?;
            let scrolled = if which == Which::Ours { &mut ours } else { &mut c };
            let (intervals, busy) = time(&stage).await?;
            scrolled.intervals.extend(intervals);
            scrolled.busy.push(busy);
            scrolled.turned.add(&gesture(&stage, true).await?)?;
            scrolled.jumped.add(&jumps(&stage).await?)?;
            // Last, since what came into view meanwhile lacks what the program would have drawn.
            if which == Which::Ours {
                stage.js("bench.echo.deafen(true)").await?;
                scrolled.deaf.push(time(&stage).await?.1);
            }
        }
    }
    stage.close().await?;
    Ok((ours, c))
}

/// The intervals between frames, and how busy the main thread was in each, in milliseconds.
async fn time(stage: &Stage) -> Result<(Vec<f64>, f64)> {
    let before = stage.thread_time().await?;
    let seen = gesture(stage, false).await?;
    let busy = stage.thread_time().await? - before;
    let times: Vec<f64> = seen["times"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    Ok((times.windows(2).map(|pair| pair[1] - pair[0]).collect(), busy / times.len().max(1) as f64))
}

/// Goes where nobody has been, as the scroll bar does.
async fn jumps(stage: &Stage) -> Result<Value> {
    stage.js("bench.scroll.start(true)").await?;
    for part in JUMPS {
        stage.scroll_to(part).await?;
    }
    stage.js("bench.scroll.stop()").await
}

/// Scrolls on from where the page stands.
async fn gesture(stage: &Stage, looks: bool) -> Result<Value> {
    let rest = "{ const s = bench.scroller(); s.scrollHeight - s.clientHeight - s.scrollTop }";
    let left = stage.number(rest).await?;
    if left < 400.0 {
        stage.scroll_to(0.0).await?;
    }
    let far = stage.number(rest).await?.min(FAR);
    let (x, y) = stage.point("[bench.host().getBoundingClientRect().left + 200, 430]").await?;
    stage.js(&format!("bench.scroll.start({looks})")).await?;
    let wheel = json!({ "x": x, "y": y, "yDistance": -far, "speed": SPEED, "gestureSourceType": "mouse" });
    stage.page().devtools("Input.synthesizeScrollGesture", wheel).await?;
    stage.js("bench.scroll.stop()").await
}

/// The interval that 95 of 100 keep to.
fn late(scrolled: &Scrolled) -> f64 {
    let mut all = scrolled.intervals.clone();
    all.sort_by(f64::total_cmp);
    all.get(all.len() * 95 / 100).copied().unwrap_or(f64::NAN)
}
