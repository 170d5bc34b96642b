//! The browser's own way back, which must not lead out of the site from an article that was opened in it.

use e2e::wait::within;
use e2e::{Page, Result, Settings, ensure, journey, json};

async fn until_screen(page: &Page, screen: &str) -> Result<()> {
    let shown = format!("return document.querySelector('.app')?.dataset.screen === '{screen}'");
    page.until_js(screen, &shown).await.map(drop)
}

#[tokio::test]
async fn back_leads_from_an_article_to_the_list_and_forth() -> Result<()> {
    journey("back leads from an article to the list and forth", Settings::LAPTOP, async |page| {
        page.load("The mayor said no.", "Mayor").await?;
        page.press("a").await?;
        until_screen(page, "articles").await?;
        page.click_button("Mayor", ".app").await?;
        until_screen(page, "article").await?;
        let address = page.js("return location.href").await?;

        within("the way back", page.client().back()).await?;
        until_screen(page, "articles").await?;
        within("the way forth", page.client().forward()).await?;
        until_screen(page, "article").await?;

        // The app's own way to the list is the same step.
        let steps = page.js("return history.length").await?;
        page.press("a").await?;
        until_screen(page, "articles").await?;
        page.until_js("the step back", "return !history.state").await?;
        page.click_button("Mayor", ".app").await?;
        until_screen(page, "article").await?;
        ensure!(page.js("return [history.length, location.href]").await? == json!([steps, address]), "it grew");

        page.reload().await?;
        until_screen(page, "article").await?;
        within("the way back", page.client().back()).await?;
        until_screen(page, "articles").await
    })
    .await
}
