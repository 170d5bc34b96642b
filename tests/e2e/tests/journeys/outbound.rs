//! Nothing leaves the page: every way to ask another address is tried on the site and in the one file, and on
//! a bare page, where they all arrive.

use crate::exchange::large;
use e2e::engine::Engine;
use e2e::listener::Listener;
use e2e::page::Screen;
use e2e::wait::until;
use e2e::{Context, Page, Result, ensure, from_value, json, server};

const ATTEMPTS: &str = include_str!("outbound.js");

/// The ways that are tried, by their names in the script.
const WAYS: &[&str] = &[
    "image",
    "fetch",
    "request",
    "beacon",
    "socket",
    "events",
    "stylesheet",
    "prefetch",
    "preload",
    "modulepreload",
    "icon",
    "script",
    "import",
    "iframe",
    "srcdoc",
    "object",
    "embed",
    "form",
    "ping",
    "video",
    "audio",
    "track",
    "font",
    "style-property",
    "style-attribute",
    "style-element",
    "style-sheet",
    "markup",
    "worker",
    "speculation",
];

/// The ways that a browser does not take, whatever the page: without a window it has no place for an icon.
fn unused(engine: Engine) -> &'static [&'static str] {
    match engine {
        Engine::Chromium => &["icon"],
        Engine::Firefox => &["prefetch", "ping", "speculation"],
        Engine::WebKit => &["prefetch", "icon", "speculation"],
    }
}

/// The ways that a browser bars without a word.
fn silent(engine: Engine) -> &'static [&'static str] {
    match engine {
        Engine::Chromium => &[],
        Engine::Firefox => &["prefetch", "preload", "modulepreload", "ping"],
        Engine::WebKit => &["prefetch", "icon"],
    }
}

/// Tries all from the page that is open, and waits until `done` gives the names of all but some.
async fn try_all(
    page: &Page,
    outside: &Listener,
    but: &[&str],
    done: impl AsyncFn() -> Result<Vec<String>>,
) -> Result<()> {
    page.js_with(ATTEMPTS, json!(outside.address())).await?;
    let mut missing = Vec::new();
    let all = until("each of the ways", async || {
        let names = done().await?;
        missing = WAYS.iter().filter(|way| !but.contains(way) && !names.iter().any(|name| name == *way)).collect();
        Ok(missing.is_empty().then_some(()))
    });
    let all = all.await;
    all.with_context(|| format!("missing: {missing:?}"))
}

#[tokio::test]
async fn a_page_without_a_policy_reaches_others_in_every_way() -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("index.html"), "<!doctype html><title>Bare</title><body></body>")?;
    let (bare, outside) = (server::serve(folder.path()), Listener::start());
    let page = Page::start(Screen::WIDE).await?;
    let reached = async {
        page.client().goto(&bare).await?;
        try_all(&page, &outside, unused(page.engine()), async || Ok(outside.heard())).await
    };
    let reached = reached.await;
    page.close().await?;
    reached
}

/// From a page of ours nothing arrives, and each way is heard to be forbidden.
async fn reaches_nobody(as_one_file: bool) -> Result<()> {
    let outside = Listener::start();
    let mut page = Page::start(Screen::WIDE).await?;
    let tried = async {
        page.open().await?;
        if as_one_file {
            page.visit_file().await?;
        }
        let refused = async || Ok(from_value(page.js("return refused").await?)?);
        try_all(&page, &outside, silent(page.engine()), refused).await?;
        // A page may be left for another one: no policy forbids that. It shows that somebody listens.
        page.js_with("location.href = `${given}/left`", json!(outside.address())).await?;
        until("the page that was left", async || Ok(outside.heard().contains(&"left".to_owned()).then_some(()))).await
    };
    let tried = tried.await;
    page.close().await?;
    tried?;
    let heard = outside.heard();
    // Behind that, the browser may keep a connection ready.
    ensure!(heard[0] == "left" && heard[1..].iter().all(|path| path == "a connection"), "{heard:?} arrived");
    Ok(())
}

#[tokio::test]
async fn nothing_leaves_the_site() -> Result<()> {
    reaches_nobody(false).await
}

#[tokio::test]
async fn nothing_leaves_the_one_file() -> Result<()> {
    reaches_nobody(true).await
}

#[tokio::test]
async fn not_even_a_worker_with_other_code_gets_out_of_the_one_file() -> Result<()> {
    let outside = Listener::start();
    let mut page = Page::start(Screen::WIDE).await?;
    let tried = async {
        page.open().await?;
        page.visit_file().await?;
        let other = "const code = `fetch('${given}/worker', { mode: 'no-cors' })
                .then(() => postMessage('it got out'), () => postMessage('it was kept in'))`;
            const address = URL.createObjectURL(new Blob([code]));
            URL.createObjectURL = () => address;
            window.Worker = class extends Worker {
                constructor(...given) {
                    super(...given);
                    this.addEventListener('message', ({ data }) => window.said = data);
                }
            }";
        page.js_with(other, json!(outside.address())).await?;
        // The app starts its worker, and does without it when that says what it should not.
        let file = large(&page.export().await?, 2_000);
        page.choose_files(&[("large.json", file.as_bytes())]).await?;
        page.until_dialog("Import").await?;
        page.text("return window.said").await
    };
    let said = tried.await;
    page.close().await?;
    let said = said?;
    ensure!(said == "it was kept in", "{said}");
    ensure!(outside.heard().is_empty(), "{:?} arrived", outside.heard());
    Ok(())
}
