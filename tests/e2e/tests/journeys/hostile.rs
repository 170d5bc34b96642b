//! Words made to do harm, in every place that has room for words. None of them ever runs, all of them are shown to
//! the letter, and what is saved holds them to the byte. That nothing was even forbidden is told by the witness of
//! every journey: a script in the page would meet its policy first.

use e2e::page::Screen;
use e2e::{Page, Result, Settings, Value, ensure, from_str, journey, json, setup};

/// Each with its name; the tests of the core have the same.
fn hostile() -> Result<Vec<(String, String)>> {
    let file = setup::root().join("tests/hostile.json");
    let list: serde_json::Map<String, Value> = from_str(&std::fs::read_to_string(file)?)?;
    let text = |value: Value| value.as_str().map(str::to_owned).unwrap_or_default();
    Ok(list.into_iter().map(|(name, value)| (name, text(value))).collect())
}

/// From here on a script that runs is heard.
async fn listen(page: &Page) -> Result<()> {
    page.js("window.canaries = []; window.canary = (...words) => canaries.push(String(words))").await.map(drop)
}

/// None has run, and nothing of the page was replaced or taken away.
async fn check_quiet(page: &Page) -> Result<()> {
    page.frames().await?;
    let ran = page.js("return canaries").await?;
    ensure!(ran == json!([]), "scripts ran: {ran}");
    let strange = "return ['script:not([src])', 'iframe', 'object', 'base', 'meta[http-equiv=refresh]', 'img', 'math', \
        'svg script', 'form[action]'].filter(found => document.querySelector(`body ${found}`))";
    let strange = page.js(strange).await?;
    ensure!(strange == json!([]), "words became elements: {strange}");
    Ok(())
}

/// The text on the page is that of the article, but for the line ends, which are lines there.
async fn check_shown(page: &Page, name: &str, text: &str) -> Result<()> {
    let shown = page.text("return all('.host [data-piece]').map(piece => piece.textContent).join('')").await?;
    let lines: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    ensure!(shown == lines, "{name}: shown as {shown:?}, expected {lines:?}");
    Ok(())
}

/// A workspace without the sample of the first visit.
async fn forget_sample(page: &Page) -> Result<()> {
    page.until_js("the sample", "return annotator.article()?.title").await?;
    page.show_articles().await?;
    page.click_button("Remove", ".rows").await?;
    page.until_is("no articles", "return all('.rows .row').length", json!(0)).await
}

/// The file without the two lines that may differ.
fn same_bytes(file: &str) -> String {
    let varies = |line: &&str| !line.starts_with(" \"exported\":") && !line.starts_with(" \"generator\":");
    file.split_inclusive('\n').filter(varies).collect()
}

#[tokio::test]
async fn as_files_and_their_names() -> Result<()> {
    let hostile = hostile()?;
    journey("hostile words as files and their names", Settings::LAPTOP, async move |page| {
        forget_sample(page).await?;
        listen(page).await?;
        // The name of a file may hold anything where no system was asked.
        let names: Vec<String> = hostile.iter().map(|(_, words)| format!("{words}.txt")).collect();
        // Behind two sentences none of them is taken for the title, and no file for a program's.
        let before = "These are the words that somebody wrote.\nThey stand in an article like any other.\n";
        let texts: Vec<String> = hostile.iter().map(|(_, words)| format!("{before}{words}")).collect();
        let files: Vec<(&str, &[u8])> =
            names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        page.drop_files(&files).await?;
        page.until_js(
            "the articles",
            &format!("return JSON.parse(annotator.exportProject()).articles.length === {}", files.len()),
        )
        .await?;
        for (number, (name, words)) in hostile.iter().enumerate() {
            page.until_is(name, "return annotator.article().text", json!(texts[number])).await?;
            page.frames().await?;
            check_shown(page, name, &texts[number]).await?;
            let title = page.text("return one('.where .name').textContent").await?;
            ensure!(title == words.trim(), "{name}: called {title:?}");
            page.press("Shift+n").await?;
        }
        page.show_articles().await?;
        let titles = page.titles().await?;
        for ((name, words), title) in hostile.iter().zip(&titles) {
            let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
            ensure!(title == words.trim_matches(blank), "{name}: listed as {title:?}");
        }
        page.drop_files(&[("<img src=x onerror=canary(1)>.json", b"{}")]).await?;
        page.until_dialog("This file can't be opened").await?;
        ensure!(page.dialog_text().await?.contains("<img src=x onerror=canary(1)>.json"), "the name is not shown");
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        check_quiet(page).await?;
        let file: Value = from_str(&page.save_all().await?)?;
        for ((name, _), (text, article)) in
            hostile.iter().zip(texts.iter().zip(file["articles"].as_array().cloned().unwrap_or_default()))
        {
            ensure!(article["text"] == text.as_str(), "{name}: saved as {}", article["text"]);
        }
        page.until_saved().await
    })
    .await
}

