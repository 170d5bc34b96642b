//! Without a network, and from one version of the site to the next.

use crate::one_file::read_aside;
use crate::web_pages::take_the_news;
use e2e::engine::Need;
use e2e::server::{KEEPS, Server};
use e2e::version::{self, MARK};
use e2e::{Page, Result, Settings, Value, ensure, from_value, journey, json, setup};
use std::fs;
use tempfile::TempDir;

/// Waits until the site is kept and this page is answered from what is kept.
async fn until_kept(page: &Page) -> Result<()> {
    page.until_js("a service worker", "return navigator.serviceWorker.controller?.state === 'activated'").await?;
    Ok(())
}

/// Waits until the page that was marked as the old one has gone and the next one is there.
async fn until_anew(page: &Page) -> Result<()> {
    page.until_js("the page anew", "return !window.stays && document.querySelector('.app')").await?;
    page.ready().await
}

/// Loads the page anew from inside: the command of Firefox's driver for it passes over what is kept.
async fn reload(page: &Page) -> Result<()> {
    page.until_saved().await?;
    page.js("window.stays = true; location.reload()").await?;
    until_anew(page).await
}

/// The names of the parts that the page was made of.
async fn parts(page: &Page) -> Result<Vec<String>> {
    let script = "const named = all('link[href], script[src]').map(part => part.href || part.src);
        const loaded = performance.getEntriesByType('resource').map(entry => entry.name);
        return [...new Set([...named, ...loaded])].filter(name => /-[0-9a-f]{16}\\./.test(name))";
    Ok(from_value(page.js(script).await?)?)
}

/// All parts of the page are of one version: the second or the first.
async fn check_version(page: &Page, second: bool) -> Result<()> {
    let parts = parts(page).await?;
    let is_one = parts.iter().all(|name| name.contains(MARK) == second);
    ensure!(is_one && parts.len() >= 5, "not all of version {}: {parts:#?}", if second { 2 } else { 1 });
    Ok(())
}

/// Opens a sample, and waits until its text is there.
async fn until_sample(page: &Page, text: &str) -> Result<()> {
    page.show_articles().await?;
    page.click_button("Festival sign", ".samples").await?;
    // One of another version may be open.
    page.until_is("the sample", "return annotator.article()?.text", json!(text)).await
}

/// The versions that are kept.
async fn versions(page: &Page) -> Result<usize> {
    let count = page.js_async("caches.keys().then(names => done(names.length))", Value::Null).await?;
    Ok(from_value(count)?)
}

/// A folder with the second version.
fn second() -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    version::another(&setup::site()?, folder.path())?;
    Ok(folder)
}

#[tokio::test]
async fn after_the_first_visit_it_works_without_a_network() -> Result<()> {
    journey("after the first visit it works without a network", Settings::LAPTOP, async |page| {
        let host = Server::start(&setup::site()?, "");
        page.visit(host.address()).await?;
        until_kept(page).await?;
        host.stop();
        until_sample(page, &setup::seed("festival-sign.txt")?).await?;
        page.js("annotator.annotate('quote', 1, 5)").await?;
        reload(page).await?;
        page.until_js("the mark", "return annotator.annotations().length === 1").await?;
        page.restart_where_kept().await?;
        page.until_js("the mark", "return annotator.annotations().length === 1").await?;
        until_sample(page, &setup::seed("festival-sign.txt")?).await?;
        page.visit(&format!("{}index.html?from=elsewhere#top", host.address())).await?;
        take_the_news(page).await?;
        read_aside(page).await
    })
    .await
}

