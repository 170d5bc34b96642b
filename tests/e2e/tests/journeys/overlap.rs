//! Marks inside and across each other: every one is drawn, and every one can be reached.

use e2e::{Page, Result, Settings, ensure, journey, json};

const SENTENCE: &str = "\"A boy in my class used to save half his sandwich for his sister,\" said Tomas Werrin";
const BOY: &str = "A boy in my class";
const CLASS: &str = "my class used to save";

/// Nested, the same start, and crossing.
async fn mark_all(page: &Page) -> Result<()> {
    for (words, key) in [(SENTENCE, "2"), (BOY, "3"), (CLASS, "1"), ("Tomas Werrin", "3")] {
        page.drag_over(words, 0).await?;
        page.press(key).await?;
    }
    page.until_marks(&[
        &format!("claim: {SENTENCE}"),
        &format!("entity: {BOY}"),
        &format!("quote: {CLASS}"),
        "entity: Tomas Werrin",
    ])
    .await
}

#[tokio::test]
async fn every_overlapping_mark_is_drawn_on_a_line_of_its_own() -> Result<()> {
    journey("every overlapping mark is drawn on a line of its own", Settings::LAPTOP, async |page| {
        mark_all(page).await?;
        let mut drawn = page.drawn().await?;
        drawn.sort();
        let mut wanted = [SENTENCE, BOY, CLASS, "Tomas Werrin"];
        wanted.sort_unstable();
        ensure!(drawn == wanted, "{drawn:?}");

        // Where three lie on top of each other, three lines are drawn at three heights.
        let lines = page.js("const range = rangeOf('my class');
             let part = range.startContainer.parentElement;
             const lanes = [];
             for (; part.matches('.m'); part = part.parentElement) {
               const style = getComputedStyle(part);
               lanes.push([part.className.match(/lane-\\d/)[0], part.className.match(/solid|dashed|dotted/)[0],
                 parseFloat(style.borderBottomWidth) > 0 || style.textDecorationLine === 'underline'
                   || style.backgroundImage !== 'none' || style.backgroundColor !== 'rgba(0, 0, 0, 0)']);
             }
             return lanes");
        let lines = lines.await?;
        let lines = lines.as_array().cloned().unwrap_or_default();
        ensure!(lines.len() == 3, "{lines:?}");
        let distinct =
            |at: usize| lines.iter().map(|line| line[at].to_string()).collect::<std::collections::BTreeSet<_>>();
        ensure!(distinct(0).len() == 3, "lanes: {lines:?}");
        ensure!(distinct(1).len() == 3, "styles: {lines:?}");
        ensure!(lines.iter().all(|line| line[2] == json!(true)), "something is not drawn: {lines:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_click_takes_the_smallest_and_later_clicks_the_next() -> Result<()> {
    journey("a click takes the smallest and later clicks the next", Settings::LAPTOP, async |page| {
        mark_all(page).await?;
        page.press("Escape").await?;
        let here = page.find("my class", 0).await?.middle;
        for wanted in [BOY, CLASS, SENTENCE, BOY] {
            page.click_later(here).await?;
            let label = if wanted == BOY {
                "Entity"
            } else if wanted == CLASS {
                "Quote"
            } else {
                "Claim"
            };
            page.until_card(&format!("{label}: {wanted}")).await?;
        }
        // The card names the others, and leads there.
        page.click_button("Claim", ".card .also").await?;
        page.until_card(&format!("Claim: {SENTENCE}")).await?;

        // Outside all marks nothing is selected.
        page.click_on("Teachers were less", 0).await?;
        page.until_card("").await
    })
    .await
}

#[tokio::test]
async fn tab_goes_through_the_marks_at_a_place_and_then_on() -> Result<()> {
    journey("tab goes through the marks at a place and then on", Settings::LAPTOP, async |page| {
        mark_all(page).await?;
        page.press("Escape").await?;
        page.click_on("my class", 0).await?;
        page.until_card(&format!("Entity: {BOY}")).await?;
        page.until_said("2 more here, Tab takes the next").await?;
        page.press("Tab").await?;
        page.until_card(&format!("Quote: {CLASS}")).await?;
        page.press("Tab").await?;
        page.until_card(&format!("Claim: {SENTENCE}")).await?;
        page.press("Shift+Tab").await?;
        page.until_card(&format!("Quote: {CLASS}")).await?;
        page.press("Tab").await?;
        page.press("Tab").await?;
        let left = page
            .js("return !document.activeElement.matches('.page') && document.activeElement !== document.body")
            .await?;
        ensure!(left == json!(true), "Tab never leaves the text");
        Ok(())
    })
    .await
}
