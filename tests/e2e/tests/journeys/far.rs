//! Selecting from what is seen into what is not, in an article many screens long: the offsets are those that a
//! count of the text alone gives.

use e2e::count::{self, Place};
use e2e::{Context, Page, Result, Settings, Value, ensure, journey, json, long};

/// Words that stand once, in every paragraph.
fn passengers(number: usize) -> String {
    format!("Passengers have doubled since then, so file {number:04}")
}

/// Sets the caret before some words in sight.
async fn caret_before(page: &Page, words: &str) -> Result<()> {
    let place = page.place_in_sight(words).await?;
    page.click_later((place.from.0 + 1.0, place.from.1)).await
}

/// The one annotation that did not come with the file.
async fn new_mark(page: &Page) -> Result<Value> {
    let count = "return annotator.article().annotations";
    page.until_is("one more mark", count, json!(long::PARAGRAPHS * long::MARKS + 1)).await?;
    let file = page.export().await?;
    let sheets = file["sheets"].as_array().into_iter().flatten();
    let mut all = sheets.flat_map(|sheet| sheet["annotations"].as_array().into_iter().flatten());
    let new = all.find(|annotation| annotation["id"].as_str().is_some_and(|id| !id.starts_with("long-")));
    new.cloned().context("no new mark")
}

/// Labels what is selected and holds what the file says of it against a count of the text; takes it back.
async fn check_mark(page: &Page, text: &str, place: Place) -> Result<()> {
    page.press("1").await?;
    let found = new_mark(page).await?;
    let expected = count::expected_at(text, place);
    for field in ["start", "end", "utf16", "bytes"] {
        ensure!(found[field] == expected[field], "{field}: {}, expected {}", found[field], expected[field]);
    }
    ensure!(found["quote"] == expected["quote"], "the quotation is another: {}", found["quote"]);
    page.press_all(&["Control+z", "Escape"]).await?;
    let count = "return annotator.article().annotations";
    page.until_is("the mark gone", count, json!(long::PARAGRAPHS * long::MARKS)).await
}

/// The place from the start of some words to the end of others.
fn over(text: &str, from: &str, to: &str) -> Place {
    count::between(text, count::place(text, from, 0).utf8.0, count::place(text, to, 0).utf8.1)
}

#[tokio::test]
async fn keys_select_far_into_what_is_not_seen() -> Result<()> {
    journey("keys select far into what is not seen", Settings::LAPTOP, async |page| {
        let text = long::text();
        page.open_long().await?;
        let start = passengers(1);
        caret_before(page, &start).await?;
        page.press_times("Shift+Control+ArrowDown", 60).await?;
        // The last step leads to the start of a paragraph, which is not taken.
        let wanted = over(&text, &start, &long::paragraph(60));
        page.until_highlighted(&text, wanted).await?;
        page.until_in_sight(60).await?;
        check_mark(page, &text, wanted).await?;

        page.until_in_sight(1).await?;
        caret_before(page, &start).await?;
        page.press("Shift+Control+End").await?;
        let wanted = over(&text, &start, &long::paragraph(long::PARAGRAPHS - 1));
        page.until_highlighted(&text, wanted).await?;
        page.until_in_sight(long::PARAGRAPHS - 1).await?;
        page.until_sight_is_marked().await?;
        page.until_highlighted(&text, wanted).await?;
        check_mark(page, &text, wanted).await
    })
    .await
}

#[tokio::test]
async fn a_held_arrow_selects_line_by_line_beyond_the_screen() -> Result<()> {
    journey("a held arrow selects line by line beyond the screen", Settings::LAPTOP, async |page| {
        let text = long::text();
        page.open_long().await?;
        let start = passengers(1);
        caret_before(page, &start).await?;
        page.press_times("Shift+ArrowDown", 60).await?;
        page.until_js("a long way", "return one('.text').scrollTop > one('.text').clientHeight").await?;
        page.frames().await?;
        let found = page.highlighted(&text).await?;
        let first = count::place(&text, &start, 0).utf8.0;
        ensure!(found.utf8.0 == first, "it starts at byte {}, not {first}", found.utf8.0);
        let last = found.utf8.1;
        let whole = !text[..last].ends_with(char::is_whitespace) && !text[last..].starts_with(char::is_alphanumeric);
        ensure!(whole, "half a word at the end: {:?}", &text[last - 9..last]);
        // A paragraph is six or seven lines, and not every browser stops at the empty one: sixty lines are seven to ten.
        let until = text[first..last].matches("Part ").count();
        ensure!((6..=10).contains(&until), "{until} paragraphs");
        page.until_in_sight(1 + until).await?;
        check_mark(page, &text, found).await
    })
    .await
}

