//! An article many screens long, whose marks are drawn only near what is seen: nothing of that may show.

use e2e::page::Screen;
use e2e::{Need, Page, Result, Settings, Value, ensure, journey, json, long};

const LAST: usize = long::PARAGRAPHS - 1;

/// A row of the list that is in sight.
const ROW_IN_SIGHT: &str = "all('[role=option]').find(row => { const { top, bottom } = row.getBoundingClientRect();
    const list = one('.list').getBoundingClientRect(); return top >= list.top && bottom <= list.bottom })";

/// Watches every frame: a paragraph that is seen must have its marks, and not be one that the browser skips and shows
/// blank. They are looked at when all is laid out and nothing is drawn yet, which is when an observer of sizes is first
/// told.
async fn watch_frames(page: &Page) -> Result<()> {
    page.js("window.faults = []; window.framesSeen = 0;
        const look = () => {
            window.framesSeen += 1;
            const isBlank = piece => !piece.checkVisibility({ contentVisibilityAuto: true });
            const seen = inSight().filter(piece => wrongMarks(piece).length || isBlank(piece));
            if (seen.length) faults.push(`at ${Math.round(one('.text').scrollTop)}: ` +
                seen.map(piece => piece.textContent.slice(0, 9) + (isBlank(piece) ? ' blank' : '')).join(', '));
        };
        const frame = () => {
            const laid = new ResizeObserver(() => { laid.disconnect(); look(); });
            laid.observe(document.body);
            requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame)")
        .await
        .map(drop)
}

/// In no frame since the last look a paragraph was seen blank or without its marks.
async fn check_frames(page: &Page, how: &str) -> Result<()> {
    page.until_sight_is_marked().await?;
    page.frames().await?;
    let found =
        page.js("const found = [framesSeen, faults]; window.framesSeen = 0; window.faults = []; return found").await?;
    ensure!(found[0].as_u64().is_some_and(|frames| frames > 1), "no frames were watched {how}");
    ensure!(found[1] == json!([]), "seen blank or without marks {how}: {}", found[1]);
    Ok(())
}

#[tokio::test]
async fn marks_are_there_in_the_first_frame_after_the_wheel_and_keys() -> Result<()> {
    journey("marks are there in the first frame after the wheel and keys", Settings::LAPTOP, async |page| {
        page.open_long().await?;
        watch_frames(page).await?;
        for _ in 0..6 {
            page.wheel(900).await?;
        }
        check_frames(page, "after the wheel").await?;
        for _ in 0..6 {
            page.turn_page("PageDown").await?;
        }
        page.until_js("a long way", "return one('.text').scrollTop > 8000").await?;
        check_frames(page, "after PageDown").await?;
        for _ in 0..3 {
            page.turn_page("PageUp").await?;
        }
        check_frames(page, "after PageUp").await
    })
    .await
}

#[tokio::test]
async fn marks_are_there_in_the_first_frame_after_a_jump() -> Result<()> {
    journey("marks are there in the first frame after a jump", Settings::LAPTOP, async |page| {
        page.open_long().await?;
        watch_frames(page).await?;
        page.press("Control+End").await?;
        page.until_in_sight(LAST).await?;
        check_frames(page, "after the end of the text").await?;
        page.press("Control+Home").await?;
        page.until_in_sight(0).await?;
        check_frames(page, "after the start of the text").await?;
        page.js("one('.list').scrollTop = one('.list').scrollHeight / 2").await?;
        page.until_js("the rows there", "return all('[role=option]').some(row => +row.ariaPosInSet > 900)").await?;
        page.frames().await?;
        page.click(page.middle_of(ROW_IN_SIGHT).await?).await?;
        page.until_js("its mark", "return document.querySelector('.host .m.active')").await?;
        check_frames(page, "after a click in the list").await
    })
    .await
}

#[tokio::test]
async fn marks_are_there_in_the_first_frame_after_the_scroll_bar() -> Result<()> {
    journey("marks are there in the first frame after the scroll bar", Settings::LAPTOP, async |page| {
        page.open_long().await?;
        watch_frames(page).await?;
        // No driver can take hold of a scroll bar: what it does is to set where the text is scrolled to.
        for part in [0.5, 0.9, 0.2, 0.7, 0.35, 1.0, 0.05] {
            page.js_with("one('.text').scrollTop = one('.text').scrollHeight * given", json!(part)).await?;
            check_frames(page, &format!("after a jump to {part}")).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_browsers_search_finds_what_was_never_seen() -> Result<()> {
    journey("the browsers search finds what was never seen", Settings::LAPTOP, async |page| {
        let text = long::text();
        page.open_long().await?;
        // Inside a mark, across the ends of marks, and back to what lies above.
        for (words, back) in [
            ("a crossing that pays for itself by 0317", false),
            ("Itō of ward 0455. Passengers", false),
            ("of letter 0120 before", true),
        ] {
            // The driver has no hand for the browser's own field, which also scrolls; this finds in the same way.
            let found = page.js_with(
                "const found = find(given[0], true, given[1], true);
                getSelection().focusNode.parentElement.scrollIntoView({ block: 'center' });
                return found",
                json!([words, back]),
            );
            ensure!(found.await? == json!(true), "“{words}” is not found");
            let number = words.split(|c: char| !c.is_ascii_digit()).find_map(|part| part.parse().ok()).unwrap_or(0);
            page.until_in_sight(number).await?;
            page.until_sight_is_marked().await?;
            page.frames().await?;
            let around = "const { top, bottom } = getSelection().getRangeAt(0).getBoundingClientRect();
                const text = one('.text').getBoundingClientRect();
                return [String(getSelection()), top >= text.top && bottom <= text.bottom]";
            page.until_is("what was found, in sight", around, json!([words, true])).await?;
            page.until_highlighted(&text, e2e::count::place(&text, words, 0)).await?;
        }
        Ok(())
    })
    .await
}

/// Copies by keys, and holds what comes on the clipboard against the lines of the whole text.
async fn check_copy(page: &Page, when: &str) -> Result<()> {
    page.press("Control+c").await?;
    let copied = page.pasted().await?;
    let wanted = long::text();
    let same = copied.bytes().zip(wanted.bytes()).take_while(|(found, wanted)| found == wanted).count();
    ensure!(copied == wanted, "{when}: {} of {} bytes, the same up to {same}", copied.len(), wanted.len());
    Ok(())
}

#[tokio::test]
async fn all_of_a_long_article_is_copied() -> Result<()> {
    journey("all of a long article is copied", Settings::LAPTOP, async |page| {
        page.open_long().await?;
        page.press("Control+a").await?;
        page.until_js("everything selected", "return chosen().length > 150000").await?;
        check_copy(page, "at the start").await
    })
    .await
}

#[tokio::test]
async fn all_is_still_selected_after_a_look_at_the_end() -> Result<()> {
    journey("all is still selected after a look at the end", Settings::LAPTOP, async |page| {
        let text = long::text();
        page.open_long().await?;
        page.press("Control+a").await?;
        page.until_js("everything selected", "return chosen().length > 150000").await?;
        page.js("one('.text').scrollTop = one('.text').scrollHeight").await?;
        page.until_in_sight(LAST).await?;
        page.until_sight_is_marked().await?;
        page.until_highlighted(&text, e2e::count::between(&text, 0, text.len())).await?;
        check_copy(page, "at the end").await
    })
    .await
}

#[tokio::test]
async fn all_marks_of_a_long_article_are_on_paper() -> Result<()> {
    journey("all marks of a long article are on paper", Settings::LAPTOP.needing(&[Need::Paper]), async |page| {
        page.open_long().await?;
        let wrong = "const pieces = all('[data-piece]').filter(piece => piece.textContent.startsWith('Part '));
            return [pieces.length, pieces.flatMap(wrongMarks).length]";
        let before = page.js(wrong).await?;
        ensure!(before[1].as_u64().is_some_and(|wrong| wrong > 400), "all is drawn at once: {before}");
        // The app's own listener was first, and so is what it leaves to be done right after.
        let look = format!("queueMicrotask(() => {{ window.onPaper = (() => {{ {wrong} }})() }})");
        page.js(&format!("addEventListener('beforeprint', () => {look})")).await?;
        let size = page.print().await?.len();
        ensure!(size > 300_000, "a print of {size} letters");
        let found = page.js("return window.onPaper").await?;
        ensure!(found == json!([long::PARAGRAPHS, 0]), "when it was printed: {found}");

        // The page is as it was, and works.
        page.until_in_sight(0).await?;
        page.press_all(&["Control+End", "p"]).await?;
        page.until_card(&format!("Entity: {}", long::marks(LAST)[3].1)).await?;
        page.until_in_sight(LAST).await?;
        page.until_sight_is_marked().await
    })
    .await
}

#[tokio::test]
async fn at_any_zoom_a_click_takes_the_mark_under_it() -> Result<()> {
    journey("at any zoom a click takes the mark under it", Settings::LAPTOP.needing(&[Need::Zoom]), async |page| {
        page.open_long().await?;
        page.js("one('.text').scrollTop = one('.text').scrollHeight / 2").await?;
        page.until_sight_is_marked().await?;
        for (percent, width, height) in [(200, 640, 430), (400, 320, 215), (100, 1280, 860)] {
            page.resize(Screen { width, height, scale: f64::from(percent) / 100.0, touch: false }).await?;
            page.settled().await?;
            page.until_sight_is_marked().await?;
            let number = page.middle_in_sight().await?;
            let words = long::marks(number)[3].1.clone();
            page.click_on(&words, 0).await?;
            let script = "return all('.host .m.active').map(part => part.textContent).join('')";
            page.until_is(&format!("the mark at {percent} %"), script, json!(words)).await?;
            page.press("Escape").await?;
            let chosen = format!("letter {number:04}");
            page.drag_over(&chosen, 0).await?;
            page.until_selected(&chosen).await?;
            page.press("2").await?;
            let text = long::text();
            let (start, end) = e2e::count::place(&text, &chosen, 0).code_points;
            let script = format!("return annotator.annotations().some(a => a.start === {start} && a.end === {end})");
            page.until_js("the new mark", &script).await?;
            page.press("Control+z").await?;
            page.until_js("the mark gone", &format!("return !(() => {{ {script} }})()")).await?;
            page.press("Escape").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_one_reads_stays_in_sight_at_any_zoom() -> Result<()> {
    journey("what one reads stays in sight at any zoom", Settings::LAPTOP.needing(&[Need::Zoom]), async |page| {
        page.open_long().await?;
        page.js("one('.text').scrollTop = one('.text').scrollHeight / 2").await?;
        page.until_sight_is_marked().await?;
        for (percent, width, height) in [(200, 640, 430), (400, 320, 215), (200, 640, 430), (100, 1280, 860)] {
            let before = page.sight().await?;
            page.resize(Screen { width, height, scale: f64::from(percent) / 100.0, touch: false }).await?;
            page.settled().await?;
            page.until_sight_is_marked().await?;
            let after = page.sight().await?;
            let stayed = after.iter().any(|number| before.contains(number));
            ensure!(stayed, "{before:?} were in sight, at {percent} % they are {after:?}");
        }
        Ok(())
    })
    .await
}

/// The marks that a screen reader meets in the paragraphs in sight, as words and description.
async fn met(page: &Page) -> Result<Vec<(String, String)>> {
    page.js("window.metPieces = inSight()").await?;
    let mut all = Vec::new();
    for i in 0..page.sight().await?.len() {
        let asked = json!({ "expression": format!("metPieces[{i}]") });
        let object = page.devtools("Runtime.evaluate", asked).await?;
        let query = json!({ "objectId": object["result"]["objectId"], "role": "mark" });
        let found = page.devtools("Accessibility.queryAXTree", query).await?;
        for node in found["nodes"].as_array().into_iter().flatten() {
            let asked = json!({ "backendNodeId": node["backendDOMNodeId"] });
            let object = page.devtools("DOM.resolveNode", asked).await?;
            let call = json!({ "objectId": object["object"]["objectId"], "returnByValue": true,
                "functionDeclaration": "function() { return this.textContent }" });
            let words = page.devtools("Runtime.callFunctionOn", call).await?;
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            ensure!(node["ignored"] != json!(true), "a mark is ignored: {node}");
            all.push((text(&words["result"]["value"]), text(&node["description"]["value"])));
        }
    }
    Ok(all)
}

#[tokio::test]
async fn a_screen_reader_meets_every_mark_in_sight_wherever_one_jumps() -> Result<()> {
    journey(
        "a screen reader meets every mark in sight wherever one jumps",
        Settings::LAPTOP.needing(&[Need::AccessibilityTree]),
        async |page| {
            page.open_long().await?;
            page.devtools("Accessibility.enable", json!({})).await?;
            for (keys, number) in [(["Control+Home", "Escape"], 0), (["Control+End", "Escape"], LAST)] {
                page.press_all(&keys).await?;
                page.until_in_sight(number).await?;
                page.until_sight_is_marked().await?;
                let mut wanted = Vec::new();
                for number in page.sight().await? {
                    for (words, said) in [
                        ("stop work on ".to_owned(), "Claim"),
                        (format!("bridge {number:04}"), "Claim; Entity"),
                        (long::marks(number)[2].1.clone(), "Quote"),
                        (long::marks(number)[3].1.clone(), "Entity"),
                    ] {
                        wanted.push((words, said.to_owned()));
                    }
                }
                let (mut found, mut wanted) = (met(page).await?, wanted);
                found.sort();
                wanted.sort();
                ensure!(found == wanted, "met: {found:#?}");
            }
            Ok(())
        },
    )
    .await
}

#[tokio::test]
async fn the_text_is_as_high_wherever_one_is() -> Result<()> {
    journey("the text is as high wherever one is", Settings::LAPTOP, async |page| {
        // Without blank lines sections end in a paragraph, which has a margin.
        page.load(&long::text().split("\n\n").take(100).collect::<Vec<_>>().join("\n"), "Bridges").await?;
        let mut heights = Vec::new();
        for part in (0..=30).chain((0..30).rev()).chain(0..=30) {
            page.js_with("one('.text').scrollTop = one('.text').scrollHeight * given / 30", json!(part)).await?;
            page.frames().await?;
            heights.push(page.js("return one('.text').scrollHeight").await?);
        }
        // Once all of it was seen.
        let seen = &heights[31..];
        ensure!(seen.iter().all(|height| *height == seen[0]), "it changes its height: {seen:?}");
        Ok(())
    })
    .await
}
