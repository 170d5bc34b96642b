//! What is weaker where the page was opened from is said there, and only there.

use e2e::engine::Engine;
use e2e::server::Server;
use e2e::{Page, Result, Settings, ensure, journey, json, setup};

/// What the foot and the settings say of it; nothing where they are silent.
async fn said(page: &Page) -> Result<(String, String)> {
    let foot = page.text("return document.querySelector('.foot button:not(.filed)')?.textContent").await?;
    page.press(",").await?;
    page.until_dialog("Settings").await?;
    let settings = page.text("return document.querySelector('dialog .trap')?.innerText").await?;
    page.press("Escape").await?;
    page.until_no_dialog().await?;
    Ok((foot, settings))
}

#[tokio::test]
async fn a_secure_site_has_nothing_to_say() -> Result<()> {
    journey("a secure site has nothing to say", Settings::LAPTOP, async |page| {
        let said = said(page).await?;
        ensure!(said == Default::default(), "{said:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_from_the_disk_tells_its_trap() -> Result<()> {
    journey("a page from the disk tells its trap", Settings::LAPTOP, async |page| {
        let (short, long) = match page.engine() {
            Engine::Firefox => ("Your work is tied to this file's place", "to the name and folder of this file"),
            Engine::Chromium | Engine::WebKit => {
                ("Other HTML files can see your work", "one store for all HTML files on this computer")
            }
        };
        page.visit_file().await?;
        let moved = page.text("return one('.hint').innerText").await?.contains("Did you move or rename this file?");
        ensure!(moved == (page.engine() == Engine::Firefox), "the first visit may be a later one in Firefox alone");
        let (foot, settings) = said(page).await?;
        ensure!(foot == short, "{foot}");
        ensure!(settings.contains(long), "{settings}");
        // The foot leads to the settings.
        page.click_button(&foot, ".foot").await?;
        page.until_dialog("Settings").await?;
        page.check_access("the settings of a page from the disk").await?;
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        page.check_access("an article of a page from the disk").await
    })
    .await
}

#[tokio::test]
async fn a_site_without_https_tells_what_is_weaker() -> Result<()> {
    journey("a site without https tells what is weaker", Settings::LAPTOP, async |page| {
        // Another name of this machine, which the browser does not take for a secure one.
        let name = match page.engine() {
            Engine::Chromium | Engine::Firefox => "0.0.0.0",
            Engine::WebKit => "[::ffff:127.0.0.1]",
        };
        let host = Server::start(&setup::site()?, "");
        page.visit(&host.address().replace("127.0.0.1", name)).await?;
        ensure!(page.js("return isSecureContext").await? == json!(false), "the address counts as secure");
        let (foot, settings) = said(page).await?;
        ensure!(foot == "This address is not secure", "{foot}");
        ensure!(settings.contains("needs the network to open"), "{settings}");
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.reload().await?;
        page.until_js("the mark", "return annotator.annotations().length === 1").await?;
        Ok(())
    })
    .await
}
