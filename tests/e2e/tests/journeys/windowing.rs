//! An article many screens long, whose marks are drawn only near what is seen: nothing of that may show.

use e2e::page::Screen;
use e2e::{Page, Result, Settings, Value, ensure, from_value, journey, json, long};

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

/// Watches every frame: a paragraph that is seen, and not skipped by the browser, must have its marks. They are
/// looked at in a frame before it is drawn; whether the browser has drawn the paragraph then, right after.
async fn watch_frames(page: &Page) -> Result<()> {
    page.js("window.faults = []; window.framesSeen = 0;
        const frame = () => {
            const wrong = inSight().filter(piece => wrongMarks(piece).length);
            const after = new MessageChannel();
            after.port1.onmessage = () => {
                framesSeen += 1;
                const seen = wrong.filter(piece => piece.checkVisibility({ contentVisibilityAuto: true }));
                if (seen.length) faults.push(`at ${Math.round(one('.text').scrollTop)}: ` +
                    seen.map(piece => piece.textContent.slice(0, 9)).join(', '));
            };
            after.port2.postMessage(0);
            requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame)")
        .await
        .map(drop)
}

/// In no frame since the last look a paragraph was seen without its marks.
async fn check_frames(page: &Page, how: &str) -> Result<()> {
    page.until_sight_is_marked().await?;
    page.frames().await?;
    let found = page.js("const found = [framesSeen, faults]; framesSeen = 0; faults = []; return found").await?;
    ensure!(found[0].as_u64().is_some_and(|frames| frames > 1), "no frames were watched {how}");
    ensure!(found[1] == json!([]), "seen without marks {how}: {}", found[1]);
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
        page.press_times("PageDown", 8).await?;
        page.until_js("a long way", "return one('.text').scrollTop > 9000").await?;
        check_frames(page, "after PageDown").await?;
        page.press_times("PageUp", 4).await?;
        check_frames(page, "after PageUp").await?;
        page.press("Control+End").await?;
        page.until_in_sight(LAST).await?;
        check_frames(page, "after the end of the text").await?;
        page.press("Control+Home").await?;
        page.until_in_sight(0).await?;
        check_frames(page, "after the start of the text").await
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
        for words in
            ["a crossing that pays for itself by 0317", "Itō of ward 0455. Passengers", "of letter 0120 before"]
        {
            let found = page.js_with(
                "return find(given, true, false, true) || [String(getSelection()), document.activeElement.className]",
                json!(words),
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

#[tokio::test]
async fn all_of_a_long_article_is_copied() -> Result<()> {
    journey("all of a long article is copied", Settings::LAPTOP, async |page| {
        let text = long::text();
        page.open_long().await?;
        // Leave to read the clipboard comes with writing to it.
        page.copy("nothing").await?;
        let copied = async || {
            page.press("Control+c").await?;
            let script = "navigator.clipboard.readText().then(done, error => done(String(error)))";
            let text = page.js_async(script, Value::Null).await?;
            let text = text.as_str().unwrap_or_default();
            Ok::<_, e2e::anyhow::Error>(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>())
        };
        let wanted: Vec<String> = text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let check = |found: &[String], when: &str| {
            let wrong = found.iter().zip(&wanted).find(|(found, wanted)| found != wanted);
            ensure!(found.len() == wanted.len() && wrong.is_none(), "{when}: {} lines, the first wrong: {wrong:?}", found.len());
            Ok(())
        };
        page.press("Control+a").await?;
        page.until_js("everything selected", "return chosen().length > 150000").await?;
        check(&copied().await?, "at the start")?;

        // It is the same after a look at what was never seen.
        page.copy("nothing").await?;
        page.js("one('.text').scrollTop = one('.text').scrollHeight").await?;
        page.until_in_sight(LAST).await?;
        page.until_sight_is_marked().await?;
        check(&copied().await?, "at the end")?;
        let whole = e2e::count::between(&text, 0, text.len());
        page.until_highlighted(&text, whole).await
    })
    .await
}

#[tokio::test]
async fn all_marks_of_a_long_article_are_on_paper() -> Result<()> {
    journey("all marks of a long article are on paper", Settings::LAPTOP, async |page| {
        page.open_long().await?;
        let wrong = "const pieces = all('[data-piece]').filter(piece => piece.textContent.startsWith('Part '));
            return [pieces.length, pieces.flatMap(wrongMarks).length]";
        let before = page.js(wrong).await?;
        ensure!(before[1].as_u64().is_some_and(|wrong| wrong > 400), "all is drawn at once: {before}");
        page.js(&format!("addEventListener('beforeprint', () => {{ window.onPaper = (() => {{ {wrong} }})() }})")).await?;
        let paper = page.devtools("Page.printToPDF", json!({ "printBackground": true })).await?;
        let size = paper["data"].as_str().map_or(0, str::len);
        ensure!(size > 300_000, "a print of {size} letters");
        let found = page.js("return window.onPaper").await?;
        ensure!(found == json!([long::PARAGRAPHS, 0]), "when it was printed: {found}");

        // The page is as it was, and works.
        page.until_in_sight(0).await?;
        page.press_all(&["Control+End", "p"]).await?;
        let words = &long::marks(LAST)[3].1;
        page.until_card(&card("Entity", words)).await?;
        until_mark_in_sight(page, words).await
    })
    .await
}

#[tokio::test]
async fn at_any_zoom_a_click_takes_the_mark_under_it() -> Result<()> {
    journey("at any zoom a click takes the mark under it", Settings::LAPTOP, async |page| {
        page.open_long().await?;
        page.js("one('.text').scrollTop = one('.text').scrollHeight / 2").await?;
        page.until_sight_is_marked().await?;
        for (percent, width, height) in [(200, 640, 430), (400, 320, 215), (100, 1280, 860)] {
            let before = page.middle_in_sight().await?;
            page.resize(Screen { width, height, scale: f64::from(percent) / 100.0, touch: false }).await?;
            page.settled().await?;
            page.until_sight_is_marked().await?;
            let seen = page.middle_in_sight().await?;
            ensure!(seen.abs_diff(before) < 6, "paragraph {before} was in sight, at {percent} % it is {seen}");

            let words = long::marks(before)[3].1.clone();
            page.click_on(&words, 0).await?;
            let script = "return all('.host .m.active').map(part => part.textContent).join('')";
            page.until_is(&format!("the mark at {percent} %"), script, json!(words)).await?;
            page.press("Escape").await?;
            let chosen = format!("letter {before:04}");
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
    journey("a screen reader meets every mark in sight wherever one jumps", Settings::LAPTOP, async |page| {
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
                    (format!("bridge {number:04}"), "Entity; Claim"),
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
    })
    .await
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
        page.until_js("the rows there", "return all('[role=option]').some(row => +row.id.slice(6) > 900)").await?;
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
        let row = format!("all('[role=option]').find(row => row.querySelector('.quotation').textContent === {})", json!(words));
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
        page.until_in_sight(LAST - 100).await?;
        page.frames().await?;
        let off: Vec<String> = from_value(page.js("return [offHandle('start'), offHandle('end')]").await?)?;
        ensure!(off.iter().all(String::is_empty), "the handles are off their mark: {off:?}");
        Ok(())
    })
    .await
}
