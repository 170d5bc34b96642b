//! Files of other programs, in and out through the page.

use e2e::{Page, Result, Settings, Value, ensure, journey, json};

/// Two articles as several programs write them, one with offsets behind an emoji.
const JSONL: &str = "{\"text\":\"Mayor Ana Ruiz said: we open.\",\"spans\":[{\"start\":0,\"end\":14,\"label\":\"entity\"}]}\n\
    {\"text\":\"👍 It rained in Brussels.\",\"spans\":[{\"start\":15,\"end\":23,\"label\":\"place\"}]}\n";

const SAVE: &str = "dialog .sheet > .answers";

/// Ids of articles, and quotations of the open one.
const HERE: &str =
    "return [JSON.parse(annotator.exportProject()).articles.length, annotator.annotations().map(a => a.quote)]";

#[tokio::test]
async fn a_foreign_file_is_looked_at_first_and_taken_back_at_once() -> Result<()> {
    journey("a foreign file is looked at first and taken back at once", Settings::LAPTOP, async |page| {
        let before = page.js(HERE).await?;
        page.drop_files(&[("others.jsonl", JSONL.as_bytes()), ("plain.txt", b"Just words.")]).await?;
        // The plain text is an article by then, which came as a step of its own.
        page.until_dialog("Import").await?;
        let said = page.dialog_text().await?;
        for words in ["others.jsonl · ", "2 articles to add", "1 label to add", "2 annotations to add"] {
            ensure!(said.contains(words), "no “{words}” in: {said}");
        }
        page.press("Enter").await?;
        page.until_no_dialog().await?;
        page.until_is("the import", HERE, json!([4, ["Mayor Ana Ruiz"]])).await?;
        page.press("Shift+n").await?;
        page.until_is("the second", "return annotator.annotations().map(a => a.quote)", json!(["Brussels"])).await?;
        page.press("Control+z").await?;
        page.until_is("it gone", "return JSON.parse(annotator.exportProject()).articles.length", json!(2)).await?;
        page.press("Control+z").await?;
        page.until_is("all gone", "return JSON.parse(annotator.exportProject()).articles.length", before[0].clone())
            .await?;
        page.until_saved().await
    })
    .await
}

#[tokio::test]
async fn a_damaged_foreign_file_says_where() -> Result<()> {
    journey("a damaged foreign file says where", Settings::LAPTOP, async |page| {
        let damaged = JSONL.replace("\"start\":15", "\"start\":\"x\"");
        page.choose_files(&[("damaged.jsonl", damaged.as_bytes())]).await?;
        page.until_dialog("Import").await?;
        page.js("all('dialog details').forEach(part => part.open = true)").await?;
        let said = page.dialog_text().await?;
        ensure!(said.contains("line 2, column "), "{said}");
        page.press("Escape").await?;
        page.until_no_dialog().await
    })
    .await
}

/// What the dialog says of the chosen format, once it is known.
async fn looked_at(page: &Page) -> Result<Value> {
    page.until_js("a look", "return document.querySelector('dialog .begins pre')").await?;
    page.js("return [one('dialog .losses').innerText, one('dialog .begins .file').innerText, one('dialog .begins pre').innerText]")
        .await
}

#[tokio::test]
async fn every_format_goes_out_after_its_report() -> Result<()> {
    journey("every format goes out after its report", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 0, 30); annotator.annotate('entity', 10, 40)").await?;
        page.until_saved().await?;
        page.press("x").await?;
        page.until_dialog("Export").await?;
        page.until_js("the formats", "return all('dialog .format').length > 2").await?;
        let names = page.js("return all('dialog .format > span').map(name => name.firstChild.textContent)").await?;
        for name in names.as_array().into_iter().flatten().skip(1).filter_map(Value::as_str) {
            if page.js("return !document.querySelector('dialog')").await? == true {
                page.press("x").await?;
                page.until_js("the formats", "return all('dialog .format').length > 2").await?;
            }
            page.click_button(name, "dialog .formats").await?;
            page.until_is(
                "the choice",
                "return one('dialog .format:has(:checked) > span').firstChild.textContent",
                json!(name),
            )
            .await?;
            let look = looked_at(page).await?;
            ensure!(look[0].as_str().is_some_and(|losses| !losses.trim().is_empty()), "{name}: {look}");
            ensure!(look[2].as_str().is_some_and(|head| !head.trim().is_empty()), "{name}: {look}");
            let file = look[1].as_str().unwrap_or_default().to_owned();
            let ending = file.split(" · ").next().and_then(|name| name.rsplit_once('.')).map_or("zip", |(_, end)| end);
            let (_, content) = page.save_any(&[ending], async || page.click_button("Save", SAVE).await).await?;
            ensure!(!content.is_empty(), "{name}: an empty file");
            page.until_no_dialog().await?;
        }
        Ok(())
    })
    .await
}

/// Goes through the dialog by keys alone: to the second format, to a look at it, to the file.
async fn by_keys(page: &Page) -> Result<(String, Vec<u8>)> {
    page.press("x").await?;
    page.until_dialog("Export").await?;
    page.until_is("the focus", "return document.activeElement.textContent.trim()", json!("Save")).await?;
    page.until_js("the formats", "return all('dialog .format').length > 2").await?;
    // Back to the formats: forward, some browsers leave the page first.
    for _ in 0..8 {
        if page.js("return document.activeElement.name === 'format'").await? == true {
            break;
        }
        page.press("Shift+Tab").await?;
    }
    page.press("ArrowDown").await?;
    looked_at(page).await?;
    page.check_focus("the list of formats").await?;
    let ending = page.text("return one('dialog .begins .file').innerText.split(' · ')[0].split('.').at(-1)").await?;
    page.save_any(&[&ending], async || page.press("Enter").await).await
}

