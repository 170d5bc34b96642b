//! Copies of the work in files: when there was one last, the reminder of it, and the file that is written again.

use e2e::{Page, Result, Settings, Value, ensure, from_str, journey, json};

/// What the line at the foot says of files.
async fn foot(page: &Page) -> Result<String> {
    page.text("return one('.foot .filed').textContent").await
}

#[tokio::test]
async fn when_the_work_was_last_saved_to_a_file_is_always_told() -> Result<()> {
    journey("when the work was last saved to a file is always told", Settings::LAPTOP, async |page| {
        ensure!(foot(page).await? == "Never saved to a file", "{}", foot(page).await?);
        page.save_all().await?;
        page.until_js("when", "return one('.foot .filed').textContent.startsWith('Last saved to a file: ')").await?;
        let told = foot(page).await?;
        // The year tells that a moment is told and not another word; how it is written is the browser's matter.
        let year = page.js("return new Date().getFullYear()").await?.to_string();
        ensure!(told.contains(&year[2..]), "{told}");
        page.reload().await?;
        ensure!(foot(page).await? == told, "after a reload: {}", foot(page).await?);
        page.show_articles().await?;
        ensure!(page.text("return one('.everything .filed').textContent").await? == told, "in the list of articles");
        page.press("?").await?;
        page.until_dialog("Help").await?;
        ensure!(page.dialog_text().await?.contains("Save everything to a file"), "the help does not say how");
        page.press("Escape").await?;
        page.until_no_dialog().await
    })
    .await
}

#[tokio::test]
async fn on_a_phone_the_menu_tells_it() -> Result<()> {
    journey("on a phone the menu tells of files", Settings::PHONE, async |page| {
        page.click_button("More", ".bar").await?;
        page.until_js("the menu", "return shown(one('#more .filed'))").await?;
        ensure!(page.text("return one('#more .filed').textContent").await? == "Never saved to a file", "the menu");
        Ok(())
    })
    .await
}

/// Sixty changes, the first of which was made long ago.
const LONG_AGO: &str = "await alter(0, ({ meta }) => meta.put('- 0000000060 2026-01-02T03:04:05.678Z -', 'filed'))";

#[tokio::test]
async fn who_has_much_work_in_one_browser_only_is_reminded_once_a_day() -> Result<()> {
    journey("who has much work in one browser only is reminded once a day", Settings::LAPTOP, async |page| {
        const SHOWN: &str = "return !!document.querySelector('.reminder')";
        ensure!(page.js(SHOWN).await? == json!(false), "nobody has worked yet");
        page.leave().await?;
        page.at_copies(LONG_AGO).await?;
        page.open().await?;
        page.until_js("the reminder", SHOWN).await?;
        let said = page.text("return one('.reminder p').textContent").await?;
        ensure!(said == "Your last 60 changes are in this browser only.", "{said}");
        page.until_said("60 changes").await?;
        page.click_button("Dismiss", ".reminder").await?;
        page.until_js("no reminder", "return !document.querySelector('.reminder')").await?;
        page.reload().await?;
        page.frames().await?;
        ensure!(page.js(SHOWN).await? == json!(false), "it came back on the same day");

        // On another day it comes again, and goes with what it asks for.
        page.leave().await?;
        let later = LONG_AGO.replace(" -'", " 2026-01-03T03:04:05.678Z'").replace("60", "61");
        page.at_copies(&later).await?;
        page.open().await?;
        page.until_js("the reminder", SHOWN).await?;
        let (_, content) = page.save(async || page.click_button("Save all to a file", ".reminder").await).await?;
        let file: Value = from_str(&content)?;
        ensure!(file["articles"].as_array().is_some_and(|all| all.len() == 1), "{file}");
        page.until_js("no reminder", "return !document.querySelector('.reminder')").await?;
        page.until_js("when", "return one('.foot .filed').textContent.startsWith('Last saved to a file: ')").await?;
        page.reload().await?;
        page.frames().await?;
        ensure!(page.js(SHOWN).await? == json!(false), "it came back after the file was saved");
        Ok(())
    })
    .await
}

/// Nobody can work the browser's own dialog from outside; it would give a file of the disk, and this one lies in
/// the browser. Everything else about it is the same.
const CHOOSES: &str = "navigator.storage.getDirectory()
    .then(folder => folder.getFileHandle(given, { create: true }))
    .then(file => { window.showSaveFilePicker = async () => file; done(true); }, error => done(String(error)))";

const CONTENT: &str = "navigator.storage.getDirectory().then(folder => folder.getFileHandle(given))
    .then(file => file.getFile()).then(file => file.text()).then(done, error => done(String(error)))";

async fn marks_in(page: &Page, name: &str) -> Result<usize> {
    let content = page.js_async(CONTENT, json!(name)).await?;
    let file: Value = from_str(content.as_str().unwrap_or_default())?;
    Ok(file["sheets"][0]["annotations"].as_array().map_or(0, Vec::len))
}

#[tokio::test]
async fn the_file_that_was_chosen_is_written_again() -> Result<()> {
    journey("the file that was chosen is written again", Settings::LAPTOP, async |page| {
        page.press("Control+s").await?;
        page.until_dialog("Export").await?;
        if page.js("return !self.showSaveFilePicker").await? == json!(true) {
            // A browser without it has nothing to choose, and saves a new file each time.
            ensure!(!page.dialog_text().await?.contains("Keep in one file"), "it offers what it can't do");
            return Ok(());
        }
        let ready = page.js_async(CHOOSES, json!("work.json")).await?;
        ensure!(ready == json!(true), "{ready}");
        page.click_button("Keep in one file", "dialog").await?;
        page.until_no_dialog().await?;
        page.until_toast("Saved work.json").await?;
        ensure!(marks_in(page, "work.json").await? == 0, "marks before there are any");
        page.until_js("when", "return one('.foot .filed').textContent.startsWith('Last saved to a file: ')").await?;

        page.js("annotator.annotate('entity', 1, 5)").await?;
        page.click_button("Dismiss", ".toast").await?;
        page.press("Control+s").await?;
        page.until_toast("Saved work.json").await?;
        ensure!(marks_in(page, "work.json").await? == 1, "the mark is not in the file");

        // The browser is asked for the same file after a reload, and nobody for another one.
        page.reload().await?;
        page.js("annotator.annotate('claim', 6, 9); window.showSaveFilePicker = () => { throw Error('asked') }")
            .await?;
        page.press("Control+s").await?;
        page.until_toast("Saved work.json").await?;
        ensure!(marks_in(page, "work.json").await? == 2, "the second mark is not in the file");
        page.press("x").await?;
        page.until_dialog("Export").await?;
        ensure!(
            page.dialog_text().await?.contains("Ctrl+S saves everything to work.json."),
            "the dialog does not say so"
        );
        page.press("Escape").await?;
        page.until_no_dialog().await?;

        // Whoever says no to the browser keeps what was in the file, and is told what to do.
        page.js("FileSystemFileHandle.prototype.requestPermission = async () => 'denied'").await?;
        page.js("annotator.annotate('claim', 10, 12)").await?;
        page.press("Control+s").await?;
        page.until_toast("not allowed to write work.json").await?;
        ensure!(marks_in(page, "work.json").await? == 2, "it was written all the same");
        page.until_saved().await
    })
    .await
}
