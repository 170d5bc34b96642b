//! Files that can't be read: each gives a message and changes nothing.

use e2e::{Page, Result, Settings, ensure, journey};

/// The first bytes of a picture.
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0\x1f\xf3\xffa\0\0\0\0IEND\xaeB`\x82";

const BAD: &[(&str, &[u8], &str)] = &[
    ("picture.txt", PNG, "text file"),
    ("empty.txt", b"", "no text"),
    ("blank.txt", b" \r\n\t\r\n", "no text"),
    ("broken.json", br#"{"format": annotator"#, "line 1"),
    ("foreign.json", br#"{"name": "left-pad", "version": "1.3.0"}"#, "format"),
    ("list.json", b"[1, 2, 3]", "expected"),
    ("nothing.json", b"", "line 1"),
];

#[tokio::test]
async fn a_bad_file_gives_a_message_and_changes_nothing() -> Result<()> {
    journey("a bad file gives a message and changes nothing", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.until_saved().await?;
        let before = without_time(page).await?;
        for (name, bytes, word) in BAD {
            page.choose_files(&[(name, bytes)]).await?;
            refused(page, name, word).await?;
            ensure!(without_time(page).await? == before, "{name} changed something");
        }
        page.press("a").await?;
        ensure!(page.titles().await?.len() == 1, "an article came");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn bad_files_among_good_ones_are_all_named_and_stop_none() -> Result<()> {
    journey("bad files among good ones are all named and stop none", Settings::LAPTOP, async |page| {
        page.until_saved().await?;
        page.drop_files(&[("good.txt", b"Good."), ("picture.jpg", PNG), ("empty.txt", b""), ("fine.txt", b"Fine.")])
            .await?;
        page.until_dialog("These files can't be opened").await?;
        let said = page.dialog_text().await?;
        for word in ["picture.jpg", "empty.txt", "The 2 other files were opened."] {
            ensure!(said.contains(word), "no “{word}” in: {said}");
        }
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        page.press("a").await?;
        ensure!(page.titles().await?.len() == 3, "{:?}", page.titles().await?);
        Ok(())
    })
    .await
}

async fn refused(page: &Page, name: &str, word: &str) -> Result<()> {
    page.until_dialog("This file can't be opened").await?;
    let said = page.dialog_text().await?;
    ensure!(said.contains(name) && said.contains("Nothing was changed."), "{name}: {said}");
    ensure!(said.to_lowercase().contains(word), "{name}: no “{word}” in: {said}");
    page.press("Escape").await?;
    page.until_no_dialog().await
}

async fn without_time(page: &Page) -> Result<e2e::Value> {
    let mut file = page.export().await?;
    file["exported"].take();
    Ok(file)
}
