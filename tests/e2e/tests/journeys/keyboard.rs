//! By keyboard alone: not a single pointer event, from the first visit to the saved file.

use e2e::{Page, Result, Settings, Value, count, ensure, from_str, journey, json};

const TEXT: &str =
    "“We open at nine,” said Ada Brook. The bakery sold 40 loaves on Friday.\n\nShe smiled, and went on: the end.";
const QUOTE: &str = "quote: “We open at nine";
const CLAIM: &str = "claim: The bakery sold 40 loaves on Friday.";

/// Pastes the text by keys.
pub async fn paste(page: &Page) -> Result<()> {
    page.copy(TEXT).await?;
    page.press("v").await?;
    page.until_dialog("Paste an article").await?;
    page.check_focus("V").await?;
    page.press("Control+v").await?;
    page.until_js("the pasted text", "return one('#paste-text').value").await?;
    tab_to(page, "Add article").await?;
    page.press("Enter").await?;
    page.until_is("the article", "return annotator.article().text", json!(TEXT)).await?;
    page.until_no_dialog().await?;
    page.until_js("the focus in the text", "return document.activeElement.matches('.page')").await.map(drop)
}

/// Presses Tab until the focus is on a control with this name; each stop on the way must be seen.
pub async fn tab_to(page: &Page, name: &str) -> Result<()> {
    let script = "const { activeElement: it } = document;
        return it.getAttribute('aria-label') ?? (it.labels?.[0] ?? it).textContent.trim()";
    for _ in 0..40 {
        page.press("Tab").await?;
        page.frames().await?;
        page.check_focus(&format!("Tab on the way to “{name}”")).await?;
        if page.text(script).await?.starts_with(name) {
            return Ok(());
        }
    }
    ensure!(false, "Tab does not reach “{name}”");
    Ok(())
}

/// Presses keys one after the other; after each the focus must be somewhere, and be seen.
pub async fn press(page: &Page, chords: &[&str]) -> Result<()> {
    for chord in chords {
        page.press(chord).await?;
        page.frames().await?;
        page.check_focus(chord).await?;
    }
    Ok(())
}

pub async fn in_text(page: &Page) -> Result<()> {
    page.until_js("the focus in the text", "return document.activeElement.matches('.page')").await.map(drop)
}

/// Marks a quote, a name and a claim.
pub async fn mark_three(page: &Page) -> Result<()> {
    page.press_times("Shift+ArrowRight", 4).await?;
    page.until_selected("“We open at nine").await?;
    page.until_said("“We open at nine selected, 4 words").await?;
    press(page, &["1"]).await?;
    page.until_marks(&[QUOTE]).await?;

    press(page, &["Control+ArrowRight", "Control+ArrowRight", "Control+ArrowLeft"]).await?;
    page.until_said("Ada").await?;
    press(page, &["Shift+ArrowRight", "Shift+ArrowRight"]).await?;
    page.until_selected("Ada Brook").await?;
    press(page, &["e"]).await?;

    press(page, &["Control+ArrowRight", "Control+ArrowLeft", "Shift+Control+ArrowDown"]).await?;
    page.until_selected("The bakery sold 40 loaves on Friday.").await?;
    press(page, &["c"]).await?;
    page.until_marks(&[QUOTE, "entity: Ada Brook", CLAIM]).await
}

#[tokio::test]
async fn from_the_first_visit_to_the_saved_file() -> Result<()> {
    journey("from the first visit to the saved file", Settings::LAPTOP, async |page| {
        page.check_focus("loading").await?;
        paste(page).await?;
        mark_three(page).await?;

        // The card, by Enter: an attribute; the note, by M; and back by Escape.
        press(page, &["p"]).await?;
        page.until_card("Entity: Ada Brook").await?;
        press(page, &["Enter"]).await?;
        page.until_js("the focus in the card", "return document.activeElement.closest('.card')").await?;
        tab_to(page, "person").await?;
        press(page, &["Enter", "Escape"]).await?;
        in_text(page).await?;
        press(page, &["m"]).await?;
        page.type_text("She owns it; see 1 and 2.").await?;
        press(page, &["Escape"]).await?;
        in_text(page).await?;
        page.until_is("the note", "return annotator.annotations()[1].note", json!("She owns it; see 1 and 2.")).await?;
        page.until_saved().await?;

        let (name, content) = page
            .save(async || {
                page.press("Control+s").await?;
                page.until_dialog("Export").await?;
                page.check_focus("Ctrl+S").await?;
                page.press("Enter").await
            })
            .await?;
        // Everything: the sample of the first visit as well.
        ensure!(name.starts_with("annotations_2-articles_"), "{name}");
        check_file(&from_str(&content)?)?;
        page.until_no_dialog().await?;
        page.check_focus("saving").await
    })
    .await
}

