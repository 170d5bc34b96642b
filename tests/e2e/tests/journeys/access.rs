//! Accessibility: the automated check on every screen, widths, media, and what is said.

use e2e::{Look, Need, Page, Result, Settings, Value, ensure, journey, json};

/// Marks that lie in and across each other, and one with everything on it.
async fn crowd(page: &Page) -> Result<()> {
    let text = page.text("return annotator.article().text").await?;
    for (label, words) in [
        ("claim", "\"A boy in my class used to save half his sandwich for his sister,\" said Tomas Werrin"),
        ("entity", "A boy in my class"),
        ("quote", "my class used to save"),
        ("entity", "Tomas Werrin"),
        ("quote", "\"encouraging and nothing stronger,\""),
        ("claim", "encouraging"),
    ] {
        let (start, end) = e2e::count::place(&text, words, 0).code_points;
        page.js_with("annotator.annotate(...given)", json!([label, start, end])).await?;
    }
    page.until_is("the marks", "return annotator.annotations().length", json!(6)).await?;
    page.press_all(&["Control+Home", "n"]).await?;
    page.until_js("the card", "return document.querySelector('.card:not([hidden])')").await.map(drop)
}

async fn every_dialog(page: &Page, how: &str) -> Result<()> {
    for (key, heading) in
        [("?", "Help"), (",", "Settings"), ("i", "Article details"), ("x", "Export"), ("v", "Paste an article")]
    {
        page.press(key).await?;
        page.until_dialog(heading).await?;
        page.check_access(&format!("{heading}, {how}")).await?;
        page.check_width(heading).await?;
        page.press("Escape").await?;
        page.until_no_dialog().await?;
    }
    page.press(",").await?;
    page.until_dialog("Settings").await?;
    page.js("button('Erase everything here', 'dialog').click()").await?;
    page.until_dialog("Erase everything here?").await?;
    page.check_access(&format!("erase, {how}")).await?;
    page.press("Escape").await?;
    page.until_no_dialog().await?;
    page.choose_files(&[("foreign.json", b"[]")]).await?;
    page.until_dialog("This file can't be opened").await?;
    page.check_access(&format!("a bad file, {how}")).await?;
    page.press("Escape").await?;
    page.until_no_dialog().await
}

async fn every_screen(page: &Page, how: &str) -> Result<()> {
    page.check_access(&format!("the first visit, {how}")).await?;
    crowd(page).await?;
    page.check_access(&format!("marks and a card, {how}")).await?;
    page.check_width(how).await?;
    page.press_all(&["Control+Home", "Shift+Control+ArrowRight"]).await?;
    page.check_access(&format!("selected words, {how}")).await?;
    page.press("Escape").await?;
    every_dialog(page, how).await?;
    page.show_articles().await?;
    page.check_access(&format!("the list of articles, {how}")).await?;
    page.check_width(how).await?;
    page.js("button('Remove', '.rows').click()").await?;
    page.until_js("the message", "return document.querySelector('.toast')").await?;
    page.check_access(&format!("no articles, and a message, {how}")).await
}