#[tokio::test]
async fn a_click_with_shift_after_the_wheel_selects_up_to_there() -> Result<()> {
    journey("a click with shift after the wheel selects up to there", Settings::LAPTOP, async |page| {
        let text = long::text();
        page.open_long().await?;
        let start = passengers(1);
        caret_before(page, &start).await?;
        page.wheel(6_000).await?;
        page.until_scrolled_beyond(4_000).await?;
        page.frames().await?;
        let end = passengers(page.middle_in_sight().await?);
        let target = page.place_in_sight(&end).await?.to;
        page.hold("Shift").await?;
        page.click_later((target.0 - 2.0, target.1)).await?;
        page.let_go().await?;
        let wanted = over(&text, &start, &end);
        page.until_highlighted(&text, wanted).await?;
        check_mark(page, &text, wanted).await
    })
    .await
}

#[tokio::test]
async fn a_drag_held_below_the_edge_scrolls_and_selects() -> Result<()> {
    journey("a drag held below the edge scrolls and selects", Settings::LAPTOP, async |page| {
        let text = long::text();
        page.open_long().await?;
        let start = passengers(1);
        let from = page.place_in_sight(&start).await?.from;
        let middle = page.middle_of_text().await?;
        page.mouse_down((from.0 + 1.0, from.1)).await?;
        page.mouse_to(middle).await?;
        let below = page.js("return one('.text').getBoundingClientRect().bottom + 12").await?;
        page.mouse_to((middle.0, below.as_f64().unwrap_or_default())).await?;
        page.until_js("two screens", "return one('.text').scrollTop > 2 * one('.text').clientHeight").await?;
        page.mouse_to(middle).await?;
        page.frames().await?;
        let end = passengers(page.middle_in_sight().await?);
        let target = page.place_in_sight(&end).await?.to;
        let target = (target.0 - 2.0, target.1);
        page.mouse_to(target).await?;
        page.mouse_up(target).await?;
        let wanted = over(&text, &start, &end);
        page.until_highlighted(&text, wanted).await?;
        page.until_js("the bar", "return shown(one('.selbar'))").await?;
        check_mark(page, &text, wanted).await
    })
    .await
}

#[tokio::test]
async fn a_drag_let_go_below_the_edge_takes_what_it_scrolled_over() -> Result<()> {
    journey("a drag let go below the edge takes what it scrolled over", Settings::LAPTOP, async |page| {
        let text = long::text();
        page.open_long().await?;
        let start = passengers(1);
        let from = page.place_in_sight(&start).await?.from;
        let middle = page.middle_of_text().await?;
        page.mouse_down((from.0 + 1.0, from.1)).await?;
        page.mouse_to((middle.0, from.1 + 40.0)).await?;
        let below = page.js("return one('.text').getBoundingClientRect().bottom + 12").await?;
        let below = (middle.0, below.as_f64().unwrap_or_default());
        page.mouse_to(below).await?;
        page.until_js("two screens", "return one('.text').scrollTop > 2 * one('.text').clientHeight").await?;
        page.mouse_up(below).await?;
        page.until_js("the bar", "return shown(one('.selbar'))").await?;
        let found = page.highlighted(&text).await?;
        let first = count::place(&text, &start, 0).utf8.0;
        ensure!(found.utf8.0 == first, "it starts at byte {}, not {first}", found.utf8.0);
        // It ends in what is seen, or a line beyond.
        let seen = page.sight().await?;
        let last = text[..found.utf8.1].matches("Part ").count() - 1;
        let bottom = seen.last().copied().unwrap_or_default();
        ensure!(last + 1 >= bottom && last <= bottom + 1, "it ends in paragraph {last}, in sight are {seen:?}");
        check_mark(page, &text, found).await
    })
    .await
}

