//! By keyboard alone: not a single pointer event, from the first visit to the saved file.

use e2e::{Page, Result, Settings, Value, count, ensure, from_str, journey, json};

const TEXT: &str = "“We open at nine,” said Ada Brook. The bakery sold 40 loaves on Friday.\n\nShe smiled, and went on: the end.";
const QUOTE: &str = "quote: “We open at nine";
const CLAIM: &str = "claim: The bakery sold 40 loaves on Friday.";

/// Pastes the text by keys.
async fn paste(page: &Page) -> Result<()> {
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
async fn tab_to(page: &Page, name: &str) -> Result<()> {
    let script = "const { activeElement: it } = document;
        return it.getAttribute('aria-label') ?? it.textContent.trim()";
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
async fn press(page: &Page, chords: &[&str]) -> Result<()> {
    for chord in chords {
        page.press(chord).await?;
        page.frames().await?;
        page.check_focus(chord).await?;
    }
    Ok(())
}

async fn in_text(page: &Page) -> Result<()> {
    page.until_js("the focus in the text", "return document.activeElement.matches('.page')").await.map(drop)
}

/// Marks a quote, a name and a claim.
async fn mark_three(page: &Page) -> Result<()> {
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
        ensure!(name.ends_with(".annotations.json"), "{name}");
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
        page.until_js("the edge on its way", "return one('mark.active, .host .m.active').textContent.startsWith('said')").await?;
        page.until_marks(&[QUOTE, "entity: Ada Brook", CLAIM]).await?;
        press(page, &["Enter"]).await?;
        page.until_marks(&[QUOTE, "entity: said Ada Brook", CLAIM]).await?;
        press(page, &["]", "ArrowLeft", "ArrowLeft"]).await?;
        page.until_js("the other edge on its way", "return one('.host .m.active').textContent === 'said Ada Bro'").await?;
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
async fn dialogs_and_lists_give_the_focus_back() -> Result<()> {
    journey("dialogs and lists give the focus back", Settings::LAPTOP, async |page| {
        paste(page).await?;
        mark_three(page).await?;
        for (key, heading) in
            [("?", "Help"), (",", "Settings"), ("i", "Article details"), ("x", "Export"), ("v", "Paste an article")]
        {
            press(page, &[key]).await?;
            page.until_dialog(heading).await?;
            // The focus stays inside, however often Tab is pressed.
            for _ in 0..12 {
                page.press("Tab").await?;
                let inside = "const it = document.activeElement; return it === document.body || !!it.closest('dialog')";
                ensure!(page.js(inside).await? == json!(true), "Tab leaves “{heading}”");
            }
            page.press("Escape").await?;
            page.until_no_dialog().await?;
            in_text(page).await?;
        }
        let help = "const rows = all('dialog dt'); return rows.length > 30 && rows.every(row => row.textContent.trim())";
        press(page, &["?"]).await?;
        page.until_js("the table of keys", help).await?;
        press(page, &["Escape"]).await?;

        press(page, &["/"]).await?;
        page.type_text("loaves").await?;
        press(page, &["Enter"]).await?;
        page.until_card("Claim: The bakery sold 40 loaves on Friday.").await?;
        press(page, &["Escape"]).await?;
        in_text(page).await?;
        press(page, &["/", "Control+a", "Backspace"]).await?;
        page.js("one('[role=listbox]').focus()").await?;
        press(page, &["Home", "ArrowDown"]).await?;
        page.until_card("Entity: Ada Brook").await?;
        press(page, &["Enter", "Escape"]).await?;
        in_text(page).await?;

        // The list of articles and back.
        press(page, &["a"]).await?;
        page.until_is("the list", "return one('.app').dataset.screen", json!("articles")).await?;
        page.check_focus("A").await?;
        tab_to(page, "Corriston keeps").await?;
        press(page, &["Enter"]).await?;
        page.until_js("the article", "return annotator.article().title.startsWith('Corriston')").await?;
        in_text(page).await
    })
    .await
}

#[tokio::test]
async fn the_caret_moves_as_in_a_text_field() -> Result<()> {
    journey("the caret moves as in a text field", Settings::LAPTOP, async |page| {
        paste(page).await?;
        let steps: [(&str, &str); 9] = [
            ("Control+ArrowRight", "We"),
            ("ArrowRight", " "),
            ("Control+ArrowDown", "She smiled"),
            ("ArrowUp", ""),
            ("Control+Home", "“We open"),
            ("End", ""),
            ("Home", "“We open"),
            ("ArrowDown", ""),
            ("Control+End", "the end."),
        ];
        for (key, said) in steps {
            press(page, &[key]).await?;
            let said = if said == " " { "space" } else { said };
            let heard = page.said().await?;
            ensure!(heard.contains(said) || key == "ArrowRight", "{key}: wanted “{said}”, said “{heard}”");
        }
        press(page, &["Shift+Control+Home"]).await?;
        page.until_js("all of it", "return chosen().startsWith('“We') && chosen().endsWith('end.')").await?;
        press(page, &["ArrowLeft", "Shift+Alt+ArrowRight", "Shift+Alt+ArrowRight"]).await?;
        page.until_selected("“W").await?;
        press(page, &["Escape", "Control+a"]).await?;
        page.until_js("all of it", "return chosen().startsWith('“We') && chosen().endsWith('end.')").await?;

        // H hides the marks for as long as it is held.
        page.press("1").await?;
        page.hold("h").await?;
        page.until_js("no marks", "return one('.host').classList.contains('hide-marks')").await?;
        page.let_go().await?;
        page.until_js("the marks again", "return !one('.host').classList.contains('hide-marks')").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn single_keys_can_be_switched_off() -> Result<()> {
    journey("single keys can be switched off", Settings::LAPTOP, async |page| {
        paste(page).await?;
        press(page, &[","]).await?;
        page.until_dialog("Settings").await?;
        page.js("all('dialog input[type=checkbox]')[1].focus()").await?;
        press(page, &["Space", "Escape"]).await?;
        page.until_no_dialog().await?;
        page.press_times("Shift+ArrowRight", 2).await?;
        page.until_selected("“We open").await?;
        press(page, &["1", "q", "x", "v", "?"]).await?;
        page.until_no_dialog().await?;
        ensure!(page.marks().await?.is_empty(), "a single key still works");
        // Keys that are no single characters stay.
        press(page, &["Enter"]).await?;
        page.until_marks(&["quote: “We open"]).await?;
        page.reload().await?;
        press(page, &["x"]).await?;
        page.until_no_dialog().await
    })
    .await
}
