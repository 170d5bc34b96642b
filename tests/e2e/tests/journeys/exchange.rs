//! Saving project files and taking them in again, in another browser.

use e2e::page::Screen;
use e2e::{Page, Result, Settings, Value, ensure, from_str, journey, json, setup};

const EXPECTED: &str = include_str!("../../expected/meals-pilot.json");

/// A morning's work on the first sample, with everything that the scheme allows.
async fn work(page: &Page) -> Result<()> {
    for (words, key) in [
        ("\"Nobody here wants a hungry child in a classroom,\"", "1"),
        ("Nobody here wants a hungry child in a classroom", "2"),
        ("Mayor Desmond Arkley", "3"),
        ("the town could not spend $3.4 million a year", "2"),
        ("\"patching the patches\"", "1"),
        ("Leopold Finch", "3"),
    ] {
        page.hold("Alt").await?;
        page.drag_over(words, 0).await?;
        page.let_go().await?;
        page.press(key).await?;
    }
    page.until_card("Entity: Leopold Finch").await?;
    page.click_button("person", ".card").await?;
    page.click_button("affected", ".card").await?;
    page.press("m").await?;
    page.type_text("chairs the league").await?;
    page.press("Escape").await?;
    page.until_is(
        "the note",
        "return annotator.annotations().find(a => a.quote === 'Leopold Finch').note",
        json!("chairs the league"),
    )
    .await?;
    page.press("d").await?;
    page.until_saved().await
}

/// Ids in the order in which they are met, times and the maker of the file made plain.
fn normalised(file: &str) -> Result<Value> {
    fn walk(value: &mut Value, ids: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match (name.as_str(), &*value) {
                        ("created" | "changed" | "exported", Value::String(time)) if is_time(time) => {
                            *value = "a time".into()
                        }
                        ("generator", Value::String(_)) => *value = "the app".into(),
                        _ => walk(value, ids),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| walk(item, ids)),
            Value::String(text) if is_id(text) => {
                let known = ids.iter().position(|id| id == text);
                let at = known.unwrap_or_else(|| {
                    ids.push(text.clone());
                    ids.len() - 1
                });
                *value = format!("id {at}").into();
            }
            _ => {}
        }
    }
    let mut file: Value = from_str(file)?;
    walk(&mut file, &mut Vec::new());
    Ok(file)
}

/// Such as `a-jbqacsve-00002`.
fn is_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts[..], [kind, writer, number] if kind.len() == 1 && writer.len() == 8 && number.parse::<u32>().is_ok())
}

fn is_time(text: &str) -> bool {
    text.len() == 24 && text.ends_with('Z') && text.as_bytes()[10] == b'T'
}

/// The file without the two lines that may differ.
fn same_bytes(file: &str) -> String {
    let varies = |line: &&str| !line.starts_with(" \"exported\":") && !line.starts_with(" \"generator\":");
    file.split_inclusive('\n').filter(varies).collect()
}

#[tokio::test]
async fn the_saved_file_is_as_expected() -> Result<()> {
    journey("the saved file is as expected", Settings::LAPTOP, async |page| {
        work(page).await?;
        let (name, content) = page
            .save(async || {
                page.click_button("Export", ".bar").await?;
                page.until_dialog("Export").await?;
                page.click_button("This article", "dialog").await?;
                page.click_button("Save", "dialog .sheet > .answers").await
            })
            .await?;
        ensure!(
            name.starts_with("corriston-keeps-free-lunches-") && name.ends_with("_2031-03-19.annotations.json"),
            "{name}"
        );
        let found = normalised(&content)?;
        let expected: Value = from_str(EXPECTED)?;
        if found != expected {
            let file = setup::root().join("target/e2e/meals-pilot.found.json");
            std::fs::create_dir_all(file.parent().unwrap_or(&file))?;
            std::fs::write(&file, format!("{found:#}\n"))?;
            ensure!(false, "not the expected file; what was found is in {}", file.display());
        }
        Ok(())
    })
    .await
}

/// Another browser, in which there are no articles.
async fn empty_workspace() -> Result<Page> {
    let other = Page::start(Screen::WIDE).await?;
    other.open().await?;
    other.show_articles().await?;
    other.click_button("Remove", ".rows").await?;
    other.until_is("no articles", "return all('.rows .row').length", json!(0)).await?;
    Ok(other)
}

