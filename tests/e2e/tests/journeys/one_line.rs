//! An article as long as a book in one line, as programs write it that know no paragraphs: the browser lays out the parts
//! that are seen, and all else is as if it were laid out as one.

use e2e::{Context, Page, Result, Settings, count, ensure, from_value, journey, json};

fn sentence(number: usize) -> String {
    let long = "long, ".repeat(number % 7);
    format!("Sentence {number:04} of a {long}long line that has no end 👷, as Lena Itō says. ")
}

fn line(start: &str) -> String {
    start.to_owned() + &(0..1_500).map(sentence).collect::<String>()
}

/// Opens a text of one line; gives its parts as they stand below each other.
async fn open(page: &Page, text: &str) -> Result<Vec<String>> {
    page.load(text, "One line").await?;
    let parts = "const parts = all('.host [data-piece]').map(part => part.textContent);
        return parts.join('') === given[0] && parts";
    let mut found = Vec::new();
    e2e::wait::until("all of the text", async || {
        let parts = page.js_with(parts, json!([text])).await?;
        Ok(from_value(parts).ok().map(|parts| found = parts))
    })
    .await?;
    ensure!(found.len() > 20, "only {} parts", found.len());
    Ok(found)
}

#[tokio::test]
async fn a_line_as_long_as_a_book_is_laid_out_where_it_is_seen() -> Result<()> {
    journey("a line as long as a book is laid out where it is seen", Settings::LAPTOP, async |page| {
        let text = line("");
        let parts = open(page, &text).await?;
        let asleep =
            "return all('.host [data-piece]').map(part => part.checkVisibility({ contentVisibilityAuto: true }))";
        let awake: Vec<bool> = from_value(page.js(asleep).await?)?;
        let seen = awake.iter().filter(|&&is_awake| is_awake).count();
        ensure!(awake[0] && seen < 10, "{seen} of {} parts are laid out", parts.len());
        ensure!(parts.iter().all(|part| part.ends_with("says. ")), "a sentence is torn");

        // Across the edge of a part, as across that of a line that the browser broke.
        let border = count::place(&parts[0], "Sentence", parts[0].matches("Sentence").count() - 1).utf8.0;
        let (first, last) = (&parts[0][border..][..13], &parts[1][..13]);
        let from = page.find(first, 0).await?.from;
        page.click((from.0 + 1.0, from.1)).await?;
        let target = page.find(last, 0).await?.to;
        page.hold("Shift").await?;
        page.click_later((target.0 - 2.0, target.1)).await?;
        page.let_go().await?;
        let wanted = format!("{}{last}", &parts[0][border..]);
        page.until_selected(&wanted).await?;
        page.press("Control+c").await?;
        let copied = page.pasted().await?;
        ensure!(copied == wanted, "copied: {copied:?}");
        page.press("2").await?;
        page.until_marks(&[&format!("claim: {wanted}")]).await?;
        let given = page.annotations().await?;
        ensure!(count::slice(&text, given[0].start, given[0].end) == wanted, "the offsets are others");
        ensure!(page.drawn().await? == [wanted], "drawn: {:?}", page.drawn().await?);

        page.press_all(&["Escape", "Control+a", "Control+c"]).await?;
        let copied = page.pasted().await?;
        ensure!(copied == text, "{} of {} bytes are copied", copied.len(), text.len());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_part_of_a_line_runs_the_way_it_starts() -> Result<()> {
    journey("every part of a line runs the way it starts", Settings::LAPTOP, async |page| {
        for (start, direction) in [("“תמר שדמון” said: ", "rtl"), ("", "ltr")] {
            let parts = open(page, &line(start)).await?;
            let ways = "return all('.host [data-piece]').map(part => getComputedStyle(part).direction)";
            let ways: Vec<String> = from_value(page.js(ways).await?)?;
            ensure!(ways == vec![direction; parts.len()], "{direction}: {ways:?}");
        }
        Ok(())
    })
    .await
}

/// Where the caret stands, from the left and from above.
async fn caret(page: &Page) -> Result<(f64, f64)> {
    page.frames().await?;
    let script = "const { left, top } = one('.caret').getBoundingClientRect(); return [left, top]";
    Ok(from_value(page.js(script).await?)?)
}

#[tokio::test]
async fn the_caret_goes_from_part_to_part_in_its_column() -> Result<()> {
    journey("the caret goes from part to part in its column", Settings::LAPTOP, async |page| {
        let parts = open(page, &line("")).await?;
        let lines = |at: usize| {
            format!(
                "const lines = all('.host [data-piece]').slice({at}, {at} + 2).map(part => {{
                   const range = document.createRange();
                   range.selectNodeContents(part);
                   const lines = new Map();
                   for (const {{ top, right, width }} of range.getClientRects()) {{
                     const line = Math.round(top / 10);
                     if (width) lines.set(line, [Math.max(right, lines.get(line)?.[0] ?? 0), top]);
                   }}
                   return [...lines.values()];
                 }});
                 return [lines[0].at(-2), lines[0].at(-1), lines[1][0]]"
            )
        };
        // One whose last line is short.
        let mut found = None;
        for (at, part) in parts[..10].iter().enumerate() {
            let last_sentence = part.rfind("Sentence").unwrap_or_default();
            page.find(&part[last_sentence..], 0).await?;
            let [above, last, below]: [(f64, f64); 3] = from_value(page.js(&lines(at)).await?)?;
            if last.0 + 60.0 < above.0.min(below.0) {
                found = Some((above, last, below));
                break;
            }
        }
        let (above, last, below) = found.context("no part has a short last line")?;
        let column = last.0 + 40.0;
        page.click_later((column, above.1 + 10.0)).await?;
        let start = caret(page).await?;
        ensure!((start.1 - above.1).abs() < 8.0, "a click leads to {start:?}, not {above:?}");
        for (key, wanted) in [
            ("ArrowDown", last),
            ("ArrowDown", (start.0, below.1)),
            ("ArrowUp", last),
            ("ArrowUp", start),
            ("ArrowDown", last),
            ("End", last),
            ("ArrowRight", below),
        ] {
            page.press(key).await?;
            let found = caret(page).await?;
            let (beside, off) = ((found.0 - wanted.0).abs(), (found.1 - wanted.1).abs());
            ensure!(off < 8.0 && (beside < 60.0 || key == "ArrowRight"), "{key} leads to {found:?}, not {wanted:?}");
        }
        Ok(())
    })
    .await
}
