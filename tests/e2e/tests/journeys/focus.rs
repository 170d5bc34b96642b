//! Where the focus goes, by keys: dialogs, lists, the caret in the text, and doing without single keys.

use crate::keyboard::{in_text, mark_three, paste, press, tab_to};
use e2e::{Result, Settings, ensure, journey, json};

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
            // In Firefox it goes on to the browser's own bar, from where a person comes back.
            page.js("window.focus()").await?;
            page.press("Escape").await?;
            page.until_no_dialog().await?;
            in_text(page).await?;
        }
        let help =
            "const rows = all('dialog dt'); return rows.length > 30 && rows.every(row => row.textContent.trim())";
        press(page, &["?"]).await?;
        page.until_js("the table of keys", help).await?;
        press(page, &["Escape"]).await?;

        press(page, &["/"]).await?;
        page.type_text("loaves").await?;
        press(page, &["Enter"]).await?;
        page.until_card("Claim: The bakery sold 40 loaves on Friday.").await?;
        // The first Escape empties the field, the second leaves it.
        press(page, &["Escape"]).await?;
        page.until_is("an empty field", "return document.activeElement.value", json!("")).await?;
        press(page, &["Escape"]).await?;
        in_text(page).await?;
        press(page, &["/"]).await?;
        tab_to(page, "Annotations").await?;
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
            ("ArrowRight", "o"),
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
            let heard = page.said().await?;
            ensure!(heard.contains(said), "{key}: wanted “{said}”, said “{heard}”");
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
        tab_to(page, "Single letters").await?;
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
