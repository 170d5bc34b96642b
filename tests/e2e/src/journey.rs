//! One journey: a fresh browser, what a person does in it, and what must be true of every journey.

use crate::Page;
use crate::engine::{Engine, Need};
use crate::page::Screen;
use crate::setup;
use anyhow::{Context, Result, ensure};
use futures_util::FutureExt;
use std::io::{Write, stdout};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// No journey is longer.
const LIMIT: Duration = Duration::from_secs(180);

/// Browsers at a time: a second one would share the processor and the keyboard's rhythm with the first.
static BROWSERS: Semaphore = Semaphore::const_new(1);

/// What a journey starts with.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The window.
    pub screen: Screen,
    /// What it needs that not every driver gives.
    pub needs: &'static [Need],
}

impl Settings {
    /// A laptop.
    pub const LAPTOP: Self = Self { screen: Screen::WIDE, needs: &[] };
    /// A phone.
    pub const PHONE: Self = Self { screen: Screen::PHONE, needs: &[Need::Finger] };
    /// A page at 400 %.
    pub const NARROW: Self = Self { screen: Screen::NARROW, needs: &[Need::Zoom] };

    /// The same with other needs.
    pub const fn needing(self, needs: &'static [Need]) -> Self {
        Self { needs, ..self }
    }
}

/// Goes through a journey. It begins with the site open for the first time in a new browser. At its end nothing
/// may have been forbidden by the page's security policy, and nothing may stand as an error in the console. A
/// picture is kept of where it failed. A journey that the browser's driver can't go is left out, and that is said.
pub async fn journey(name: &str, settings: Settings, steps: impl AsyncFnOnce(&mut Page) -> Result<()>) -> Result<()> {
    let engine = Engine::chosen()?;
    if let Some(reason) = settings.needs.iter().find_map(|&need| engine.lacks(need)) {
        // Past what the test harness keeps to itself: whoever runs the tests must see what was not tried.
        writeln!(stdout(), "\nleft out in {}: {name}, since {reason}", engine.name())?;
        return Ok(());
    }
    let _turn = BROWSERS.acquire().await?;
    let mut page = Page::start(settings.screen).await?;
    let whole = async {
        page.open().await?;
        steps(&mut page).await?;
        let complaints = page.complaints().await?;
        ensure!(complaints.is_empty(), "the browser complained: {complaints:#?}");
        Ok(())
    };
    let outcome = AssertUnwindSafe(timeout(LIMIT, whole)).catch_unwind().await;
    let passed = matches!(outcome, Ok(Ok(Ok(()))));
    if !passed {
        keep_picture(&page, name).await;
    }
    let closed = page.close().await;
    match outcome {
        Ok(Ok(result)) => result.and(closed),
        Ok(Err(_)) => Err(anyhow::anyhow!("it did not end in {} s", LIMIT.as_secs())),
        Err(panic) => resume_unwind(panic),
    }
    .with_context(|| format!("journey “{name}” in {}", engine.name()))
}

/// Help for whoever looks for the cause; where it can't be kept, the failure itself still counts.
async fn keep_picture(page: &Page, name: &str) {
    let folder = setup::root().join("target/e2e");
    if let (Ok(picture), Ok(())) = (page.picture().await, std::fs::create_dir_all(&folder)) {
        let file = folder.join(format!("{}-{}.png", name.replace(' ', "-"), page.engine().name()));
        if std::fs::write(&file, picture).is_ok() {
            eprintln!("a picture of where it failed: {}", file.display());
        }
    }
    if let Ok(complaints) = page.complaints().await {
        eprintln!("complaints of the browser: {complaints:#?}");
    }
}
