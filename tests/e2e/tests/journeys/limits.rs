//! What is larger than fits: a message that says what to do, before anything is read that need not be.

use e2e::{Need, Page, Result, Settings, ensure, journey, json};

/// Drops files made of so many megabytes of one letter each, by name; says how many were read.
const DROP: &str = "let read = 0;
    const take = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = function () { read++; return take.call(this); };
    const megabyte = new Uint8Array(1 << 20).fill(97);
    const data = new DataTransfer();
    for (const [name, size] of given) data.items.add(new File(Array(size).fill(megabyte), name));
    one('main').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    window.filesRead = () => read;";

async fn unchanged(page: &Page, articles: usize) -> Result<()> {
    page.press("Escape").await?;
    page.until_no_dialog().await?;
    let found = page.js("return JSON.parse(annotator.exportProject()).articles.length").await?;
    ensure!(found == json!(articles), "{found} articles");
    page.until_saved().await
}

#[tokio::test]
async fn a_file_of_200_megabytes_is_refused_unread() -> Result<()> {
    journey("a file of 200 megabytes is refused unread", Settings::LAPTOP, async |page| {
        page.until_js("the sample", "return annotator.article()?.title").await?;
        page.js_with(DROP, json!([["novel.txt", 200], ["project.json", 200]])).await?;
        page.until_dialog("These files can't be opened").await?;
        let said = page.dialog_text().await?;
        for words in ["novel.txt", "project.json", "64 MB", "Nothing was changed."] {
            ensure!(said.contains(words), "no “{words}” in: {said}");
        }
        ensure!(page.js("return filesRead()").await? == json!(0), "they were read");
        unchanged(page, 1).await
    })
    .await
}

#[tokio::test]
async fn an_article_that_is_too_long_is_refused_however_it_comes() -> Result<()> {
    journey("an article that is too long is refused however it comes", Settings::LAPTOP, async |page| {
        page.until_js("the sample", "return annotator.article()?.title").await?;
        page.js_with(DROP, json!([["novel.txt", 11]])).await?;
        page.until_dialog("This file can't be opened").await?;
        let said = page.dialog_text().await?;
        ensure!(said.contains("novel.txt") && said.contains("Split it."), "{said}");
        unchanged(page, 1).await?;
        page.js("annotator.load('a\\n'.repeat(200000))").await?;
        page.until_toast("longer than an article may be").await?;
        page.click_button("Dismiss", ".toast").await?;
        page.copy(&"a\n".repeat(200_000)).await?;
        page.press("Control+v").await?;
        page.until_toast("longer than an article may be").await?;
        unchanged(page, 1).await
    })
    .await
}

#[tokio::test]
async fn an_article_as_long_as_may_be_can_be_worked_on() -> Result<()> {
    let settings = Settings::LAPTOP.needing(&[Need::Longest]);
    journey("an article as long as may be can be worked on", settings, async |page| {
        page.until_js("the sample", "return annotator.article()?.title").await?;
        // 199,999 line ends make 200,000 lines.
        page.js("annotator.load('Fifty letters of text, and so on to the line end.\\n'.repeat(199999))").await?;
        page.until_is("the article", "return annotator.article().codePoints", json!(9_999_950)).await?;
        page.js("annotator.annotate('claim', 9999900, 9999949)").await?;
        page.press("n").await?;
        page.until_card("Claim: Fifty letters of text, and so on to the line end.").await?;
        page.until_saved().await?;
        page.reload().await?;
        page.until_is("the mark", "return annotator.article()?.annotations", json!(1)).await
    })
    .await
}

#[tokio::test]
async fn the_help_names_the_limits() -> Result<()> {
    journey("the help names the limits", Settings::LAPTOP, async |page| {
        page.press("?").await?;
        page.until_dialog("Help").await?;
        page.js("one('dialog details.limits summary').click()").await?;
        let said = page.js("return all('dialog details.limits li').map(line => line.innerText)").await?;
        ensure!(said.as_array().is_some_and(|lines| lines.len() == 6), "{said}");
        ensure!(said[0] == "A file has up to 64 MB.", "{said}");
        page.press("Escape").await?;
        page.until_no_dialog().await
    })
    .await
}
