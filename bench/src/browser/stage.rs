//! A browser on one of the pages that are held against each other: the app, the bare page A, the bare page C. All of
//! them are handled in just the same way, with real input events, and by the developer tools alone: a driver's own
//! looking around would count as the page's work.
//!
//! Nothing here is measured for one of them only.

use e2e::page::Screen;
use e2e::{Context, Page, Result, Value, bail, ensure, json, server, setup};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What every page gets before its own scripts.
const PROBE: &str = concat!(
    include_str!("../../pages/probe.js"),
    include_str!("../../pages/frames.js"),
    include_str!("../../pages/echo.js"),
);

/// A page that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The app.
    Ours,
    /// The app as one file, from the disk.
    OneFile,
    /// The bare page with all marks as highlights.
    A,
    /// The bare page that draws only what is near.
    C,
}

impl Which {
    fn address(self, page: &Page) -> Result<String> {
        static PAGES: OnceLock<String> = OnceLock::new();
        let pages = PAGES.get_or_init(|| server::serve(&setup::root().join("bench/pages")));
        Ok(match self {
            Self::Ours => page.address().to_owned(),
            Self::OneFile => format!("file://{}", setup::one_file()?.display()),
            Self::A => format!("{pages}a.html"),
            Self::C => format!("{pages}c.html"),
        })
    }
}

/// A browser that nobody used before.
pub struct Stage {
    page: Page,
    which: Which,
    /// What looking at the clock and waiting for two frames costs by itself, in milliseconds.
    idle: f64,
}

/// What opening a file took.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    /// Busy until the marks are painted, in milliseconds.
    pub busy: f64,
    /// When they were, on the page's own clock.
    pub painted: f64,
}

/// Where the main thread's time went, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    /// All of it.
    pub busy: f64,
    /// Scripts and wasm. What they make the browser compute at once, asking for a place, counts again below.
    pub program: f64,
    /// Which rules apply to which element.
    pub style: f64,
    /// Where everything stands.
    pub layout: f64,
}

/// As the developer tools name them.
const CLOCKS: [&str; 4] = ["ThreadTime", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];

impl Stage {
    /// Starts a browser on a blank page.
    pub async fn start() -> Result<Self> {
        let page = Page::start(Screen::WIDE).await?;
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": PROBE })).await?;
        page.devtools("Performance.enable", json!({})).await?;
        Ok(Self { page, which: Which::Ours, idle: 0.0 })
    }

    /// Starts a browser on a page, with a project file opened.
    pub async fn with_file(which: Which, file: &str) -> Result<Self> {
        let mut stage = Self::start().await?;
        let file = stage.keep(file)?;
        stage.go(which).await?;
        stage.open(&file).await?;
        stage.until_saved().await?;
        Ok(stage)
    }

    /// Ends the browser.
    pub async fn close(self) -> Result<()> {
        self.page.close().await
    }

    /// The browser's driver.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The page that it shows.
    pub fn which(&self) -> Which {
        self.which
    }

    /// Goes to a page and waits until it can be used.
    pub async fn go(&mut self, which: Which) -> Result<()> {
        self.which = which;
        // What the page before left behind is not this page's to clear away.
        self.page.client().goto("about:blank").await?;
        self.page.devtools("HeapProfiler.collectGarbage", json!({})).await?;
        self.page.client().goto(&which.address(&self.page)?).await?;
        self.js("bench.ready()").await?;
        self.until_saved().await?;
        self.idle = 0.0;
        let mut idle = Vec::new();
        for _ in 0..7 {
            idle.push(self.busy(async || Ok(())).await?);
        }
        idle.sort_by(f64::total_cmp);
        self.idle = idle[idle.len() / 2];
        Ok(())
    }

    /// Lets the app forget everything, so that the next visit is a first one.
    pub async fn forget(&self) -> Result<()> {
        self.page.client().goto("about:blank").await?;
        let origin = self.page.address().split('/').take(3).collect::<Vec<_>>().join("/");
        let all = json!({ "origin": origin, "storageTypes": "indexeddb,local_storage" });
        self.page.devtools("Storage.clearDataForOrigin", all).await.map(drop)
    }

    /// Puts a project file where the browser can choose it.
    pub fn keep(&self, content: &str) -> Result<PathBuf> {
        let path = self.page.folder().join("bench.json");
        std::fs::write(&path, content)?;
        Ok(path)
    }

    /// The value of an expression, awaited where it is a promise.
    pub async fn js(&self, expression: &str) -> Result<Value> {
        let asked = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.page.devtools("Runtime.evaluate", asked).await?;
        if let Some(wrong) = answer.get("exceptionDetails") {
            bail!("{expression}: {}", wrong["exception"]["description"]);
        }
        Ok(answer["result"]["value"].clone())
    }

