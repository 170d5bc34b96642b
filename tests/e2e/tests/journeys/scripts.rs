//! The sample that is nasty on purpose: emoji families, loose accents, text from right to left, scripts
//! without blanks. Every offset that is saved is held against a count made here, from the seed file alone.

use e2e::{Page, Result, Settings, Value, count, ensure, from_str, journey, json, setup};
use std::collections::BTreeMap;

/// Marked by a program, at offsets counted here.
const BY_PROGRAM: &[(&str, &str, usize)] = &[
    ("entity", "Zoë Håkansdal", 0),
    ("entity", "Odile Marchbanks", 0),
    ("claim", "The sign cost $86,400, is 12\u{a0}metres wide and can be read from the far bank of the river.", 0),
    ("entity", "👨‍👩‍👧‍👦", 0),
    ("entity", "👍🏽", 0),
    ("entity", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", 0),
    ("entity", "1️⃣", 0),
    ("quote", "'a surrender with nice weather'", 0),
    ("entity", "Ferenc Talló", 0),
    ("entity", "ليلى القنديل", 0),
    ("entity", "(٦٧)", 0),
    ("entity", "क्षितिज", 0),
    ("entity", "न\u{92e}\u{938}\u{94d}\u{924}\u{947}", 0),
    ("entity", "ขนมครก", 0),
    ("entity", "น้ำ", 0),
    ("entity", "「ようこそ、『光の橋』へ！」", 0),
    ("quote", "「客到，茶到。」", 0),
    ("entity", "İnci Işıldaroğlu", 0),
    ("entity", "inter\u{ad}national", 0),
    ("entity", "Hello\u{200b}Cooper\u{200b}Street", 0),
    ("quote", "„Bitte prüfen Sie, ob ‚alle‘ wirklich alle heißt“", 0),
    ("entity", "Solène Vasseur-Pré", 0),
    ("quote", "«\u{a0}On m’a dit\u{202f}: “Ça marchera”…\u{a0}»", 0),
    ("claim", "Stage 1\t10:00–12:30", 0),
    ("quote", "“👋🏿 hello anyway.”", 0),
];

/// Marked by drawing the mouse over them, character by character.
const BY_MOUSE: &[(&str, &str, usize)] = &[
    ("quote", "“We asked for a family,”", 0),
    ("entity", "🏳️‍🌈", 0),
    ("entity", "👩🏽‍🚒", 0),
    ("entity", "🇹🇭", 0),
    ("entity", "Rene\u{301}", 0),
    ("entity", "a\u{310}\u{308}", 0),
    ("quote", "“It’s a font problem,” she said, “not a moral one.”", 0),
];

/// Marked by two clicks on a word.
const BY_CLICKS: &[(&str, &str, usize)] =
    &[("entity", "Oduyemi", 0), ("entity", "שדמון", 0), ("entity", "Zoé", 0), ("entity", "Ehrenkampf", 0)];

async fn by_program(page: &Page, text: &str) -> Result<()> {
    for &(label, words, nth) in BY_PROGRAM {
        let (start, end) = count::place(text, words, nth).code_points;
        page.js_with("annotator.annotate(...given)", json!([label, start, end])).await?;
    }
    Ok(())
}

async fn by_mouse(page: &Page) -> Result<()> {
    let key = |label: &str| label[..1].to_owned();
    for &(label, words, nth) in BY_MOUSE {
        page.hold("Alt").await?;
        page.drag_over(words, nth).await?;
        page.let_go().await?;
        page.until_selected(words).await?;
        page.press(&key(label)).await?;
    }
    for &(label, words, nth) in BY_CLICKS {
        // Without the handles of the last mark, which may hang over the words.
        page.press("Escape").await?;
        page.clicks(page.find(words, nth).await?.middle, 2).await?;
        page.until_selected(words).await?;
        page.press(&key(label)).await?;
    }
    Ok(())
}

/// By keys, from the start of a paragraph; what looks like one character must be one step.
async fn by_keys(page: &Page) -> Result<Vec<(&'static str, &'static str, usize)>> {
    page.press_all(&["Escape", "Escape", "Control+Home"]).await?;
    page.press_times("Control+ArrowDown", 4).await?;
    page.press_times("Shift+ArrowRight", 3).await?;
    page.until_selected("‘It divorced them").await?;
    page.press("1").await?;
    // The paragraph of the rainbow flag: three words, comma and blank, and the flag as one character.
    page.press_times("Control+ArrowDown", 5).await?;
    page.press_times("Shift+ArrowRight", 3).await?;
    page.press_times("Shift+Alt+ArrowRight", 3).await?;
    page.until_selected("The rainbow flag, 🏳️‍🌈").await?;
    page.press("c").await?;
    page.press_times("Control+ArrowDown", 2).await?;
    page.press("Shift+Alt+ArrowRight").await?;
    page.until_selected("𝒜").await?;
    page.press("3").await?;
    Ok(vec![("quote", "‘It divorced them", 0), ("claim", "The rainbow flag, 🏳️‍🌈", 0), ("entity", "𝒜", 0)])
}

fn check(text: &str, annotations: &[Value], wanted: &[(&str, &str, usize)]) -> Result<()> {
    ensure!(annotations.len() == wanted.len(), "{} annotations, expected {}", annotations.len(), wanted.len());
    let mut last = (0, usize::MAX);
    let mut found = BTreeMap::new();
    for annotation in annotations {
        let number = |field: &Value| usize::try_from(field.as_u64().unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        let (start, end) = (number(&annotation["start"]), number(&annotation["end"]));
        ensure!(count::slice(text, start, end) == annotation["quote"]["exact"], "code points: {annotation}");
        let units: Vec<u16> = text.encode_utf16().collect();
        let slice = &units[number(&annotation["utf16"]["start"])..number(&annotation["utf16"]["end"])];
        ensure!(String::from_utf16(slice)? == annotation["quote"]["exact"], "UTF-16: {annotation}");
        let slice = &text.as_bytes()[number(&annotation["bytes"]["start"])..number(&annotation["bytes"]["end"])];
        ensure!(String::from_utf8(slice.to_vec())? == annotation["quote"]["exact"], "bytes: {annotation}");
        ensure!((start, usize::MAX - end) >= last, "not in text order: {annotation}");
        last = (start, usize::MAX - end);
        found.insert((annotation["label"].to_string(), start, end), annotation);
    }
    for &(label, words, nth) in wanted {
        let expected = count::expected(text, words, nth);
        let (start, end) = count::place(text, words, nth).code_points;
        let annotation = found.get(&(json!(label).to_string(), start, end));
        let Some(annotation) = annotation else {
            e2e::bail!("no {label} “{words}” at {start}..{end}");
        };
        for field in ["start", "end", "utf16", "bytes", "quote"] {
            ensure!(annotation[field] == expected[field], "{field}: {annotation}, expected {expected}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn every_offset_of_the_nasty_sample_is_right() -> Result<()> {
    let text = setup::seed("festival-sign.txt")?;
    journey("every offset of the nasty sample is right", Settings::LAPTOP, async move |page| {
        page.show_articles().await?;
        page.click_button("Festival sign", ".samples").await?;
        page.until_is("the sample", "return annotator.article().text", json!(text)).await?;
        by_program(page, &text).await?;
        by_mouse(page).await?;
        let by_keys = by_keys(page).await?;
        let wanted = [BY_PROGRAM, BY_MOUSE, BY_CLICKS, &by_keys].concat();
        page.until_is("all marks", "return annotator.annotations().length", json!(wanted.len())).await?;
        page.until_saved().await?;

        let file: Value = from_str(&page.save_all().await?)?;
        ensure!(file["articles"][1]["text"] == text.as_str(), "the text is not as in the file");
        let annotations = file["sheets"][0]["annotations"].as_array().cloned().unwrap_or_default();
        check(&text, &annotations, &wanted)?;

        let mut drawn = page.drawn().await?;
        drawn.sort();
        let mut quoted: Vec<String> = wanted.iter().map(|(_, words, _)| (*words).to_owned()).collect();
        quoted.sort();
        ensure!(drawn == quoted, "drawn: {drawn:#?}\nexpected: {quoted:#?}");

        // After a reload they are drawn the same.
        page.reload().await?;
        let mut drawn = page.drawn().await?;
        drawn.sort();
        ensure!(drawn == quoted, "drawn after a reload: {drawn:#?}");
        Ok(())
    })
    .await
}
