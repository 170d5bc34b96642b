//! The release site in a real browser: opening a project file, adding a mark by key, exporting.
//!
//! What counts is the time that the page's main thread was busy, as the browser accounts for it. Looking
//! whether something is there yet is part of it: below a millisecond for each look.

use crate::corpus;
use crate::table::{heading, line, median};
use e2e::page::Screen;
use e2e::{Page, Result, json};

/// Sizes: bytes of text and marks on it.
const SIZES: [(usize, usize); 2] = [(20_000, 300), (1_000_000, 10_000)];
/// How often a file is opened; each time in a new browser.
const OPENINGS: usize = 3;
/// How often a mark is added and the file exported.
const TIMES: usize = 15;

/// What was measured at one size.
#[derive(Default)]
struct Measured {
    read: Vec<f64>,
    open: Vec<f64>,
    add: Vec<f64>,
    export: Vec<f64>,
    stringify: Vec<f64>,
}

/// Prints the table.
pub fn run() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut all = Vec::new();
    for (bytes, marks) in SIZES {
        all.push(runtime.block_on(measure(bytes, marks))?);
    }
    heading("Release site in a browser, busy main thread, median in ms", &["20 KB / 300", "1 MB / 10,000"]);
    let each = |what: &str, of: fn(&Measured) -> &Vec<f64>| {
        let medians: Vec<f64> = all.iter().map(|measured| median(of(measured).clone())).collect();
        line(what, &medians);
    };
    each("read a project file, up to the preview", |m| &m.read);
    each("import it, up to the painted text", |m| &m.open);
    each("add one mark by key", |m| &m.add);
    each("export the project file", |m| &m.export);
    each("for comparison: JSON.stringify of the same", |m| &m.stringify);
    Ok(())
}

async fn measure(bytes: usize, marks: usize) -> Result<Measured> {
    let file = corpus::file(&corpus::state(bytes, marks));
    let mut measured = Measured::default();
    for opening in 0..OPENINGS {
        let page = Page::start(Screen::WIDE).await?;
        page.open().await?;
        page.devtools("Performance.enable", json!({})).await?;
        let read = busy(&page, async || {
            page.choose_files(&[("bench.json", file.as_bytes())]).await?;
            page.until_dialog("Import a project file").await
        });
        measured.read.push(read.await?);
        let open = busy(&page, async || {
            page.click_button("Import", "dialog").await?;
            page.until_js("the text", "return document.querySelectorAll('.host mark').length > 0").await?;
            page.frames().await
        });
        measured.open.push(open.await?);
        if opening + 1 == OPENINGS {
            page.until_saved().await?;
            add_and_export(&page, &mut measured).await?;
        }
        page.close().await?;
    }
    Ok(measured)
}

async fn add_and_export(page: &Page, measured: &mut Measured) -> Result<()> {
    for _ in 0..TIMES {
        page.press_all(&["Escape", "Escape", "Control+ArrowRight", "Control+ArrowRight", "Shift+ArrowRight"]).await?;
        page.frames().await?;
        measured.add.push(
            busy(page, async || {
                page.press("2").await?;
                page.frames().await
            })
            .await?,
        );
        page.until_saved().await?;
    }
    const EXPORT: &str = "const start = performance.now(); const file = annotator.exportProject();
        const middle = performance.now(); const value = JSON.parse(file); const parsed = performance.now();
        JSON.stringify(value); return [middle - start, performance.now() - parsed]";
    for _ in 0..TIMES {
        let times = page.js(EXPORT).await?;
        measured.export.push(times[0].as_f64().unwrap_or(f64::NAN));
        measured.stringify.push(times[1].as_f64().unwrap_or(f64::NAN));
    }
    Ok(())
}

/// For how long the main thread is busy while something is done, in milliseconds.
async fn busy(page: &Page, work: impl AsyncFnOnce() -> Result<()>) -> Result<f64> {
    let before = task_time(page).await?;
    work().await?;
    Ok((task_time(page).await? - before) * 1_000.0)
}

/// The seconds that the main thread has been busy since the page was opened.
async fn task_time(page: &Page) -> Result<f64> {
    let metrics = page.devtools("Performance.getMetrics", json!({})).await?;
    let all = metrics["metrics"].as_array().cloned().unwrap_or_default();
    let found = all.iter().find(|metric| metric["name"] == "TaskDuration");
    Ok(found.and_then(|metric| metric["value"].as_f64()).unwrap_or(f64::NAN))
}