/// In the order of the file, which is that of the ids where no article was loaded before the other.
fn article_id(number: usize) -> String {
    format!("t-{number:02}")
}

/// A project file with these words in every field that holds words.
fn project(hostile: &[(String, String)]) -> Value {
    let id = |number: usize, words: &str| match words.chars().any(char::is_control) {
        true => format!("label-{number}"),
        false => words.to_owned(),
    };
    let label = |(number, (_, words)): (usize, &(String, String))| {
        json!({
            "id": id(number, words), "name": words, "plural": words, "line": words, "colour": words, "key": "§",
            "guideline": words, "links": [],
            "attributes": [{ "id": "said", "name": words, "values": [words] }, { "id": "free", "name": words }],
        })
    };
    let article = |(number, (_, words)): (usize, &(String, String))| {
        json!({ "id": article_id(number), "text": words, "title": words, "source": words, "date": words,
            "encoding": words, words: { words: [words] } })
    };
    let sheet = |(number, (_, words)): (usize, &(String, String))| {
        json!({ "article": article_id(number), "annotator": "A1", "annotations": [{
            "id": format!("a-{number}"), "label": id(number, words), "start": 0, "end": words.chars().count(),
            "quote": { "exact": words, "prefix": words, "suffix": words }, "note": words, "status": "confirmed",
            "attributes": { "said": words, "free": words, "strange": words }, "links": [],
        }] })
    };
    let all = || hostile.iter().enumerate();
    json!({ "format": "annotator-project", "version": 1,
        "scheme": { "labels": all().map(label).collect::<Vec<_>>() }, "annotators": [{ "code": "A1" }],
        "articles": all().map(article).collect::<Vec<_>>(), "sheets": all().map(sheet).collect::<Vec<_>>() })
}

/// What the page shows of the selected mark.
const CARD: &str = "return {
    label: one('.side .card .labels [aria-pressed=true] .name').textContent,
    tip: one('.side .card .labels [aria-pressed=true]').title.split('\\n').slice(1).join('\\n'),
    groups: all('.side .card .attributes legend').map(group => group.textContent),
    note: one('.side .card textarea').value,
    described: one('.host mark').getAttribute('aria-description'),
}";