#[tokio::test]
async fn a_file_comes_back_complete_in_another_browser() -> Result<()> {
    journey("a file comes back complete in another browser", Settings::LAPTOP, async |page| {
        work(page).await?;
        page.show_articles().await?;
        page.click_button("Festival sign", ".samples").await?;
        page.until_js("the sample", "return annotator.article().title.includes('divorced')").await?;
        page.js("annotator.annotate('entity', 95, 107); annotator.annotate('claim', 400, 470)").await?;
        page.until_saved().await?;
        let file = page.save_all().await?;

        let other = empty_workspace().await?;
        let came = async {
            other.choose_files(&[("all.json", file.as_bytes())]).await?;
            // It only adds to what is here, so nothing has to be asked.
            other
                .until_js("the articles", "return all('.toast p').some(p => /2 articles/.test(p.textContent))")
                .await?;
            let said = other.js("return one('.toast p').textContent").await?;
            ensure!(said.as_str().is_some_and(|said| said.contains("8 annotations")), "{said}");
            other.until_saved().await?;
            let again = other.save_all().await?;
            ensure!(same_bytes(&again) == same_bytes(&file), "the bytes differ:\n{again}\n{file}");

            // The same file once more changes nothing; undo takes all of it away, also after a reload.
            other.choose_files(&[("all.json", file.as_bytes())]).await?;
            other.until_dialog("Import").await?;
            let said = other.dialog_text().await?;
            ensure!(said.contains("already here"), "{said}");
            other.press("Escape").await?;
            other.until_no_dialog().await?;
            other.reload().await?;
            other.press("Control+z").await?;
            other.until_js("no articles", "return JSON.parse(annotator.exportProject()).articles.length === 0").await?;
            let complaints = other.complaints().await?;
            ensure!(complaints.is_empty(), "{complaints:?}");
            Ok(())
        };
        let came = came.await;
        other.close().await?;
        came
    })
    .await
}

#[tokio::test]
async fn a_damaged_file_is_reported_and_waits_for_a_word() -> Result<()> {
    journey("a damaged file is reported and waits for a word", Settings::LAPTOP, async |page| {
        work(page).await?;
        let file = page.save_all().await?;
        // Cut off in the middle of the last annotation but one.
        let cut =
            file.rfind("\"exact\"").map(|last| file[..last].rfind("\"exact\"").unwrap_or(last)).unwrap_or_default();
        let damaged = &file[..cut];
        page.press("Control+z").await?;
        page.until_saved().await?;

        let other = empty_workspace().await?;
        let came = async {
            let before = other.export().await?["articles"].clone();
            other.choose_files(&[("damaged.json", damaged.as_bytes())]).await?;
            other.until_dialog("Import").await?;
            let said = other.dialog_text().await?;
            ensure!(said.contains("cut off") && said.contains("line "), "{said}");
            ensure!(other.export().await?["articles"] == before, "something changed before anybody agreed");
            other.click_button("Cancel", "dialog").await?;
            other.until_no_dialog().await?;
            ensure!(other.export().await?["articles"] == before, "Cancel changed something");

            other.choose_files(&[("damaged.json", damaged.as_bytes())]).await?;
            other.until_dialog("Import").await?;
            other.click_button("Import", "dialog .answers").await?;
            other.until_no_dialog().await?;
            let found = other.export().await?;
            ensure!(found["articles"][0]["text"] == setup::seed("meals-pilot.txt")?, "the text did not come");
            let marks = found["sheets"][0]["annotations"].as_array().map_or(0, Vec::len);
            ensure!(marks == 4, "{marks} annotations came, expected the 4 that are whole");
            Ok(())
        };
        let came = came.await;
        other.close().await?;
        came
    })
    .await
}

#[tokio::test]
async fn the_description_of_the_format_is_on_the_site() -> Result<()> {
    journey("the description of the format is on the site", Settings::LAPTOP, async |page| {
        page.press("x").await?;
        page.until_dialog("Export").await?;
        let script = "const link = button('Description of the format', 'dialog');
            fetch(link.href).then(answer => answer.json()).then(schema => done(schema.$schema), error => done(String(error)))";
        let schema = page.js_async(script, Value::Null).await?;
        ensure!(schema.as_str().is_some_and(|is| is.contains("json-schema.org")), "{schema}");
        Ok(())
    })
    .await
}

