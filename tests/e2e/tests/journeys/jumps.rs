//! Jumps to marks far away, in an article many screens long, and back.

use e2e::{Page, Result, Settings, ensure, from_value, journey, json, long};

const LAST: usize = long::PARAGRAPHS - 1;

/// Waits until the mark that is selected has these words, is drawn in sight, and has its handles at its ends.
async fn until_mark_in_sight(page: &Page, words: &str) -> Result<()> {
    let script = "const parts = all('.host .m.active'), around = one('.text').getBoundingClientRect();
        const inside = part => [...part.getClientRects()].every(
            rect => rect.top >= around.top && rect.bottom <= around.bottom);
        return [parts.map(part => part.textContent).join(''), parts.every(inside), offHandle('start'), offHandle('end')]";
    page.until_is("the mark in sight", script, json!([words, true, "", ""])).await?;
    page.until_sight_is_marked().await
}

fn card(label: &str, words: &str) -> String {
    format!("{label}: {words}")
}

#[tokio::test]
async fn the_list_and_keys_lead_to_far_marks_and_back() -> Result<()> {
    journey("the list and keys lead to far marks and back", Settings::LAPTOP, async |page| {
        page.open_long().await?;
        let (first, second) = (&long::marks(0)[0].1, &long::marks(0)[1].1);
        let far = &long::marks(LAST)[3].1;
        page.click(page.middle_of("all('[role=option]')[0]").await?).await?;
        page.until_card(&card("Claim", first)).await?;
        page.js("one('.list').focus()").await?;
        page.press("End").await?;
        page.until_card(&card("Entity", far)).await?;
        until_mark_in_sight(page, far).await?;
        page.press("Home").await?;
        page.until_card(&card("Claim", first)).await?;
        until_first_mark(page, first).await?;
        page.press("ArrowDown").await?;
        page.until_card(&card("Entity", second)).await?;
        until_mark_in_sight(page, second).await?;

        // A row far down in the list, which has to be scrolled to.
        page.js("one('.list').scrollTop = one('.list').scrollHeight / 2").await?;
        page.until_js("the rows there", "return all('[role=option]').some(row => +row.ariaPosInSet > 900)").await?;
        page.frames().await?;
        let row = "all('[role=option]').find(row => { const { top, bottom } = row.getBoundingClientRect();
            const list = one('.list').getBoundingClientRect(); return top >= list.top && bottom <= list.bottom })";
        let words = page.text(&format!("return {row}.querySelector('.quotation').textContent")).await?;
        page.click(page.middle_of(row).await?).await?;
        page.until_js("its mark", &format!("return one('.card blockquote').textContent === {}", json!(words))).await?;
        page.until_sight_is_marked().await?;
        page.until_js("the handles", "return offHandle('start') === '' && offHandle('end') === ''").await?;

        // Back from the end by keys, mark by mark, over the border of what is drawn.
        page.js("one('.page').focus()").await?;
        page.press_all(&["Escape", "Control+End", "p"]).await?;
        until_mark_in_sight(page, far).await?;
        page.press_times("p", 60).await?;
        let words = &long::marks(LAST - 15)[3].1;
        page.until_card(&card("Entity", words)).await?;
        until_mark_in_sight(page, words).await?;
        page.press_times("n", 59).await?;
        let words = &long::marks(LAST)[2].1;
        page.until_card(&card("Quote", words)).await?;
        until_mark_in_sight(page, words).await
    })
    .await
}

/// Where the list shows neither a row nor its own end.
const GAPS: &str = "const { left, top, bottom } = one('.list').getBoundingClientRect();
    const last = all('[role=option]').at(-1);
    const isEnd = +last.ariaPosInSet === +last.ariaSetSize;
    const end = isEnd ? Math.min(bottom, last.getBoundingClientRect().bottom) : bottom;
    const gaps = [];
    for (let y = top + 5; y < end - 5; y += 20) {
        if (!document.elementFromPoint(left + 30, y)?.closest('[role=option]')) gaps.push(y - top);
    }
    return gaps";