#[tokio::test]
async fn a_format_is_chosen_and_saved_by_keys() -> Result<()> {
    journey("a format is chosen and saved by keys", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 0, 30)").await?;
        page.until_saved().await?;
        let (name, content) = by_keys(page).await?;
        ensure!(!content.is_empty(), "{name} is empty");
        page.until_no_dialog().await?;
        page.until_toast(&format!("Saved {name}")).await?;
        // The project file, as quickly as ever.
        let file = page.save(async || {
            page.press("x").await?;
            page.until_dialog("Export").await?;
            page.press("Enter").await
        });
        let (name, _) = file.await?;
        ensure!(name.ends_with(".annotations.json"), "{name}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn several_files_go_out_as_a_zip_and_come_back() -> Result<()> {
    journey("several files go out as a zip and come back", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 0, 30)").await?;
        page.until_saved().await?;
        let mut file = page.export().await?;
        file["annotators"].as_array_mut().into_iter().for_each(|all| all.push(json!({ "code": "bo" })));
        let mut sheet = file["sheets"][0].clone();
        sheet["annotator"] = "bo".into();
        file["sheets"].as_array_mut().into_iter().for_each(|all| all.push(sheet.clone()));
        page.drop_files(&[("two.json", file.to_string().as_bytes())]).await?;
        page.until_dialog("Import").await?;
        page.press("Enter").await?;
        page.until_no_dialog().await?;
        page.press("x").await?;
        page.until_js("the formats", "return all('dialog .format').length > 2").await?;
        page.click_button("doccano", "dialog .formats").await?;
        let look = looked_at(page).await?;
        ensure!(look[1].as_str().is_some_and(|files| files.starts_with("2 files")), "{look}");
        let (name, zip) = page.save_any(&["zip"], async || page.click_button("Save", SAVE).await).await?;
        page.until_no_dialog().await?;
        page.js("annotator.load('Something else.')").await?;
        page.drop_files(&[(&name, &zip)]).await?;
        page.until_dialog("Import").await?;
        let said = page.dialog_text().await?;
        ensure!(said.matches(".jsonl · ").count() == 2, "{said}");
        page.press("Escape").await?;
        page.until_no_dialog().await
    })
    .await
}

#[tokio::test]
async fn the_one_file_reads_and_writes_all_formats() -> Result<()> {
    journey("the one file reads and writes all formats", Settings::LAPTOP, async |page| {
        page.visit_file().await?;
        page.until_js("the sample", "return annotator.article()").await?;
        page.drop_files(&[("others.jsonl", JSONL.as_bytes())]).await?;
        page.until_dialog("Import").await?;
        page.press("Enter").await?;
        page.until_no_dialog().await?;
        page.until_is("the marks", "return annotator.annotations().map(a => a.quote)", json!(["Mayor Ana Ruiz"]))
            .await?;
        let (name, content) = by_keys(page).await?;
        ensure!(!content.is_empty(), "{name} is empty");
        Ok(())
    })
    .await
}

/// Two files as a usual program packs them.
const DEFLATED: &[u8] = include_bytes!("../../fixtures/deflated.zip");

#[tokio::test]
async fn an_archive_of_another_program_is_opened() -> Result<()> {
    journey("an archive of another program is opened", Settings::LAPTOP, async |page| {
        page.drop_files(&[("others.zip", DEFLATED)]).await?;
        page.until_dialog("Import").await?;
        let said = page.dialog_text().await?;
        for words in ["in/a.jsonl · ", "in/b.txt · ", "2 articles to add", "1 annotation to add"] {
            ensure!(said.contains(words), "no “{words}” in: {said}");
        }
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        let mut damaged = DEFLATED.to_vec();
        damaged[60] ^= 0xff;
        page.drop_files(&[("damaged.zip", &damaged)]).await?;
        page.until_dialog("Import").await?;
        let said = page.dialog_text().await?;
        ensure!(said.contains("in/a.jsonl") && said.contains("1 article to add"), "{said}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_format_is_copied() -> Result<()> {
    journey("a format is copied", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 0, 30)").await?;
        page.until_saved().await?;
        page.press("x").await?;
        page.until_js("the formats", "return all('dialog .format').length > 2").await?;
        page.click_button("JSON Lines with spans", "dialog .formats").await?;
        let look = looked_at(page).await?;
        page.click_button("Copy", SAVE).await?;
        page.until_no_dialog().await?;
        page.until_toast("Copied").await?;
        page.press("v").await?;
        page.until_dialog("Paste an article").await?;
        page.press("Control+v").await?;
        let script = "return document.querySelector('#paste-text').value";
        page.until_js("the paste", script).await?;
        let pasted = page.text(script).await?;
        let head = look[2].as_str().and_then(|head| head.get(..200)).unwrap_or_default();
        ensure!(!head.is_empty() && pasted.starts_with(head), "{pasted} does not start with {head}");
        page.press("Escape").await?;
        page.until_no_dialog().await
    })
    .await
}