#[tokio::test]
async fn the_check_finds_what_is_wrong() -> Result<()> {
    journey("the check finds what is wrong", Settings::LAPTOP, async |page| {
        page.js("one('main').append(document.createElement('button'))").await?;
        let found = page.check_access("a button without a name").await;
        ensure!(found.is_err_and(|error| error.to_string().contains("button-name")), "it was not found");
        page.js("one('main').style.minWidth = '1400px'; one('.app').style.overflow = document.body.style.overflow = 'visible'").await?;
        ensure!(page.check_width("too wide").await.is_err(), "what is too wide was not found");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn no_screen_breaks_a_rule_in_light() -> Result<()> {
    journey("no screen breaks a rule in light", Settings::LAPTOP, async |page| every_screen(page, "light").await).await
}

#[tokio::test]
async fn no_screen_breaks_a_rule_in_the_dark() -> Result<()> {
    journey("no screen breaks a rule in the dark", Settings::LAPTOP.needing(&[Need::Preferences]), async |page| {
        page.look(Look::Dark).await?;
        page.reload().await?;
        let light = page
            .js("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).every(c => c < 80)
            || getComputedStyle(one('.app')).backgroundColor.match(/\\d+/g).slice(0, 3).every(c => c < 80)")
            .await?;
        ensure!(light == json!(true), "the page is not dark");
        every_screen(page, "dark").await
    })
    .await
}

#[tokio::test]
async fn no_screen_breaks_a_rule_on_a_phone() -> Result<()> {
    journey("no screen breaks a rule on a phone", Settings::PHONE, async |page| every_screen(page, "phone").await).await
}

#[tokio::test]
async fn nothing_scrolls_sideways_at_four_hundred_percent() -> Result<()> {
    journey("nothing scrolls sideways at four hundred percent", Settings::NARROW, async |page| {
        crowd(page).await?;
        page.press("l").await?;
        page.until_js("the sheet", "return one('.side').dataset.open === 'true'").await?;
        page.check_access("the sheet, 320 pixels").await?;
        page.check_width("the sheet, 320 pixels").await?;
        page.press("Escape").await?;
        page.press("Escape").await?;
        page.js("one('.page').focus()").await?;
        page.check_width("the article, 320 pixels").await?;
        let column = page.js("return one('.host').getBoundingClientRect().width").await?;
        ensure!(column.as_f64().is_some_and(|width| width > 240.0), "the column of text is {column} wide");
        every_dialog(page, "320 pixels").await?;
        page.show_articles().await?;
        page.check_width("the list of articles, 320 pixels").await?;

        // What overlaps by its nature must still leave the text to be read: the bar stays small.
        let bar = page.js("return one('.bar').getBoundingClientRect().height / innerHeight").await?;
        ensure!(bar.as_f64().is_some_and(|part| part < 0.25), "the bar takes {bar} of the height");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nothing_moves_where_motion_is_not_wanted() -> Result<()> {
    journey("nothing moves where motion is not wanted", Settings::LAPTOP.needing(&[Need::Preferences]), async |page| {
        page.look(Look::Still).await?;
        page.reload().await?;
        crowd(page).await?;
        let moving = "const slow = list => list.split(',').some(time => parseFloat(time) * (time.includes('ms') ? 1 : 1000) > 1);
            return all('*').filter(element => {
                const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
                return slow(transitionDuration) || (animationName !== 'none' && slow(animationDuration));
            }).map(element => element.className)";
        for key in ["Escape", "?"] {
            page.press(key).await?;
            page.frames().await?;
            let found = page.js(moving).await?;
            ensure!(found == json!([]), "{found}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn print_shows_every_mark_and_the_legend() -> Result<()> {
    journey("print shows every mark and the legend", Settings::LAPTOP.needing(&[Need::Paper]), async |page| {
        let text = e2e::setup::seed("water-meters.txt")?;
        page.load(&text, "").await?;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            page.js_with(
                "annotator.annotate('claim', ...given)",
                json!([at, at + line.trim_end().chars().count().min(30)]),
            )
            .await?;
            at += line.chars().count();
        }
        let marks = page.annotations().await?;
        page.press("Control+Home").await?;
        page.frames().await?;
        let before = page.drawn().await?.len();
        ensure!(before < marks.len(), "all marks are drawn at once, so this shows nothing");

        let hidden = "return shown(document.querySelector('.legend'))";
        ensure!(page.js(hidden).await? == json!(false), "the legend is on the screen");
        ensure!(page.print().await?.len() > 10_000, "an empty print");
        page.look(Look::Paper).await?;
        page.until_is("every mark", "return all('.host .m.first').length", json!(marks.len())).await?;
        let legend = page.text("return shown(one('.legend')) ? one('.legend').innerText : ''").await?;
        ensure!(["Quote", "Claim", "Entity"].iter().all(|label| legend.contains(label)), "{legend}");
        let tools = page
            .js("return ['.bar', '.side', '.dock', '.foot'].filter(part => shown(document.querySelector(part)))")
            .await?;
        ensure!(tools == json!([]), "on paper: {tools}");
        // All of the text is on the paper: nothing scrolls inside of it.
        let cut = page.js("const text = one('.text'); return text.scrollHeight - text.clientHeight").await?;
        ensure!(cut.as_f64().is_some_and(|cut| cut < 2.0), "{cut} pixels of the text are cut off");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_screen_reader_meets_marks_and_hears_what_happens() -> Result<()> {
    journey(
        "a screen reader meets marks and hears what happens",
        Settings::LAPTOP.needing(&[Need::AccessibilityTree]),
        async |page| {
            crowd(page).await?;
            let tree = page.devtools("Accessibility.getFullAXTree", json!({})).await?;
            let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
            let marks: Vec<&Value> = nodes.iter().filter(|node| node["role"]["value"] == "mark").collect();
            ensure!(marks.len() >= 6, "{} marks in the tree", marks.len());
            let said = |node: &Value| {
                let properties = [&node["description"]["value"], &node["name"]["value"]];
                properties.iter().any(|value| {
                    value
                        .as_str()
                        .is_some_and(|text| text.contains("Claim") || text.contains("Entity") || text.contains("Quote"))
                })
            };
            ensure!(marks.iter().all(|mark| said(mark)), "a mark without a description: {marks:#?}");

            for (key, words) in [
                ("n", "more here"),
                ("Delete", "deleted"),
                ("Control+z", "Undone"),
                ("Escape", ""),
                ("?", ""),
                ("Escape", ""),
                ("s", "single characters"),
                ("ArrowRight", ""),
            ] {
                page.press(key).await?;
                if !words.is_empty() {
                    page.until_said(words).await?;
                }
            }
            let regions = page.js("return all('.live [aria-live=polite]').length").await?;
            ensure!(regions == json!(2), "{regions} live regions");
            Ok(())
        },
    )
    .await
}

#[tokio::test]
async fn marks_say_where_they_start_and_end_if_that_is_wanted() -> Result<()> {
    journey("marks say where they start and end if that is wanted", Settings::LAPTOP, async |page| {
        crowd(page).await?;
        // What is spoken at the edges of every drawn piece of a mark, in the order of the text.
        let spoken = "return all('mark, mark .m').flatMap(mark => [['::before', 'starts'], ['::after', 'ends']]
            .filter(([edge]) => !['none', 'normal'].includes(getComputedStyle(mark, edge).content))
            .map(([, what]) => mark.dataset[what]))";
        let places = "return all('mark').map(mark => mark.getBoundingClientRect().toJSON())";
        page.until_is("nothing spoken", spoken, json!([])).await?;
        let before = page.js(places).await?;

        page.press(",").await?;
        page.until_dialog("Settings").await?;
        page.js("all('dialog label').find(label => label.textContent.startsWith('Marks say')).click()").await?;
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        page.until_is(
            "every mark speaks once at each edge",
            &format!("return (() => {{ {spoken} }})().length"),
            json!(12),
        )
        .await?;
        let said = page.js(spoken).await?;
        let count =
            |words: &str| said.as_array().into_iter().flatten().filter(|s| s.to_string().contains(words)).count();
        for (words, number) in [("Claim starts", 2), ("Claim ends", 2), ("Entity starts", 2), ("Quote ends", 2)] {
            ensure!(count(words) == number, "{words}: {said}");
        }
        // There is nothing to see, and nothing to copy.
        ensure!(page.js(places).await? == before, "the text moved");
        let text = page.text("return annotator.article().text").await?;
        let shown = page.text("return one('.host').textContent").await?;
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        ensure!(letters(&text) == letters(&shown), "the text on the page is another");
        page.check_access("spoken edges").await?;

        page.reload().await?;
        page.until_is("the preference is kept", &format!("return (() => {{ {spoken} }})().length"), json!(12)).await?;
        page.press(",").await?;
        page.until_dialog("Settings").await?;
        page.js("all('dialog label').find(label => label.textContent.startsWith('Marks say')).click()").await?;
        page.until_is("nothing spoken any more", spoken, json!([])).await
    })
    .await
}

#[tokio::test]
async fn forced_colours_keep_the_lines_apart() -> Result<()> {
    journey("forced colours keep the lines apart", Settings::LAPTOP.needing(&[Need::Preferences]), async |page| {
        crowd(page).await?;
        page.look(Look::Forced).await?;
        page.settled().await?;
        let styles = page.js("return [...new Set(all('.host .m').map(mark => {
            const { borderBottomStyle, borderBottomWidth, textDecorationStyle, textDecorationLine } = getComputedStyle(mark);
            return parseFloat(borderBottomWidth) > 0 ? borderBottomStyle
                : textDecorationLine.includes('underline') ? textDecorationStyle : 'nothing';
        }))].sort()").await?;
        ensure!(styles == json!(["dashed", "dotted", "solid"]), "{styles}");
        Ok(())
    })
    .await
}
