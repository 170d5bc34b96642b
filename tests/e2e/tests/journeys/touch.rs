//! Marking with a finger, on a phone.

use e2e::{Page, Result, Settings, ensure, journey, json};

/// Presses the first of some words for long, then draws the system's handles over all of them.
async fn select(page: &Page, words: &str) -> Result<()> {
    page.long_press(words.split(' ').next().unwrap_or(words), words).await?;
    page.select_natively(words).await?;
    page.until_selected(words).await
}

#[tokio::test]
async fn a_long_press_selects_and_the_dock_labels() -> Result<()> {
    journey("a long press selects and the dock labels", Settings::PHONE, async |page| {
        page.long_press("pilot", "pilot has fed").await?;
        page.until_selected("pilot").await?;
        ensure!(page.js("return shown(one('.selbar'))").await? == json!(false), "the bar of the mouse is shown");
        page.tap_button("Entity", ".dock").await?;
        page.until_marks(&["entity: pilot"]).await?;
        page.until_is("nothing selected", "return getSelection().toString()", json!("")).await?;

        select(page, "encouraging and nothing stronger").await?;
        page.tap_button("Quote", ".dock").await?;
        page.until_marks(&["entity: pilot", "quote: encouraging and nothing stronger"]).await?;

        // Words right beside the selected mark, in its own paragraph.
        select(page, "due in November").await?;
        page.tap_button("Claim", ".dock").await?;
        page.until_marks(&["entity: pilot", "quote: encouraging and nothing stronger", "claim: due in November"]).await
    })
    .await
}

#[tokio::test]
async fn a_tap_takes_a_mark_and_handles_move_its_edges() -> Result<()> {
    journey("a tap takes a mark and handles move its edges", Settings::PHONE, async |page| {
        select(page, "hungry child").await?;
        page.tap_button("Quote", ".dock").await?;
        page.until_marks(&["quote: hungry child"]).await?;
        page.tap(page.find("meals in all", 0).await?.middle).await?;
        page.until_js("no mark selected", "return all('.host .active').length === 0").await?;
        page.tap(page.find("hungry child", 0).await?.middle).await?;
        page.until_js("the mark selected", "return one('.host .active').textContent === 'hungry child'").await?;

        let end = page.find("in a classroom", 0).await?.to;
        page.swipe_handle("end", end).await?;
        page.until_marks(&["quote: hungry child in a classroom"]).await?;
        let start = page.find("wants a", 0).await?.from;
        page.swipe_handle("start", start).await?;
        page.until_marks(&["quote: wants a hungry child in a classroom"]).await?;

        // Relabelled by the dock, deleted and brought back.
        page.tap_button("Claim", ".dock").await?;
        page.until_marks(&["claim: wants a hungry child in a classroom"]).await?;
        page.tap_button("Delete", ".dock").await?;
        page.until_marks(&[]).await?;
        page.tap_button("Undo", ".toast").await?;
        page.until_marks(&["claim: wants a hungry child in a classroom"]).await
    })
    .await
}

#[tokio::test]
async fn edges_go_where_a_finger_taps() -> Result<()> {
    journey("edges go where a finger taps", Settings::PHONE, async |page| {
        select(page, "hungry child").await?;
        page.tap_button("Quote", ".dock").await?;
        page.until_marks(&["quote: hungry child"]).await?;
        for (name, word, wanted) in [
            ("Move end", "classroom", "quote: hungry child in a classroom"),
            ("Move start", "wants", "quote: wants a hungry child in a classroom"),
        ] {
            page.tap_button("Details of the mark", ".dock").await?;
            page.until_js("the card", "return one('.side').dataset.open === 'true'").await?;
            page.settled().await?;
            page.tap_button(name, ".card").await?;
            page.until_said("Tap or click the word where it is to be.").await?;
            page.until_js("no sheet", "return one('.side').dataset.open === 'false'").await?;
            page.settled().await?;
            page.tap(page.find(word, 0).await?.middle).await?;
            page.until_marks(&[wanted]).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_list_opens_as_a_sheet_and_the_card_with_it() -> Result<()> {
    journey("the list opens as a sheet and the card with it", Settings::PHONE, async |page| {
        select(page, "Desmond Arkley").await?;
        page.tap_button("Entity", ".dock").await?;
        page.until_marks(&["entity: Desmond Arkley"]).await?;
        page.tap_button("Annotations", ".bar").await?;
        page.until_js("the sheet", "return one('.side').dataset.open === 'true' && shown(one('[role=listbox]'))")
            .await?;
        page.settled().await?;
        page.tap_button("person", ".card").await?;
        page.until_is("the attribute", "return annotator.annotations()[0].attributes.type", json!("person")).await?;
        page.tap_button("Close", ".side").await?;
        page.until_js("no sheet", "return one('.side').dataset.open === 'false'").await?;
        page.check_width("a phone").await
    })
    .await
}

#[tokio::test]
async fn a_held_label_works_with_a_finger() -> Result<()> {
    journey("a held label works with a finger", Settings::PHONE, async |page| {
        page.tap_button("Claim", ".dock").await?;
        page.until_said("Claim in hand").await?;
        page.long_press("costs", "costs $3.60 a meal").await?;
        // A finger may still draw the handles: the label goes on when it is pressed again.
        page.until_selected("costs").await?;
        page.tap_button("Claim", ".dock").await?;
        page.until_marks(&["claim: costs"]).await
    })
    .await
}