fn check_file(file: &Value) -> Result<()> {
    let annotations = file["sheets"][0]["annotations"].as_array().cloned().unwrap_or_default();
    let wanted = [("quote", "“We open at nine"), ("entity", "Ada Brook"), ("claim", &CLAIM[7..])];
    ensure!(annotations.len() == 3, "{annotations:#?}");
    for (annotation, (label, words)) in annotations.iter().zip(wanted) {
        let expected = count::expected(TEXT, words, 0);
        ensure!(annotation["label"] == label, "{annotation}");
        for field in ["start", "end", "utf16", "bytes", "quote"] {
            ensure!(annotation[field] == expected[field], "{field}: {annotation}, expected {expected}");
        }
    }
    ensure!(annotations[1]["attributes"] == json!({ "type": "person" }), "{}", annotations[1]);
    ensure!(annotations[1]["note"] == "She owns it; see 1 and 2.", "{}", annotations[1]);
    Ok(())
}

#[tokio::test]
async fn edges_move_by_keys_and_go_back() -> Result<()> {
    journey("edges move by keys and go back", Settings::LAPTOP, async |page| {
        paste(page).await?;
        mark_three(page).await?;
        press(page, &["p"]).await?;
        page.until_card("Entity: Ada Brook").await?;
        press(page, &["[", "Control+ArrowLeft"]).await?;
        page.until_said("said").await?;
        page.until_js(
            "the edge on its way",
            "return one('mark.active, .host .m.active').textContent.startsWith('said')",
        )
        .await?;
        page.until_marks(&[QUOTE, "entity: Ada Brook", CLAIM]).await?;
        press(page, &["Enter"]).await?;
        page.until_marks(&[QUOTE, "entity: said Ada Brook", CLAIM]).await?;
        press(page, &["]", "ArrowLeft", "ArrowLeft"]).await?;
        page.until_js("the other edge on its way", "return one('.host .m.active').textContent === 'said Ada Bro'")
            .await?;
        press(page, &["Escape"]).await?;
        page.until_said("The mark is as it was").await?;
        page.until_js("the mark as it was", "return one('.host .m.active').textContent === 'said Ada Brook'").await?;
        press(page, &["]", "ArrowLeft", "Enter"]).await?;
        page.until_marks(&[QUOTE, "entity: said Ada Broo", CLAIM]).await?;
        press(page, &["Control+z", "Control+z"]).await?;
        page.until_marks(&[QUOTE, "entity: Ada Brook", CLAIM]).await?;
        press(page, &["Control+y", "Control+Shift+z"]).await?;
        page.until_marks(&[QUOTE, "entity: said Ada Broo", CLAIM]).await
    })
    .await
}

