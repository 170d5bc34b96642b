//! The app as one file, opened from the disk with no server: everything works as on the site.

use crate::exchange::large;
use e2e::{Page, Result, Settings, ensure, journey, json, setup};

/// What the file may take on the disk, in bytes.
const SIZE: u64 = 400_000;

#[tokio::test]
async fn the_one_file_opens_marks_keeps_and_saves() -> Result<()> {
    journey("the one file opens marks keeps and saves", Settings::LAPTOP, async |page| {
        page.visit_file().await?;
        ensure!(page.js("return location.protocol").await? == "file:", "it was not opened from the disk");
        page.until_is("the sample", "return annotator.article()?.text", json!(setup::seed("meals-pilot.txt")?)).await?;
        page.drag_over("Desmond Arkley", 0).await?;
        page.press("3").await?;
        page.until_marks(&["entity: Desmond Arkley"]).await?;
        page.reload().await?;
        page.until_marks(&["entity: Desmond Arkley"]).await?;
        page.restart_where_kept().await?;
        page.until_marks(&["entity: Desmond Arkley"]).await?;
        page.press("Control+z").await?;
        page.until_marks(&[]).await?;
        page.press("Control+Shift+z").await?;
        page.until_marks(&["entity: Desmond Arkley"]).await?;
        page.press("x").await?;
        page.until_dialog("Export").await?;
        ensure!(page.js("return all('dialog a').length").await? == 0, "a link leads to what is not there");
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        let file = page.save_all().await?;
        ensure!(file.contains(r#""exact":"Desmond Arkley""#), "{file}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_one_file_holds_the_samples() -> Result<()> {
    journey("the one file holds the samples", Settings::LAPTOP, async |page| {
        page.visit_file().await?;
        for (name, file) in [("Water meters", "water-meters.txt"), ("Festival sign", "festival-sign.txt")] {
            page.show_articles().await?;
            page.click_button(name, ".samples").await?;
            page.until_is(name, "return annotator.article()?.text", json!(setup::seed(file)?)).await?;
        }
        Ok(())
    })
    .await
}

/// Has the page take in a project file that is large enough for a worker, and makes sure that one read it.
pub async fn read_aside(page: &Page) -> Result<()> {
    const WORDS: usize = 20_000;
    page.js("window.workers = []; window.Worker = class extends Worker {
        constructor(...given) {
            super(...given);
            workers.push(this);
            this.addEventListener('error', () => workers.pop());
            this.addEventListener('message', ({ data }) => data === null && workers.pop());
        }
    }")
        .await?;
    let file = large(&page.export().await?, WORDS);
    page.choose_files(&[("large.json", file.as_bytes())]).await?;
    page.until_dialog("Import").await?;
    page.click_button("Import", "dialog .answers").await?;
    page.until_is("the marks", "return annotator.article()?.annotations", json!(WORDS)).await?;
    let workers = page.js("return workers.length").await?;
    ensure!(workers == 1, "it was not a worker that read: {workers}");
    page.until_saved().await
}

#[tokio::test]
async fn the_one_file_reads_a_large_file_aside() -> Result<()> {
    journey("the one file reads a large file aside", Settings::LAPTOP, async |page| {
        page.visit_file().await?;
        read_aside(page).await
    })
    .await
}

#[tokio::test]
async fn the_one_file_opens_on_a_sample_where_nothing_can_be_kept() -> Result<()> {
    journey("the one file opens on a sample where nothing can be kept", Settings::LAPTOP, async |page| {
        page.run_first("Object.defineProperty(window, 'indexedDB', { value: undefined });");
        page.visit_file().await?;
        page.until_is("the sample", "return annotator.article()?.text", json!(setup::seed("meals-pilot.txt")?)).await
    })
    .await
}

#[tokio::test]
async fn the_one_file_is_small() -> Result<()> {
    let size = std::fs::metadata(setup::one_file()?)?.len();
    ensure!(size <= SIZE, "{size} bytes");
    Ok(())
}