#[tokio::test]
async fn the_list_shows_rows_wherever_it_is() -> Result<()> {
    journey("the list shows rows wherever it is", Settings::LAPTOP, async |page| {
        page.open_long().await?;
        let first = &long::marks(0)[0].1;
        page.click(page.middle_of("all('[role=option]')[0]").await?).await?;
        page.until_card(&card("Claim", first)).await?;
        // The selected one changes while another part of the list is looked at.
        page.js("one('.list').scrollTop = one('.list').scrollHeight / 2").await?;
        page.until_js("the rows there", "return all('[role=option]').some(row => +row.ariaPosInSet > 900)").await?;
        page.js("one('.page').focus()").await?;
        page.press("1").await?;
        page.until_card(&card("Quote", first)).await?;
        page.frames().await?;
        ensure!(page.js(GAPS).await? == json!([]), "after relabelling: {}", page.js(GAPS).await?);
        // From its end the list becomes a short one.
        page.js("one('.list').focus()").await?;
        page.press("End").await?;
        page.until_card(&card("Entity", &long::marks(LAST)[3].1)).await?;
        page.press("/").await?;
        for letter in "ward 01".chars() {
            page.press(&letter.to_string()).await?;
        }
        page.until_js("what was found", "return document.querySelector('.found')").await?;
        page.frames().await?;
        ensure!(page.js(GAPS).await? == json!([]), "after a search: {}", page.js(GAPS).await?);
        Ok(())
    })
    .await
}

/// The same for a claim that lies over another mark, of which only the part before that is the claim's alone.
async fn until_first_mark(page: &Page, words: &str) -> Result<()> {
    let script = "const parts = all('.host .m.active').map(part => part.textContent).join('');
        return [parts, offHandle('start'), offHandle('end')]";
    page.until_is("the mark in sight", script, json!([words, "", ""])).await?;
    page.until_sight_is_marked().await
}

#[tokio::test]
async fn undo_leads_to_where_it_undoes() -> Result<()> {
    journey("undo leads to where it undoes", Settings::LAPTOP, async |page| {
        page.open_long().await?;
        let far = &long::marks(LAST)[3].1;
        page.press_all(&["Control+End", "p"]).await?;
        page.until_card(&card("Entity", far)).await?;
        page.press("1").await?;
        page.until_card(&card("Quote", far)).await?;
        page.press_all(&["Escape", "Control+Home"]).await?;
        page.until_in_sight(0).await?;
        page.press("Control+z").await?;
        page.until_card(&card("Entity", far)).await?;
        until_mark_in_sight(page, far).await?;
        page.press_all(&["Escape", "Control+Home"]).await?;
        page.until_in_sight(0).await?;
        page.until_sight_is_marked().await
    })
    .await
}

#[tokio::test]
async fn handles_stay_at_their_mark_when_what_lies_above_is_looked_at() -> Result<()> {
    journey("handles stay at their mark when what lies above is looked at", Settings::LAPTOP, async |page| {
        page.open_long().await?;
        let words = &long::marks(LAST - 100)[3].1;
        page.press("/").await?;
        page.type_text(&words[words.len() - 4..]).await?;
        page.until_js("what was found", "return all('[role=option]').length < 10").await?;
        let row = format!(
            "all('[role=option]').find(row => row.querySelector('.quotation').textContent === {})",
            json!(words)
        );
        page.click(page.middle_of(&row).await?).await?;
        page.until_card(&card("Entity", words)).await?;
        until_mark_in_sight(page, words).await?;
        // What was not seen yet has a guessed height, which is put right when it is.
        for _ in 0..5 {
            page.wheel(-1_000).await?;
            page.until_sight_is_marked().await?;
        }
        page.frames().await?;
        for _ in 0..5 {
            page.wheel(1_000).await?;
            page.until_sight_is_marked().await?;
        }
        // How far a turn of the wheel goes while heights change is the browser's business.
        for _ in 0..4 {
            if let Some(first) = page.sight().await?.first().filter(|first| **first > LAST - 100) {
                ensure!(*first < LAST - 90, "back at paragraph {first}");
                page.wheel(-200).await?;
            }
        }
        page.until_in_sight(LAST - 100).await?;
        page.frames().await?;
        let off: Vec<String> = from_value(page.js("return [offHandle('start'), offHandle('end')]").await?)?;
        ensure!(off.iter().all(String::is_empty), "the handles are off their mark: {off:?}");
        Ok(())
    })
    .await
}