#[tokio::test]
async fn as_every_field_of_a_project_file() -> Result<()> {
    let hostile = hostile()?;
    journey("hostile words as every field of a project file", Settings::LAPTOP, async move |page| {
        forget_sample(page).await?;
        page.until_saved().await?;
        listen(page).await?;
        let source = project(&hostile).to_string();
        let take = async |file: &str| {
            page.drop_files(&[("</h2><script>canary(1)</script>.json", file.as_bytes())]).await?;
            page.until_dialog("Import").await?;
            let said = page.dialog_text().await?;
            ensure!(said.contains("</h2><script>canary(1)</script>.json"), "the name of the file: {said}");
            page.click_button("Import", "dialog .answers").await?;
            page.until_no_dialog().await?;
            page.until_js("the first article", "return annotator.article()?.id === 't-00'").await.map(drop)
        };
        take(&source).await?;
        for (number, (name, words)) in hostile.iter().enumerate() {
            page.until_is(name, "return annotator.article().id", json!(article_id(number))).await?;
            page.press("n").await?;
            page.until_js("the card", "return document.querySelector('.side .card textarea')").await?;
            page.frames().await?;
            check_shown(page, name, words).await?;
            let card = page.js(CARD).await?;
            ensure!(card["label"] == words.as_str(), "{name}: the label is {}", card["label"]);
            // A field of several lines has line feeds only; what is kept has what came.
            let lines = words.replace("\r\n", "\n").replace('\r', "\n");
            ensure!(card["note"] == lines, "{name}: the note is {}", card["note"]);
            ensure!(card["described"].as_str().is_some_and(|said| said.contains(words.as_str())), "{name}: {card}");
            page.press("Shift+n").await?;
        }
        check_quiet(page).await?;
        page.until_saved().await?;
        let saved = page.save_all().await?;
        check_kept(&hostile, &from_str(&saved)?)?;

        // Once more from what was saved, after a reload: the same bytes.
        page.press("Control+z").await?;
        page.until_js("no articles", "return JSON.parse(annotator.exportProject()).articles.length === 0").await?;
        page.reload().await?;
        listen(page).await?;
        page.drop_files(&[("again.json", saved.as_bytes())]).await?;
        page.until_dialog("Import").await?;
        page.click_button("Import", "dialog .answers").await?;
        page.until_js("the first article", "return annotator.article()?.id === 't-00'").await?;
        page.until_saved().await?;
        page.reload().await?;
        listen(page).await?;
        let again = page.save_all().await?;
        ensure!(same_bytes(&again) == same_bytes(&saved), "the bytes differ after a round");
        check_quiet(page).await
    })
    .await
}

fn check_kept(hostile: &[(String, String)], file: &Value) -> Result<()> {
    for (number, (name, words)) in hostile.iter().enumerate() {
        let article = &file["articles"][number];
        let mark = &file["sheets"][number]["annotations"][0];
        let label = &file["scheme"]["labels"][number];
        for found in [
            &article["text"],
            &article["title"],
            &article["source"],
            &article["date"],
            &article["encoding"],
            &article[words][words][0],
            &mark["quote"]["exact"],
            &mark["note"],
            &mark["attributes"]["said"],
            &mark["attributes"]["strange"],
            &label["name"],
            &label["guideline"],
            &label["attributes"][0]["name"],
            &label["attributes"][0]["values"][0],
        ] {
            ensure!(found == words.as_str(), "{name}: saved as {found}");
        }
    }
    Ok(())
}

/// Some words on the clipboard, and beside them a web page of them.
async fn copy(page: &Page, words: &str) -> Result<()> {
    let html = format!("<p onclick=\"canary(1)\">{words}</p><img src=x onerror=\"canary(2)\">");
    page.copy_as(&[("text/plain", words), ("text/html", &html)]).await
}

#[tokio::test]
async fn as_what_is_pasted() -> Result<()> {
    const WITH_HTML: &str = "</textarea><img src=x onerror=canary(1)> & <b>so on</b>";
    let hostile = hostile()?;
    journey("hostile words as what is pasted", Settings::LAPTOP, async move |page| {
        page.until_js("the sample", "return annotator.article()?.title").await?;
        listen(page).await?;
        // What the browser makes of them on the way is no concern of the app's.
        page.js("addEventListener('paste', event => window.came = event.clipboardData.getData('text/plain'), true)")
            .await?;
        for (number, (name, words)) in hostile.iter().enumerate() {
            copy(page, words).await?;
            page.press("Control+v").await?;
            let articles = format!("return JSON.parse(annotator.exportProject()).articles.length === {}", number + 2);
            page.until_js(name, &articles).await?;
            let came = page.text("return came").await?;
            let given = page.engine().pasted(words);
            ensure!(came == given || words.contains('\0'), "{name}: the clipboard gave {came:?}");
            // A byte order mark at the start is no part of a text.
            let text = came.strip_prefix('\u{feff}').unwrap_or(&came);
            page.until_is(name, "return annotator.article().text", json!(text)).await?;
            page.frames().await?;
            check_shown(page, name, text).await?;
        }
        copy(page, WITH_HTML).await?;
        page.press("v").await?;
        page.until_dialog("Paste an article").await?;
        page.press("Control+v").await?;
        page.until_is("the field", "return one('#paste-text').value", json!(WITH_HTML)).await?;
        page.click_button("Add article", "dialog").await?;
        page.until_no_dialog().await?;
        page.until_is("the text", "return annotator.article().text", json!(WITH_HTML)).await?;
        check_quiet(page).await?;
        page.until_saved().await
    })
    .await
}

