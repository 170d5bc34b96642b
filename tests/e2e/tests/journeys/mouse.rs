//! Marking with the mouse: dragging, clicking, labels before and after, edges, and going back.

use e2e::{Result, Settings, ensure, journey, json};

const MAYOR: &str = "Nobody here wants a hungry child in a classroom";

#[tokio::test]
async fn a_drag_takes_whole_words_and_shows_it_at_once() -> Result<()> {
    journey("a drag takes whole words and shows it at once", Settings::LAPTOP, async |page| {
        let place = page.find("body here wants a hungry chil", 0).await?;
        let half = page.find("body here wa", 0).await?;
        page.js("window.seen = new Set();
            const look = () => { seen.add(`${chosen()}${shown(one('.selbar')) ? ' and the bar' : ''}`);
                requestAnimationFrame(look); };
            look()")
            .await?;
        page.drag_by(&[place.from, half.to, place.to]).await?;
        page.until_js("the bar", "return shown(one('.selbar'))").await?;
        page.until_said("Nobody here wants a hungry child selected, 6 words").await?;
        page.frames().await?;
        let seen: Vec<String> = e2e::from_value(page.js("return [...seen]").await?)?;
        ensure!(seen.iter().any(|words| words == "Nobody here wants"), "{seen:?}");
        ensure!(seen.contains(&"Nobody here wants a hungry child and the bar".to_owned()), "{seen:?}");
        ensure!(seen.iter().all(|words| "Nobody here wants a hungry child and the bar".starts_with(words)), "{seen:?}");
        ensure!(seen.iter().filter(|words| words.ends_with("bar")).count() == 1, "the bar during the drag: {seen:?}");

        page.click_button("Quote", ".selbar").await?;
        page.until_marks(&["quote: Nobody here wants a hungry child"]).await?;
        page.until_said("Quote added, 6 words").await?;
        page.until_is(
            "the drawn mark",
            "return all('mark.c1.solid').map(m => m.textContent)",
            json!(["Nobody here wants a hungry child"]),
        )
        .await?;
        page.until_selected("").await?;
        page.until_card("Quote: Nobody here wants a hungry child").await
    })
    .await
}

#[tokio::test]
async fn a_drag_backwards_and_over_paragraphs_takes_the_same() -> Result<()> {
    journey("a drag backwards and over paragraphs takes the same", Settings::LAPTOP, async |page| {
        page.find("Teachers were less cautious", 0).await?;
        let end = page.find("Teachers were less caut", 0).await?.to;
        let start = page.find("ould settle the question", 0).await?.from;
        page.drag(end, start).await?;
        page.press("2").await?;
        page.until_marks(&["claim: would settle the question.\n\nTeachers were less cautious"]).await?;
        let drawn = page.drawn().await?;
        ensure!(drawn == ["would settle the question.Teachers were less cautious"], "{drawn:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn alt_and_the_setting_take_single_characters() -> Result<()> {
    journey("alt and the setting take single characters", Settings::LAPTOP, async |page| {
        page.hold("Alt").await?;
        page.drag_over("body here wants a hungry chil", 0).await?;
        page.until_selected("body here wants a hungry chil").await?;
        page.let_go().await?;
        page.press("1").await?;
        page.until_marks(&["quote: body here wants a hungry chil"]).await?;

        page.press("s").await?;
        page.until_said("Selecting single characters").await?;
        page.drag_over("achers were les", 0).await?;
        page.press("e").await?;
        page.until_marks(&["quote: body here wants a hungry chil", "entity: achers were les"]).await
    })
    .await
}

#[tokio::test]
async fn two_clicks_take_a_word_and_three_a_sentence() -> Result<()> {
    journey("two clicks take a word and three a sentence", Settings::LAPTOP, async |page| {
        let word = page.find("Corriston's", 0).await?.middle;
        page.clicks(word, 2).await?;
        page.until_selected("Corriston's").await?;
        page.press("3").await?;
        page.until_marks(&["entity: Corriston's"]).await?;

        let other = page.find("since autumn", 0).await?.middle;
        page.clicks(other, 3).await?;
        page.until_js(
            "a sentence",
            "return chosen().startsWith('Education director') && chosen().endsWith('the cause.')",
        )
        .await?;
        page.press("c").await?;
        let marks = page.marks().await?;
        ensure!(marks.len() == 2 && marks[1].starts_with("claim: Education director Marguerite"), "{marks:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_held_label_goes_on_whatever_is_selected() -> Result<()> {
    journey("a held label goes on whatever is selected", Settings::LAPTOP, async |page| {
        page.click_button("Entity", ".bar .labels").await?;
        page.until_said("Entity in hand").await?;
        page.drag_over("Desmond Arkley", 0).await?;
        page.until_marks(&["entity: Desmond Arkley"]).await?;
        page.clicks(page.find("Penhale", 0).await?.middle, 2).await?;
        page.until_marks(&["entity: Desmond Arkley", "entity: Penhale"]).await?;
        ensure!(page.card().await?.is_empty(), "a mark made with a held label is not selected");

        page.press("2").await?;
        page.drag_over("half what it did last spring", 0).await?;
        page.until_marks(&["entity: Desmond Arkley", "entity: Penhale", "claim: half what it did last spring"]).await?;
        page.press("Escape").await?;
        page.until_said("Label put down").await?;
        page.drag_over("Anneke Brough", 0).await?;
        page.until_selected("Anneke Brough").await?;
        ensure!(page.annotations().await?.len() == 3, "the label was not put down");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn relabel_delete_and_undo() -> Result<()> {
    journey("relabel delete and undo", Settings::LAPTOP, async |page| {
        page.drag_over(MAYOR, 0).await?;
        page.press("Enter").await?;
        page.until_marks(&[&format!("quote: {MAYOR}")]).await?;
        page.click_button("Claim", ".card .labels").await?;
        page.until_marks(&[&format!("claim: {MAYOR}")]).await?;
        page.until_js("a dashed line", "return one('.host mark').matches('.c2.dashed')").await?;

        page.click_button("Delete", ".card").await?;
        page.until_marks(&[]).await?;
        page.until_js("no mark is drawn", "return all('.host .m').length === 0").await?;
        page.until_toast("Claim deleted").await?;
        page.click_button("Undo", ".toast").await?;
        page.until_marks(&[&format!("claim: {MAYOR}")]).await?;
        page.click_button("Undo", ".bar").await?;
        page.until_marks(&[&format!("quote: {MAYOR}")]).await?;
        page.click_button("Redo", ".bar").await?;
        page.until_marks(&[&format!("claim: {MAYOR}")]).await?;

        // The same words with the same label: said, not done.
        page.drag_over(MAYOR, 0).await?;
        page.press("2").await?;
        page.until_toast("Claim is already on exactly these words").await?;
        page.until_marks(&[&format!("claim: {MAYOR}")]).await
    })
    .await
}

#[tokio::test]
async fn the_card_marks_every_place_of_its_words() -> Result<()> {
    journey("the card marks every place of its words", Settings::LAPTOP, async |page| {
        page.load("The Millford bridge.\n\nMillford waits, and Millforders too; Millford!", "Bridge").await?;
        page.clicks(page.find("Millford", 1).await?.middle, 2).await?;
        page.click_button("Entity", ".selbar").await?;
        page.until_marks(&["entity: Millford"]).await?;
        page.click_button("Mark every “Millford”", ".card").await?;
        page.until_marks(&["entity: Millford"; 3]).await?;
        page.until_toast("2 entities added").await?;
        page.until_card("Entity: Millford").await?;
        page.until_js("the marks", "return all('.host mark.c3.dotted').length === 3").await?;
        page.click_button("Undo", ".toast").await?;
        page.until_marks(&["entity: Millford"]).await?;
        page.until_js("the mark", "return all('.host mark').length === 1").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_handle_moves_an_edge() -> Result<()> {
    journey("a handle moves an edge", Settings::LAPTOP, async |page| {
        page.drag_over("wants a hungry child", 0).await?;
        page.press("1").await?;
        page.until_card("Quote: wants a hungry child").await?;
        for (handle, to_words, expected) in [
            ("end", "in a classroom", "quote: wants a hungry child in a classroom"),
            ("start", "Nobody here", "quote: Nobody here wants a hungry child in a classroom"),
            ("start", "hungry child", "quote: hungry child in a classroom"),
        ] {
            let place = page.find(to_words, 0).await?;
            page.drag_handle(handle, if handle == "end" { place.to } else { place.from }).await?;
            page.until_marks(&[expected]).await?;
        }
        page.until_said("Mark resized").await?;
        page.press("Control+z").await?;
        page.until_marks(&["quote: Nobody here wants a hungry child in a classroom"]).await?;
        let drawn = page.drawn().await?;
        ensure!(drawn == ["Nobody here wants a hungry child in a classroom"], "{drawn:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_list_and_the_text_lead_each_other() -> Result<()> {
    journey("the list and the text lead each other", Settings::LAPTOP, async |page| {
        for (words, key) in
            [("Desmond Arkley", "3"), ("failure of nerve", "1"), ("2.6%", "2"), ("school by school", "1")]
        {
            page.drag_over(words, 0).await?;
            page.press(key).await?;
        }
        page.until_is(
            "the list",
            "return all('[role=option] .quotation').map(q => q.textContent)",
            json!(["Desmond Arkley", "failure of nerve", "2.6%", "school by school"]),
        )
        .await?;
        let row = page.middle_of("all('[role=option]')[0]").await?;
        page.click(row).await?;
        page.until_card("Entity: Desmond Arkley").await?;
        page.until_js(
            "the mark in view",
            "const { top, bottom } = one('mark.active').getBoundingClientRect();
            return top > 0 && bottom < innerHeight",
        )
        .await?;
        page.click_on("school by school", 0).await?;
        page.until_card("Quote: school by school").await?;
        page.until_is(
            "its row",
            "return one('[role=option][aria-selected=true] .quotation').textContent",
            json!("school by school"),
        )
        .await?;

        page.click_button("2", ".filters").await?;
        page.until_is(
            "the others",
            "return all('[role=option] .quotation').map(q => q.textContent)",
            json!(["Desmond Arkley", "2.6%"]),
        )
        .await?;
        page.press("/").await?;
        page.type_text("arkl").await?;
        page.until_is(
            "what was found",
            "return all('[role=option] .quotation').map(q => q.textContent)",
            json!(["Desmond Arkley"]),
        )
        .await
    })
    .await
}

#[tokio::test]
async fn a_drag_that_ends_beside_the_text_takes_only_text() -> Result<()> {
    journey("a drag that ends beside the text takes only text", Settings::LAPTOP, async |page| {
        let place = page.find(MAYOR, 0).await?;
        let side = page.middle_of("one('.side .filters')").await?;
        page.drag_by(&[place.from, place.middle, side]).await?;
        page.until_js("the bar", "return shown(one('.selbar'))").await?;
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let selected = bare(&page.selected().await?);
        let native = bare(&page.text("return String(getSelection())").await?);
        ensure!(selected.len() > 10 && selected == native, "chosen {selected:?}, selected {native:?}");
        ensure!(bare(&page.text("return annotator.article().text").await?).contains(&native), "{native:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_key_that_comes_before_the_mouse_is_let_go_ends_the_drag() -> Result<()> {
    journey("a key that comes before the mouse is let go ends the drag", Settings::LAPTOP, async |page| {
        let (place, beyond) = (page.find(MAYOR, 0).await?, page.find("Desmond Arkley", 0).await?);
        page.mouse_down(place.from).await?;
        page.mouse_to(place.to).await?;
        page.until_js("the words", "return chosen() === 'Nobody here wants a hungry child in a classroom'").await?;
        page.press("2").await?;
        page.until_marks(&["claim: Nobody here wants a hungry child in a classroom"]).await?;
        // The hand goes on before it lets go.
        page.mouse_to(beyond.to).await?;
        page.mouse_up(beyond.to).await?;
        page.frames().await?;
        page.until_selected("").await?;
        page.until_card("Claim: Nobody here wants a hungry child in a classroom").await?;
        page.press("1").await?;
        page.until_marks(&["quote: Nobody here wants a hungry child in a classroom"]).await?;

        // So with words that are left.
        page.press_all(&["Escape", "Escape"]).await?;
        page.mouse_down(beyond.from).await?;
        page.mouse_to(beyond.to).await?;
        page.until_js("the words", "return chosen() !== ''").await?;
        page.press("Escape").await?;
        page.until_selected("").await?;
        page.mouse_to(place.to).await?;
        page.mouse_up(place.to).await?;
        page.frames().await?;
        page.until_selected("").await
    })
    .await
}