/// A project file that takes a while to read: a mark on each of so many words.
pub fn large(empty: &Value, words: usize) -> String {
    const MARK: &str = r#""quote":{"exact":"word"},"attributes":{},"links":[],"note":"","status":"confirmed",
        "created":"2031-03-14T09:26:53.589Z","changed":"2031-03-14T09:26:53.589Z","origin":"hand""#;
    let mark = |i: usize| format!(r#"{{"id":"a-{i}","label":"entity","start":{},"end":{},{MARK}}}"#, i * 5, i * 5 + 4);
    let mut file = empty.clone();
    file["articles"] = json!([{ "id": "large", "title": "Words", "text": "word ".repeat(words) }]);
    file["sheets"] = json!([{ "article": "large", "annotator": empty["annotators"][0]["code"], "annotations": "@" }]);
    let marks: Vec<String> = (0..words).map(mark).collect();
    file.to_string().replace("\"@\"", &format!("[{}]", marks.join(",")))
}

#[tokio::test]
async fn a_large_file_can_be_left_while_it_is_read() -> Result<()> {
    journey("a large file can be left while it is read", Settings::LAPTOP, async |page| {
        const WORDS: usize = 20_000;
        let empty = page.export().await?;
        // Seconds of reading: long enough to be left on any machine.
        let file = large(&empty, 150_000);
        page.choose_files(&[("large.json", file.as_bytes())]).await?;
        page.until_dialog("Reading files").await?;
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        ensure!(page.export().await?["articles"] == empty["articles"], "something changed that nobody waited for");

        // The first reading was ended and says nothing any more.
        page.choose_files(&[("less.json", large(&empty, WORDS).as_bytes())]).await?;
        page.until_dialog("Import").await?;
        page.click_button("Import", "dialog .answers").await?;
        page.until_is("the marks", "return annotator.article()?.annotations", json!(WORDS)).await?;
        let articles = page.export().await?["articles"].as_array().map_or(0, Vec::len);
        ensure!(articles == 2, "{articles} articles");
        page.press("Control+z").await?;
        page.until_js("it gone", "return JSON.parse(annotator.exportProject()).articles.length === 1").await?;
        page.until_saved().await
    })
    .await
}

#[tokio::test]
async fn a_reader_that_ends_by_itself_is_replaced() -> Result<()> {
    journey("a reader that ends by itself is replaced", Settings::LAPTOP, async |page| {
        // As where the memory runs out.
        page.js("window.ended = 0; window.Worker = class extends Worker {
            postMessage() {
                window.ended += 1;
                setTimeout(() => this.dispatchEvent(new ErrorEvent('error')));
            }
        }")
            .await?;
        let empty = page.export().await?;
        page.choose_files(&[("some.json", large(&empty, 500).as_bytes())]).await?;
        page.until_dialog("Import").await?;
        page.click_button("Import", "dialog .answers").await?;
        page.until_is("the marks", "return annotator.article()?.annotations", json!(500)).await?;
        ensure!(page.js("return ended").await? == json!(1), "no reader ended");
        page.until_saved().await
    })
    .await
}

#[tokio::test]
async fn whoever_reads_files_gets_ready_while_they_are_chosen() -> Result<()> {
    journey("whoever reads files gets ready while they are chosen", Settings::LAPTOP, async |page| {
        page.js("window.made = 0; window.ended = 0; window.Worker = class extends Worker {
            constructor(...given) {
                super(...given);
                window.made += 1;
            }
            terminate() {
                super.terminate();
                window.ended += 1;
            }
        }")
            .await?;
        page.press("o").await?;
        page.until_is("a reader", "return [made, ended]", json!([1, 0])).await?;
        // Nobody chose anything, and then somebody does.
        let file = large(&page.export().await?, 500);
        page.choose_files(&[("some.json", file.as_bytes())]).await?;
        page.until_dialog("Import").await?;
        ensure!(page.js("return made").await? == json!(1), "another one read");
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        // A text needs nobody.
        page.choose_files(&[("plain.txt", b"Nothing but a text.")]).await?;
        page.until_is("the text", "return annotator.article()?.text", json!("Nothing but a text.")).await?;
        page.until_is("no reader", "return [made, made - ended]", json!([2, 0])).await?;
        page.until_saved().await
    })
    .await
}
