//! Two tabs with one workspace: what is done in one is seen in the other, both write, and nothing is lost.

use e2e::{Page, Result, Settings, Value, ensure, journey, json};

async fn content(page: &Page) -> Result<Value> {
    let mut file = page.export().await?;
    file["exported"].take();
    Ok(file)
}

#[tokio::test]
async fn what_is_done_in_one_tab_is_seen_in_the_other() -> Result<()> {
    journey("what is done in one tab is seen in the other", Settings::LAPTOP, async |page| {
        page.drag_over("Desmond Arkley", 0).await?;
        page.press("3").await?;
        page.until_saved().await?;
        let first = page.window().await?;
        let second = page.new_window().await?;
        page.open().await?;
        page.until_marks(&["entity: Desmond Arkley"]).await?;
        page.drag_over("hungry child", 0).await?;
        page.until_is("the selection", "return chosen()", json!("hungry child")).await?;
        let top = page.js("return one('.text').scrollTop").await?;

        page.to_window(&first).await?;
        page.drag_over("failure of nerve", 0).await?;
        page.press("1").await?;
        page.until_saved().await?;
        page.to_window(&second).await?;
        page.until_marks(&["entity: Desmond Arkley", "quote: failure of nerve"]).await?;
        let drawn = page.drawn().await?;
        ensure!(drawn == ["Desmond Arkley", "failure of nerve"], "{drawn:?}");
        ensure!(page.text("return chosen()").await? == "hungry child", "the selection is gone");
        ensure!(page.js("return one('.text').scrollTop").await? == top, "the text has moved");
        // The words in hand are still in hand.
        page.press("2").await?;
        let all = ["claim: hungry child", "entity: Desmond Arkley", "quote: failure of nerve"];
        page.until_marks(&all).await?;
        page.until_saved().await?;

        page.to_window(&first).await?;
        page.until_marks(&all).await?;
        // There is one history: undo takes back what was done last, wherever that was.
        page.press("Control+z").await?;
        page.until_marks(&[all[1], all[2]]).await?;
        page.until_saved().await?;
        page.load("The secret of Anneke Brough.", "Secret").await?;
        page.until_saved().await?;
        let here = content(page).await?;

        page.to_window(&second).await?;
        page.until_is("two articles", "return JSON.parse(annotator.exportProject()).articles.length", json!(2)).await?;
        ensure!(content(page).await? == here, "the tabs differ");
        ensure!(page.text("return annotator.article().title").await?.starts_with("Corriston"), "it went elsewhere");
        page.press("Control+Shift+z").await?;
        page.until_said("nothing to redo").await?;
        page.both_copies().await.map(drop)
    })
    .await
}

/// Marks in the page, one mark in each task, in both tabs at the same time, and holds that nothing is lost.
async fn both_mark(page: &Page, each: usize) -> Result<()> {
    let first = page.window().await?;
    page.until_saved().await?;
    let second = page.new_window().await?;
    page.open().await?;
    let start = |label: &str, from: usize| {
        format!(
            "let i = 0;
             const go = () => {{
               annotator.annotate('{label}', {from} + i, {from} + i + 3);
               if (i % 7 === 6) document.querySelector('[aria-label=Undo]').click();
               if (++i < {each}) setTimeout(go); else window.done = true;
             }};
             go()"
        )
    };
    page.js(&start("claim", 5)).await?;
    page.to_window(&first).await?;
    page.js(&start("quote", 0)).await?;
    page.until_js("all was done", "return window.done").await?;
    page.until_saved().await?;
    page.to_window(&second).await?;
    page.until_js("all was done", "return window.done").await?;
    page.until_saved().await?;
    let there = content(page).await?;
    page.to_window(&first).await?;
    e2e::wait::until("the same in both tabs", async || Ok((content(page).await? == there).then_some(()))).await?;
    let marks = page.annotations().await?.len();
    ensure!(marks > each, "{marks} marks are left of {}", 2 * each);
    page.reload().await?;
    ensure!(content(page).await? == there, "the log tells something else");
    let entries = page.both_copies().await?;
    ensure!(entries > 2 * each, "{entries} entries");
    ensure!(page.js("return !document.querySelector('.notice')").await? == json!(true));
    // All of it can be taken back.
    page.js("for (let i = 0; i < 1000; i++) document.querySelector('[aria-label=Undo]').click()").await?;
    page.until_saved().await?;
    page.to_window(&second).await?;
    page.until_js("nothing", "return JSON.parse(annotator.exportProject()).articles.length === 0").await.map(drop)
}

#[tokio::test]
async fn two_tabs_that_mark_at_once_lose_nothing() -> Result<()> {
    journey("two tabs that mark at once lose nothing", Settings::LAPTOP, async |page| both_mark(page, 150).await).await
}

#[tokio::test]
async fn two_tabs_find_each_other_without_channels_and_locks() -> Result<()> {
    journey("two tabs find each other without channels and locks", Settings::LAPTOP, async |page| {
        page.forget().await?;
        // As at a plain http address, and in a browser that delivers nothing through channels.
        let script = "
            delete Navigator.prototype.locks;
            delete Navigator.prototype.storageBuckets;
            delete self.BroadcastChannel;";
        page.run_first(script);
        page.open().await?;
        both_mark(page, 60).await
    })
    .await
}

#[tokio::test]
async fn what_is_erased_in_one_tab_is_gone_from_the_other() -> Result<()> {
    journey("what is erased in one tab is gone from the other", Settings::LAPTOP, async |page| {
        page.load("The secret of Anneke Brough.", "Secret").await?;
        page.until_saved().await?;
        let first = page.window().await?;
        let second = page.new_window().await?;
        page.open().await?;
        page.js("window.before = true; annotator.annotate('entity', 14, 27)").await?;
        page.until_saved().await?;
        page.to_window(&first).await?;
        page.until_marks(&["entity: Anneke Brough"]).await?;
        page.js("window.before = true").await?;
        page.press(",").await?;
        page.until_dialog("Settings").await?;
        page.click_button("Erase everything here", "dialog").await?;
        page.until_dialog("Erase everything here?").await?;
        page.click_button("Erase", "dialog .answers").await?;
        for window in [&first, &second] {
            page.to_window(window).await?;
            page.until_js("a page that begins anew", "return !window.before && window.annotator").await?;
            page.ready().await?;
            let file = page.export().await?.to_string();
            ensure!(!file.contains("Brough.") && !file.contains("Secret"), "{file}");
        }
        page.until_saved().await?;
        let kept = page.at_copies("return JSON.stringify([await held(0), await held(1)])").await?.to_string();
        let secret = b"The secret".map(|byte| byte.to_string()).join(",");
        ensure!(!kept.contains(&secret), "it is still kept");
        Ok(())
    })
    .await
}