    /// The number that an expression gives.
    pub async fn number(&self, expression: &str) -> Result<f64> {
        self.js(expression).await?.as_f64().with_context(|| format!("a number: {expression}"))
    }

    /// Waits until two frames are drawn.
    pub async fn frames(&self) -> Result<()> {
        self.js("bench.frames()").await.map(drop)
    }

    /// Waits until every change is kept.
    pub async fn until_saved(&self) -> Result<()> {
        self.js("bench.saved().then(bench.frames)").await.map(drop)
    }

    /// The processor time of the page's main thread while something is done and until two frames are drawn, in
    /// milliseconds, without what the measuring itself takes.
    pub async fn busy(&self, work: impl AsyncFnOnce() -> Result<()>) -> Result<f64> {
        Ok(self.spent(work).await?.busy)
    }

    /// The same, and what of it the browser names.
    pub async fn spent(&self, work: impl AsyncFnOnce() -> Result<()>) -> Result<Spent> {
        let before = self.clocks().await?;
        work().await?;
        self.frames().await?;
        let after = self.clocks().await?;
        let [busy, program, style, layout] = std::array::from_fn(|i| after[i] - before[i]);
        Ok(Spent { busy: (busy - self.idle).max(0.01), program, style, layout })
    }

    /// The processor time of the main thread so far, in milliseconds.
    pub async fn thread_time(&self) -> Result<f64> {
        self.clocks().await.map(|[busy, ..]| busy)
    }

    /// The clocks of the main thread in milliseconds: all it did, programs, styles, layout.
    async fn clocks(&self) -> Result<[f64; 4]> {
        let metrics = self.page.devtools("Performance.getMetrics", json!({})).await?;
        let all = metrics["metrics"].as_array().cloned().unwrap_or_default();
        let mut clocks = [0.0; 4];
        for (clock, name) in clocks.iter_mut().zip(CLOCKS) {
            let found = all.iter().find(|metric| metric["name"] == name);
            let seconds = found.and_then(|metric| metric["value"].as_f64()).context("the main thread's time")?;
            *clock = seconds * 1_000.0;
        }
        Ok(clocks)
    }

    /// Opens a project file through the field for files. Where the app first asks whether to import it, the answer
    /// is a click, and what is counted is both halves.
    pub async fn open(&self, file: &Path) -> Result<Opening> {
        if self.which == Which::Ours {
            self.press("o").await?;
            // Whoever reads files gets ready while a person chooses one, which takes longer than this.
            self.js("bench.quiet(500)").await?;
        }
        let field =
            json!({ "expression": "bench.until(() => document.querySelector('#files'))", "awaitPromise": true });
        let field = self.page.devtools("Runtime.evaluate", field).await?;
        let chosen = json!({ "objectId": field["result"]["objectId"], "files": [file] });
        let mut shown = Value::Null;
        let mut busy = self
            .busy(async || {
                self.page.devtools("DOM.setFileInputFiles", chosen).await?;
                shown = self.js("bench.shown()").await?;
                Ok(())
            })
            .await?;
        if shown["what"] == "dialog" {
            let at = self.point("bench.button('dialog:modal .primary')").await?;
            let answer = async || {
                self.click(at).await?;
                shown = self.js("bench.until(() => !document.querySelector('dialog')).then(bench.shown)").await?;
                Ok(())
            };
            busy += self.busy(answer).await?;
        }
        ensure!(shown["what"] == "marks", "the file was not opened: {shown}");
        Ok(Opening { busy, painted: shown["at"].as_f64().unwrap_or_default() })
    }

    /// The longest task since a moment of the page's clock, in milliseconds; 0 where none took 50 ms.
    pub async fn longest_task(&self, since: f64) -> Result<f64> {
        self.js("bench.quiet(300)").await?;
        self.number(&format!("bench.longest({since})")).await
    }

    /// Scrolls to a part of the article, from 0 to 1, and waits until it is drawn.
    pub async fn scroll_to(&self, part: f64) -> Result<()> {
        let go = format!("{{ const s = bench.scroller(); s.scrollTop = (s.scrollHeight - s.clientHeight) * {part} }}");
        for _ in 0..3 {
            self.js(&go).await?;
            self.frames().await?;
        }
        Ok(())
    }

    /// A point that an expression gives.
    pub async fn point(&self, expression: &str) -> Result<(f64, f64)> {
        let found = self.js(expression).await?;
        let at = |i: usize| found[i].as_f64().with_context(|| format!("a point: {expression}"));
        Ok((at(0)?, at(1)?))
    }
}