#[tokio::test]
async fn through_the_marks_and_their_labels() -> Result<()> {
    journey("through the marks and their labels", Settings::LAPTOP, async |page| {
        paste(page).await?;
        mark_three(page).await?;
        press(page, &["Escape", "Control+Home", "n"]).await?;
        page.until_card("Quote: “We open at nine").await?;
        press(page, &["p"]).await?;
        page.until_toast("This is the first mark").await?;
        press(page, &["n", "n"]).await?;
        page.until_card("Claim: The bakery sold 40 loaves on Friday.").await?;
        press(page, &["n"]).await?;
        page.until_toast("This is the last mark").await?;
        press(page, &["q"]).await?;
        page.until_card("Quote: The bakery sold 40 loaves on Friday.").await?;
        press(page, &["Backspace"]).await?;
        page.until_marks(&[QUOTE, "entity: Ada Brook"]).await?;
        press(page, &["Delete"]).await?;
        page.until_marks(&[QUOTE, "entity: Ada Brook"]).await?;
        press(page, &["Control+z", "Control+z"]).await?;
        page.until_marks(&[QUOTE, "entity: Ada Brook", CLAIM]).await?;

        // With nothing selected a label is held, and Enter repeats the last one.
        press(page, &["Escape", "Control+End", "3"]).await?;
        page.until_said("Entity in hand").await?;
        press(page, &["Escape", "Control+ArrowLeft", "Shift+ArrowRight", "Enter"]).await?;
        page.until_js("one more", "return annotator.annotations().length === 4").await?;
        ensure!(page.marks().await?[3] == "quote: end", "{:?}", page.marks().await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn shift_marks_every_place_of_the_words() -> Result<()> {
    journey("shift marks every place of the words", Settings::LAPTOP, async |page| {
        let text = "Ada Brook and Ada met Adam.\n\n“Ada,” said Brook; ADA, Ada.";
        page.load(text, "Ada").await?;
        in_text(page).await?;
        press(page, &["Control+Home", "Shift+ArrowRight", "Shift+E"]).await?;
        let all = ["entity: Ada"; 4];
        page.until_marks(&all).await?;
        page.until_toast("4 entities added").await?;
        page.until_said("4 entities added").await?;
        page.until_card("Entity: Ada").await?;
        page.until_is("what is drawn", "return all('.host mark').map(mark => mark.textContent)", json!(vec!["Ada"; 4]))
            .await?;
        press(page, &["Shift+3"]).await?;
        page.until_toast("Every place of these words already bears this label").await?;
        press(page, &["Control+z"]).await?;
        page.until_marks(&[]).await?;
        page.until_js("nothing drawn", "return all('.host mark').length === 0").await?;
        press(page, &["Control+Shift+z"]).await?;
        page.until_marks(&all).await?;
        page.until_saved().await?;
        page.reload().await?;
        page.until_marks(&all).await?;
        in_text(page).await?;
        press(page, &["Control+z"]).await?;
        page.until_marks(&[]).await
    })
    .await
}

#[tokio::test]
async fn the_next_mark_comes_into_view_however_far_it_is() -> Result<()> {
    journey("the next mark comes into view however far it is", Settings::LAPTOP, async |page| {
        page.load(&e2e::setup::seed("water-meters.txt")?, "Water").await?;
        page.press_all(&["Control+End", "Control+Shift+ArrowLeft", "Control+Shift+ArrowLeft", "3", "Escape"]).await?;
        page.press("Control+Home").await?;
        page.until_js("the top", "return one('.text').scrollTop < 10").await?;
        page.press("n").await?;
        let seen =
            "const mark = one('mark.active')?.getBoundingClientRect(), text = one('.text').getBoundingClientRect();
            return mark && mark.top >= text.top && mark.bottom <= text.bottom";
        page.until_js("the mark", seen).await?;
        page.press("Control+Home").await?;
        page.until_js("the top", "return one('.text').scrollTop < 10").await?;
        page.js("one('[role=option]').click()").await?;
        page.until_js("the mark", seen).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_draft_in_the_paste_dialog_outlives_escape() -> Result<()> {
    journey("a draft in the paste dialog outlives escape", Settings::LAPTOP, async |page| {
        page.press("v").await?;
        page.until_dialog("Paste an article").await?;
        page.type_text("Half an article.").await?;
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        page.press("v").await?;
        page.until_is("the draft", "return one('#paste-text').value", json!("Half an article.")).await?;
        page.click_button("Add article", "dialog").await?;
        page.until_is("the article", "return annotator.article().text", json!("Half an article.")).await?;
        page.press("v").await?;
        page.until_is("a fresh start", "return one('#paste-text').value", json!("")).await
    })
    .await
}