#[tokio::test]
async fn a_new_version_waits_until_it_is_wanted_and_all_is_saved() -> Result<()> {
    journey("a new version waits until it is wanted and all is saved", Settings::LAPTOP, async |page| {
        let (host, second) = (Server::start(&setup::site()?, KEEPS), second()?);
        let old_sample = setup::seed("festival-sign.txt")?;
        page.visit(host.address()).await?;
        until_kept(page).await?;
        check_version(page, false).await?;

        // It is there, is told of, and is not used, however often the page or the browser starts.
        host.show(second.path());
        reload(page).await?;
        page.until_js("the news", "return document.querySelector('.update')?.innerText.includes('new version')")
            .await?;
        check_version(page, false).await?;
        page.check_access("an article with the news of a new version").await?;
        reload(page).await?;
        check_version(page, false).await?;
        page.restart_where_kept().await?;
        page.until_js("the news", "return document.querySelector('.update')").await?;
        check_version(page, false).await?;
        until_sample(page, &old_sample).await?;

        // Wanted while something is being saved: it waits for that.
        page.until_saved().await?;
        page.js("window.stays = true; holdCommits()").await?;
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.until_js("the transaction", "return held.length").await?;
        page.click_button("Update", ".update").await?;
        page.until_js("that it waits", "return one('.update').innerText.includes('as soon as everything is saved')")
            .await?;
        page.frames().await?;
        ensure!(page.js("return window.stays").await? == json!(true), "it did not wait");
        page.js("letGo()").await?;
        until_anew(page).await?;
        check_version(page, true).await?;
        ensure!(page.js("return annotator.annotations().length").await? == 1, "the mark is lost");
        ensure!(versions(page).await? == 1, "the first version is still kept");

        host.stop();
        reload(page).await?;
        check_version(page, true).await?;
        ensure!(page.js("return document.querySelector('.update') === null").await? == json!(true), "old news");
        until_sample(page, &format!("{old_sample}Second version.\n")).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn another_tab_goes_on_until_its_own_turn() -> Result<()> {
    journey("another tab goes on until its own turn", Settings::LAPTOP.needing(&[Need::Tabs]), async |page| {
        let (host, second) = (Server::start(&setup::site()?, ""), second()?);
        page.visit(host.address()).await?;
        until_kept(page).await?;
        let first_tab = page.client().window().await?;
        let second_tab = page.client().new_window(true).await?.handle;
        page.client().switch_to_window(second_tab.clone()).await?;
        page.open().await?;
        host.show(second.path());
        reload(page).await?;
        page.until_js("the news", "return document.querySelector('.update')").await?;

        page.client().switch_to_window(first_tab.clone()).await?;
        page.until_js("the news", "return document.querySelector('.update')").await?;
        page.click_button("Dismiss", ".update").await?;
        page.until_js("no news", "return !document.querySelector('.update')").await?;
        page.js("window.stays = true").await?;

        page.client().switch_to_window(second_tab).await?;
        page.js("window.stays = true").await?;
        page.click_button("Update", ".update").await?;
        until_anew(page).await?;
        check_version(page, true).await?;

        page.client().switch_to_window(first_tab).await?;
        page.until_js("the news again", "return document.querySelector('.update')").await?;
        ensure!(page.js("return window.stays").await? == json!(true), "it was loaded anew, and nobody asked for it");
        check_version(page, false).await?;
        page.click_button("Update", ".update").await?;
        until_anew(page).await?;
        check_version(page, true).await
    })
    .await
}

#[tokio::test]
async fn half_a_version_is_never_taken() -> Result<()> {
    journey("half a version is never taken", Settings::LAPTOP, async |page| {
        let (host, second) = (Server::start(&setup::site()?, ""), second()?);
        page.visit(host.address()).await?;
        until_kept(page).await?;
        // The page of the second version with the keeper of a third: as in the middle of a change on the host.
        let program = fs::read_dir(second.path())?.flatten().map(|entry| entry.path());
        let program = program.filter(|file| file.extension().is_some_and(|ending| ending == "wasm"));
        for file in program {
            fs::write(&file, b"not it")?;
        }
        host.show(second.path());
        let look = "navigator.serviceWorker.ready.then(async kept => {
            await kept.update().catch(() => {});
            const fresh = kept.installing;
            const end = () => fresh.state === 'redundant' && done(kept.waiting === null);
            fresh ? (fresh.addEventListener('statechange', end), end()) : done('nothing was tried');
        })";
        ensure!(page.js_async(look, Value::Null).await? == json!(true), "the broken version was taken");
        ensure!(versions(page).await? == 1, "something is left of the broken version");
        reload(page).await?;
        check_version(page, false).await?;
        ensure!(page.js("return document.querySelector('.update') === null").await? == json!(true), "false news");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_site_that_is_worked_on_is_never_kept() -> Result<()> {
    journey("a site that is worked on is never kept", Settings::LAPTOP, async |page| {
        let (host, other) = (Server::start(&setup::site()?, ""), tempfile::tempdir()?);
        page.visit(host.address()).await?;
        until_kept(page).await?;
        // As `serve` makes it: a script that takes the keeper away, and a start that asks for none.
        version::copy(&setup::site()?, other.path())?;
        fs::copy(setup::root().join("xtask/web/no-service-worker.js"), other.path().join("service-worker.js"))?;
        for file in fs::read_dir(other.path())?.flatten().map(|entry| entry.path()).filter(|file| file.is_file()) {
            if let Ok(text) = fs::read_to_string(&file) {
                let text = text.replace("navigator.serviceWorker?.", "navigator.none?.");
                fs::write(&file, text.replace("<html ", "<html data-other "))?;
            }
        }
        host.show(other.path());
        reload(page).await?;
        page.until_js("the page as it is now", "return one('html').matches('[data-other]')").await?;
        ensure!(versions(page).await? == 0, "the release is still kept");
        page.ready().await
    })
    .await
}