#[tokio::test]
async fn the_wheel_turned_during_a_drag_selects_on() -> Result<()> {
    journey("the wheel turned during a drag selects on", Settings::LAPTOP, async |page| {
        let text = long::text();
        page.open_long().await?;
        // Backwards, from far below: what is above was never seen.
        page.press("Control+End").await?;
        page.until_in_sight(long::PARAGRAPHS - 1).await?;
        page.frames().await?;
        let last = *page.sight().await?.last().unwrap_or(&0);
        let end = long::marks(last)[2].1.clone();
        let place = page.place_in_sight(&end).await?;
        page.mouse_down((place.to.0 - 1.0, place.to.1)).await?;
        let middle = page.middle_of_text().await?;
        page.mouse_to(middle).await?;
        for _ in 0..4 {
            page.wheel(-2_000).await?;
            page.frames().await?;
        }
        page.until_js("a long way", "return !inSight().some(piece => piece.textContent.includes('0490'))").await?;
        page.until_sight_is_marked().await?;
        let start = passengers(page.middle_in_sight().await?);
        let target = page.place_in_sight(&start).await?.from;
        let target = (target.0 + 2.0, target.1);
        page.mouse_to(target).await?;
        page.mouse_up(target).await?;
        let wanted = over(&text, &start, &end);
        page.until_highlighted(&text, wanted).await?;

        // It stays what it is when what lies between is looked at.
        page.wheel(3_000).await?;
        page.until_sight_is_marked().await?;
        page.until_highlighted(&text, wanted).await?;
        let native = page.text("return String(getSelection()).replace(/\\s/g, '')").await?;
        let bare: String = text[wanted.utf8.0..wanted.utf8.1].split_whitespace().collect();
        ensure!(native == bare, "what would be copied is another: {} of {} characters", native.len(), bare.len());
        check_mark(page, &text, wanted).await
    })
    .await
}

#[tokio::test]
async fn an_edge_goes_beyond_the_screen_by_keys() -> Result<()> {
    journey("an edge goes beyond the screen by keys", Settings::LAPTOP, async |page| {
        let text = long::text();
        page.open_long().await?;
        let words = long::marks(1)[3].1.clone();
        page.click_later(page.place_in_sight(&words).await?.middle).await?;
        page.until_card(&format!("Entity: {words}")).await?;
        page.press("]").await?;
        page.press_times("Control+ArrowDown", 30).await?;
        page.until_in_sight(31).await?;
        page.press_times("ArrowDown", 3).await?;
        check_handle(page, "end").await?;
        page.press("Enter").await?;
        page.until_said("Mark resized").await?;

        let given = page.annotations().await?;
        let found = given.iter().find(|a| a.quote.starts_with(&words) && a.quote != words).context("not resized")?;
        ensure!(found.quote == count::slice(&text, found.start, found.end), "the quotation is another");
        ensure!(found.quote.contains(&long::paragraph(30)), "only {} characters", found.quote.len());
        check_handle(page, "end").await?;
        // Its other end is where it was, and shown there.
        page.press("[").await?;
        page.until_in_sight(1).await?;
        check_handle(page, "start").await?;
        let at = page.place_in_sight(&words).await?.from.0;
        let handle = page.middle_of("one('.handle.start')").await?.0;
        ensure!((at - handle).abs() < 3.0, "the handle stands at {handle}, the mark starts at {at}");
        page.press_all(&["Escape", "Control+z"]).await?;
        page.until_card(&format!("Entity: {words}")).await
    })
    .await
}

/// A handle stands at its end of the mark that is selected, and in sight.
async fn check_handle(page: &Page, which: &str) -> Result<()> {
    page.until_is("the handle at its place", &format!("return offHandle('{which}')"), json!("")).await
}
