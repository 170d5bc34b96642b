//! Where a line that the browser broke ends, the caret has one offset and two places. It stands where it was put.

use e2e::{Page, Result, Settings, ensure, from_value, journey};

/// Where the caret stands: in which line of the first paragraph, and how far from the left.
async fn caret(page: &Page) -> Result<(usize, i32)> {
    page.frames().await?;
    let script = "const range = document.createRange();
        range.selectNodeContents(one('.host [data-piece]'));
        const rects = [...range.getClientRects()].filter(rect => rect.width > 0);
        const tops = [...new Set(rects.map(rect => Math.round(rect.top)))].sort((a, b) => a - b);
        const { left, top } = one('.caret').getBoundingClientRect();
        return [tops.findLastIndex(line => line <= top + 4), Math.round(left)]";
    Ok(from_value(page.js(script).await?)?)
}

#[tokio::test]
async fn the_caret_stays_on_the_line_where_it_was_put() -> Result<()> {
    journey("the caret stays on the line where it was put", Settings::LAPTOP, async |page| {
        page.load(&"The ferry is late again today, she said. ".repeat(20), "Lines").await?;
        // Right after it was opened.
        let (line, left) = caret(page).await?;
        ensure!(line == 0, "it starts in line {line}");
        page.press("End").await?;
        let (line, right) = caret(page).await?;
        ensure!(line == 0 && right > left + 300, "End leads to {right} in line {line}");
        for (key, wanted) in [
            ("Home", (0, left)),
            ("End", (0, right)),
            ("ArrowDown", (1, right)),
            ("ArrowUp", (0, right)),
            ("Home", (0, left)),
            ("ArrowDown", (1, left)),
            ("ArrowDown", (2, left)),
            ("ArrowUp", (1, left)),
            ("ArrowLeft", (0, right)),
            ("ArrowRight", (1, left)),
        ] {
            page.press(key).await?;
            let (line, at) = caret(page).await?;
            let is_there = line == wanted.0 && (at - wanted.1).abs() < 80;
            ensure!(is_there, "{key} leads to {at} in line {line}, not {wanted:?}");
        }

        let middle = "const rect = one('.host [data-piece]').getBoundingClientRect();
            return [rect.right - 2, rect.left + 1, rect.top + 15]";
        let (beyond, first, top): (f64, f64, f64) = from_value(page.js(middle).await?)?;
        page.click_later((beyond, top)).await?;
        let found = caret(page).await?;
        ensure!(found.0 == 0 && found.1 > left + 300, "a click behind the first line leads to {found:?}");
        page.press("Home").await?;
        ensure!(caret(page).await? == (0, left), "Home after it leads to {:?}", caret(page).await?);
        page.press("ArrowDown").await?;
        let below =
            page.js("return one('.caret').getBoundingClientRect().top + 10").await?.as_f64().unwrap_or_default();
        page.click_later((first, below)).await?;
        ensure!(caret(page).await? == (1, left), "a click before the second line leads to {:?}", caret(page).await?);
        Ok(())
    })
    .await
}