#[tokio::test]
async fn as_what_is_written_by_hand() -> Result<()> {
    let hostile = hostile()?;
    journey("hostile words as what is written by hand", Settings::LAPTOP, async move |page| {
        page.until_js("the sample", "return annotator.article()?.title").await?;
        listen(page).await?;
        page.js("annotator.annotate('entity', 1, 5)").await?;
        let write = "const field = one(given[0]);
            field.focus();
            field.value = given[1];
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));
            field.blur();";
        for (name, words) in hostile.iter().filter(|(_, words)| !words.contains(['\r', '\n'])) {
            page.press("n").await?;
            page.until_js("the card", "return document.querySelector('.side .card textarea')").await?;
            page.js_with(write, json!([".side .card textarea", words])).await?;
            page.js_with(write, json!([".side .card input[type=text]", words])).await?;
            let found = "const [mark] = annotator.annotations(); return [mark.note, mark.attributes.name]";
            page.until_is(name, found, json!([words, words])).await?;
            page.until_is(name, "return one('.side .card textarea').value", json!(words)).await?;
            let row = page.text("return one('.side .rows, .side [role=listbox]').textContent").await?;
            ensure!(words.trim().is_empty() || row.len() > 1, "{name}: the row is empty");
            page.press("Escape").await?;
        }
        check_quiet(page).await?;
        page.until_saved().await?;
        page.reload().await
    })
    .await
}

/// Puts strange values in place of everything that a browser keeps for the site.
const OVERWRITE: &str =
    "const strange = ['<img src=x onerror=canary(1)>', { __proto__: null, toString: 'x' }, [[[]]], -0, NaN,
        new Uint8Array(3), new Uint8Array(3000).fill(255), new Date(0), null, 2 ** 53 + 1];
    let next = 0;
    const result = request => new Promise((good, bad) => {
        request.onsuccess = () => good(request.result);
        request.onerror = () => bad(request.error);
    });
    const overwrite = async factory => {
        for (const { name } of await factory.databases()) {
            const database = await result(factory.open(name));
            for (const store of database.objectStoreNames) {
                const writes = database.transaction(store, 'readwrite').objectStore(store);
                for (const key of await result(writes.getAllKeys())) {
                    const value = strange[next++ % strange.length];
                    writes.keyPath === null ? writes.put(value, key) : writes.delete(key);
                }
            }
            database.close();
        }
    };
    (async () => {
        await overwrite(indexedDB);
        for (const name of await navigator.storageBuckets?.keys() ?? []) {
            await overwrite((await navigator.storageBuckets.open(name)).indexedDB);
        }
        for (let i = 0; i < localStorage.length; i++) localStorage.setItem(localStorage.key(i), '\\0\"<script>');
    })().then(() => done(next), error => done(String(error)))";

#[tokio::test]
async fn as_what_another_page_wrote_into_the_store() -> Result<()> {
    // Not a journey: what can't be read any more is complained of, and should be.
    let page = Page::start(Screen::WIDE).await?;
    let steps = async {
        page.open().await?;
        page.js("annotator.annotate('entity', 1, 5)").await?;
        page.until_saved().await?;
        let overwritten = page.js_async(OVERWRITE, Value::Null).await?;
        ensure!(overwritten.as_u64().is_some_and(|count| count > 2), "{overwritten}");
        page.reload().await?;
        listen(&page).await?;
        // What was there is lost to the page, and it goes on with what comes.
        page.load("After it.", "After").await?;
        page.js("annotator.annotate('claim', 0, 9)").await?;
        page.until_marks(&["claim: After it."]).await?;
        check_quiet(&page).await?;
        let complaints = page.complaints().await?;
        let of_policy = complaints.iter().find(|complaint| complaint.contains("policy") || complaint.contains("error"));
        ensure!(of_policy.is_none(), "{complaints:#?}");
        Ok(())
    };
    let steps = steps.await;
    page.close().await?;
    steps
}
