//! Going through what is likely a slip: by keys and by mouse, to the place and back, fixing and taking it back.

use e2e::{Page, Result, Settings, ensure, journey, json};

const TEXT: &str = "Ana spoke. Ana left, Ben stayed, Ben sang.";

/// A blank behind two names, half a word, and a name that comes again without its label.
const SLIPS: &str = "annotator.annotate('entity', 0, 4); annotator.annotate('entity', 11, 15); \
    annotator.annotate('claim', 21, 23); annotator.annotate('quote', 21, 24)";

/// What is marked, blanks included.
const QUOTES: &str = "return annotator.annotations().map(a => a.quote)";

/// The headings of what was found.
const FOUND: &str = "return all('dialog .rule h3').map(heading => heading.textContent)";

async fn slips(page: &Page) -> Result<()> {
    page.load(TEXT, "Slips").await?;
    page.js(SLIPS).await?;
    page.until_is("the marks", QUOTES, json!(["Ana ", "Ana ", "Ben", "Be"])).await?;
    page.until_saved().await
}

async fn until_found(page: &Page, rules: &[&str]) -> Result<()> {
    page.until_is("what was found", FOUND, json!(rules)).await
}

#[tokio::test]
async fn slips_are_fixed_by_keys_and_taken_back() -> Result<()> {
    journey("slips are fixed by keys and taken back", Settings::LAPTOP, async |page| {
        slips(page).await?;
        page.press("k").await?;
        page.until_dialog("Check the annotations").await?;
        until_found(page, &["White space at an edge (2)", "Cut inside a word (1)", "Same words, no label (1)"]).await?;
        page.check_access("the check").await?;
        let focused = "return document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent";
        // From the way out to the first finding's rule.
        page.press("Tab").await?;
        page.until_is("the focus", focused, json!("Fix all 2")).await?;
        page.press("Enter").await?;
        until_found(page, &["Cut inside a word (1)", "Same words, no label (1)"]).await?;
        page.until_is("the fixes", QUOTES, json!(["Ana", "Ana", "Ben", "Be"])).await?;
        // The keys go on with what comes next.
        page.until_is("the focus", focused, json!("Show: Be")).await?;
        page.check_focus("after a fix").await?;
        page.press("Tab").await?;
        page.until_is("the focus", focused, json!("Fix: Be")).await?;
        page.press("Enter").await?;
        until_found(page, &["Same words, no label (2)"]).await?;
        page.until_is("the fixes", QUOTES, json!(["Ana", "Ana", "Ben", "Ben"])).await?;
        page.click_button("Undo the fix", "dialog").await?;
        page.until_is("one taken back", QUOTES, json!(["Ana", "Ana", "Ben", "Be"])).await?;
        until_found(page, &["Cut inside a word (1)", "Same words, no label (1)"]).await?;
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        // All fixes of a rule are one step.
        page.press("Control+z").await?;
        page.until_is("the others taken back", QUOTES, json!(["Ana ", "Ana ", "Ben", "Be"])).await?;
        page.until_saved().await
    })
    .await
}

#[tokio::test]
async fn one_goes_from_a_finding_to_its_place_and_back() -> Result<()> {
    journey("one goes from a finding to its place and back", Settings::PHONE, async |page| {
        slips(page).await?;
        // Before a file is saved as well as by itself.
        page.click_button("More", "header").await?;
        page.click_button("Export", "#more").await?;
        page.until_dialog("Export").await?;
        page.click_button("Check for slips", "dialog").await?;
        page.until_dialog("Check the annotations").await?;
        page.until_js("what was found", "return document.querySelector('dialog .finding')").await?;
        page.check_width("the check").await?;
        page.check_access("the check").await?;
        page.click_button("Show: Be", "dialog").await?;
        page.until_no_dialog().await?;
        page.until_is("the mark", "return one('.dock [aria-pressed=true] .name').textContent", json!("Claim")).await?;
        page.press("k").await?;
        page.until_dialog("Check the annotations").await?;
        let focused = "return document.activeElement.getAttribute('aria-label')";
        page.until_is("the focus", focused, json!("Show: Be")).await?;
        page.click_button("Show the place: Ben", "dialog").await?;
        page.until_no_dialog().await?;
        page.until_selected("Ben").await?;
        page.press("1").await?;
        page.until_is("the mark", "return annotator.annotations().length", json!(5)).await?;
        page.press("k").await?;
        page.until_is(
            "one less",
            "return all('dialog .finding').filter(row => row.innerText.includes('without this label')).length",
            json!(0),
        )
        .await?;
        let said = page.dialog_text().await?;
        ensure!(said.contains("3 possible slips"), "{said}");
        Ok(())
    })
    .await
}
