//! The programming interface, as a script of the same window uses it.

use e2e::{Result, Settings, count, ensure, journey, json};

const TEXT: &str = "The crew 👩🏽‍🚒 said: “No.” Then it left.";

#[tokio::test]
async fn a_program_loads_marks_lists_and_exports() -> Result<()> {
    journey("a program loads marks lists and exports", Settings::LAPTOP, async |page| {
        page.load(TEXT, "Crew").await?;
        page.js("annotator.annotate('quote', 14, 19); annotator.annotate('entity', 4, 13)").await?;
        page.until_marks(&["entity: crew 👩🏽‍🚒", "quote: said:"]).await?;

        let article = page.js("return annotator.article()").await?;
        ensure!(article["title"] == "Crew" && article["codePoints"] == TEXT.chars().count(), "{article}");
        for annotation in page.annotations().await? {
            let place = count::place(TEXT, &annotation.quote, 0);
            ensure!((annotation.start, annotation.end) == place.code_points, "{annotation:?}");
            ensure!((annotation.start_utf16, annotation.end_utf16) == place.utf16, "{annotation:?}");
        }
        let file = page.export().await?;
        let sheets = &file["sheets"];
        ensure!(sheets[0]["annotations"][0]["quote"]["exact"] == "crew 👩🏽‍🚒", "{sheets}");
        ensure!(sheets[0]["annotations"][0]["origin"] == "program", "{sheets}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_not_there_is_left_alone() -> Result<()> {
    journey("what is not there is left alone", Settings::LAPTOP, async |page| {
        page.load(TEXT, "Crew").await?;
        let strange = "annotator.annotate('verb', 0, 3); annotator.annotate('quote', 0, 3000);
            annotator.annotate('quote', 5, 5); annotator.load(''); annotator.annotate('quote', 4, 8)";
        let _ = page.js(strange).await;
        page.until_js("the page still works", "return annotator.version").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_program_hears_of_changes_until_it_has_enough() -> Result<()> {
    journey("a program hears of changes until it has enough", Settings::LAPTOP, async |page| {
        page.load(TEXT, "Crew").await?;
        page.js("window.heard = []; window.stop = annotator.subscribe(change => heard.push(change))").await?;
        page.js("annotator.annotate('quote', 0, 3)").await?;
        page.press("Control+z").await?;
        page.press("Control+Shift+z").await?;
        page.until_is("three changes", "return heard.map(change => change.kind)", json!(["do", "undo", "redo"]))
            .await?;
        let first = page.js("return heard[0]").await?;
        ensure!(first["changes"] == 1 && first["title"] == "Quote added", "{first}");

        page.js("stop(); annotator.annotate('claim', 0, 3)").await?;
        page.until_marks(&["quote: The", "claim: The"]).await?;
        ensure!(page.js("return heard.length").await? == 3, "it still hears");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_asked_before_the_store_was_read_waits_for_it() -> Result<()> {
    journey("what is asked before the store was read waits for it", Settings::LAPTOP, async |page| {
        page.until_saved().await?;
        let source = "Object.defineProperty(window, 'annotator', { configurable: true, set(api) {
            Object.defineProperty(window, 'annotator', { value: api });
            api.load('As early as can be.', { title: 'Early' });
        } })";
        page.run_first(source);
        page.reload().await?;
        page.until_is("the early article", "return annotator.article()?.title", json!("Early")).await?;
        page.until_saved().await?;
        let file = page.export().await?;
        ensure!(file["articles"].as_array().is_some_and(|articles| articles.len() == 2), "{}", file["articles"]);
        Ok(())
    })
    .await
}
