//! Bringing articles in: by paste, by file, by drop, and the bundled samples. The text must be stored
//! just as it came.

use e2e::{Page, Result, Settings, Value, ensure, journey, json, setup};

/// Everything that a careless reader would change: a blank in front, both line ends and a bare CR, a tab, a
/// no-break space, a zero-width space, accents of both kinds, trailing blanks and no end to the last line.
const DELICATE: &str = " date 2031-05-02 Early. Often.\r\nCity\r\nHarbour Wire\r\nPort Ellery\r\n\r\nFerry\u{a0}returns\r\n\r\n\
    One\tline \u{200b}here.  \nZoe\u{301} met Zoé.\rThe end";

/// What the article is once loaded: text, hash and lengths, each counted by the browser and not by the app.
async fn check_stored(page: &Page, text: &str) -> Result<()> {
    page.until_is("the text", "return annotator.article()?.text", json!(text)).await?;
    let script = "const article = annotator.article(), bytes = new TextEncoder().encode(given);
        crypto.subtle.digest('SHA-256', bytes).then(hash => done({
            hash: [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join(''),
            given: article.sha256, length: article.codePoints }))";
    let found = page.js_async(script, json!(text)).await?;
    ensure!(found["hash"] == found["given"] && found["length"] == text.chars().count(), "{found}");
    let file = page.export().await?;
    let last = file["articles"].as_array().and_then(|all| all.last().cloned()).unwrap_or_default();
    ensure!(last["text"] == text && last["sha256"] == found["hash"], "{last}");
    ensure!(last["length"]["bytes"] == text.len(), "{}", last["length"]);
    ensure!(last["length"]["utf16"] == text.encode_utf16().count(), "{}", last["length"]);
    Ok(())
}

#[tokio::test]
async fn the_first_visit_opens_on_a_sample() -> Result<()> {
    journey("the first visit opens on a sample", Settings::LAPTOP, async |page| {
        check_stored(page, &setup::seed("meals-pilot.txt")?).await?;
        let hint = page.text("return one('.hint p').textContent").await?;
        ensure!(hint.contains("press 1"), "{hint}");
        ensure!(page.client().title().await?.starts_with("Corriston keeps free lunches"), "the title of the window");

        page.click_button("Dismiss", ".hint").await?;
        page.until_js("no hint", "return !document.querySelector('.hint')").await?;
        page.reload().await?;
        ensure!(page.js("return !document.querySelector('.hint')").await? == json!(true), "the hint came back");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_paste_into_the_dialog_is_taken_as_it_is() -> Result<()> {
    journey("a paste into the dialog is taken as it is", Settings::LAPTOP, async |page| {
        page.copy(DELICATE).await?;
        page.press("v").await?;
        page.until_dialog("Paste an article").await?;
        page.press("Control+v").await?;
        page.until_js("the pasted text", "return one('#paste-text').value").await?;
        page.click_button("Add article", "dialog").await?;
        page.until_no_dialog().await?;
        check_stored(page, &page.engine().pasted(DELICATE)).await?;

        let article = page.js("return annotator.article()").await?;
        ensure!(article["title"] == page.engine().pasted("Ferry\u{a0}returns"), "{article}");
        ensure!(article["date"] == "2031-05-02" && article["source"] == "Harbour Wire", "{article}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_paste_on_the_page_is_an_article_at_once() -> Result<()> {
    journey("a paste on the page is an article at once", Settings::LAPTOP, async |page| {
        page.copy(DELICATE).await?;
        page.press("Control+v").await?;
        check_stored(page, &page.engine().pasted(DELICATE)).await
    })
    .await
}

#[tokio::test]
async fn what_is_typed_or_changed_in_the_dialog_counts() -> Result<()> {
    journey("what is typed or changed in the dialog counts", Settings::LAPTOP, async |page| {
        page.copy("One.\r\nTwo.").await?;
        page.press("v").await?;
        page.until_dialog("Paste an article").await?;
        page.click_button("Add article", "dialog").await?;
        page.until_js("why nothing was added", "return one('#paste-empty').checkVisibility()").await?;
        page.click(page.middle_of("one('#paste-text')").await?).await?;
        page.press("Control+v").await?;
        page.type_text(" Three.").await?;
        page.click_button("Add article", "dialog").await?;
        check_stored(page, "One.\nTwo. Three.").await
    })
    .await
}

#[tokio::test]
async fn files_are_read_in_their_encoding() -> Result<()> {
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        mark.into_iter().chain(DELICATE.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
    };
    let windows = "It costs \u{20ac}5 \u{2013} \u{201c}na\u{ef}ve\u{201d}, said Zo\u{e9}.\r\n";
    let windows_bytes = b"It costs \x805 \x96 \x93na\xefve\x94, said Zo\xe9.\r\n".to_vec();
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("plain.txt", DELICATE.into(), DELICATE, "UTF-8"),
        ("marked.md", [b"\xef\xbb\xbf", DELICATE.as_bytes()].concat(), DELICATE, "UTF-8"),
        ("little.txt", utf16(u16::to_le_bytes, [0xff, 0xfe]), DELICATE, "UTF-16LE"),
        ("big.txt", utf16(u16::to_be_bytes, [0xfe, 0xff]), DELICATE, "UTF-16BE"),
        ("old.txt", windows_bytes, windows, "windows-1252"),
    ];
    journey("files are read in their encoding", Settings::LAPTOP, async move |page| {
        for (name, bytes, text, encoding) in &cases {
            let before = page.text("return annotator.article().id").await?;
            page.choose_files(&[(name, bytes)]).await?;
            // Several files hold the same text: only the article's id tells that the next one has come.
            page.until_js("the next article", &format!("return annotator.article().id !== {before:?}")).await?;
            check_stored(page, text).await?;
            page.press("i").await?;
            page.until_dialog("Article details").await?;
            let shown = page.text("return one('dialog select').value").await?;
            ensure!(shown == *encoding, "{name}: the page says {shown}, expected {encoding}");
            page.press("Escape").await?;
            page.until_no_dialog().await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn another_encoding_can_be_taken_before_the_first_mark() -> Result<()> {
    journey("another encoding can be taken before the first mark", Settings::LAPTOP, async |page| {
        let bytes = b"\xd8\xf3m odjecha\xb3 do \xa3odzi.".as_slice();
        page.choose_files(&[("train.txt", bytes)]).await?;
        page.until_js("the file as it was guessed", "return annotator.article().text.startsWith('Øóm')").await?;
        page.press("i").await?;
        page.until_dialog("Article details").await?;
        page.js("const list = one('dialog select'); list.value = 'ISO-8859-2';
            list.dispatchEvent(new Event('change', { bubbles: true }))")
            .await?;
        page.until_is("the other reading", "return annotator.article().text", json!("Řóm odjechał do Łodzi.")).await?;
        page.press("Escape").await?;
        page.until_no_dialog().await?;

        page.js("annotator.annotate('quote', 0, 3)").await?;
        page.press("i").await?;
        page.until_dialog("Article details").await?;
        let said = page.dialog_text().await?;
        ensure!(said.contains("ISO-8859-2") && said.contains("only before the first mark"), "{said}");
        ensure!(page.js("return !document.querySelector('dialog select')").await? == json!(true), "it can be changed");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn several_files_come_with_one_drop() -> Result<()> {
    journey("several files come with one drop", Settings::LAPTOP, async |page| {
        let files: [(&str, &[u8]); 3] =
            [("b.txt", b"Second things first."), ("a.md", b"# Markdown stays\n\n*as it is*"), ("c.txt", b"Third.")];
        page.drop_files(&files).await?;
        check_three(page).await?;
        page.show_articles().await?;
        let titles = page.titles().await?;
        ensure!(titles.len() == 4 && titles[1].starts_with('b') && titles[3].starts_with('c'), "{titles:?}");

        // One step back takes all of them away.
        page.press("Control+z").await?;
        page.until_is("only the sample", "return all('.rows .row').length", json!(1)).await
    })
    .await
}

async fn check_three(page: &Page) -> Result<()> {
    page.until_is("the first file", "return annotator.article().text", json!("Second things first.")).await?;
    let file = page.export().await?;
    let texts: Vec<&Value> = file["articles"].as_array().into_iter().flatten().skip(1).map(|a| &a["text"]).collect();
    ensure!(texts == ["Second things first.", "# Markdown stays\n\n*as it is*", "Third."], "{texts:?}");
    Ok(())
}

#[tokio::test]
async fn samples_open_and_articles_go_with_undo() -> Result<()> {
    journey("samples open and articles go with undo", Settings::LAPTOP, async |page| {
        page.show_articles().await?;
        page.click_button("Festival sign", ".samples").await?;
        check_stored(page, &setup::seed("festival-sign.txt")?).await?;
        page.press("Shift+p").await?;
        page.until_js("the article before", "return annotator.article().title.startsWith('Corriston')").await?;
        page.press("Shift+n").await?;
        page.until_js("the article after", "return annotator.article().title.startsWith('‘It divorced')").await?;

        page.press("i").await?;
        page.until_dialog("Article details").await?;
        page.js("one('dialog input[type=text]').focus()").await?;
        page.press("Control+a").await?;
        page.type_text("A sign").await?;
        page.press("Enter").await?;
        page.until_is("the new title", "return annotator.article().title", json!("A sign")).await?;
        check_stored(page, &setup::seed("festival-sign.txt")?).await?;

        page.show_articles().await?;
        ensure!(page.titles().await?[1] == "A sign", "the list has the new title");
        page.click_button("Remove", ".rows .row:nth-child(2)").await?;
        page.until_toast("Removed “A sign”").await?;
        page.until_is("one article", "return all('.rows .row').length", json!(1)).await?;
        page.click_button("Undo", ".toast").await?;
        page.until_is("two articles", "return all('.rows .row').length", json!(2)).await
    })
    .await
}
