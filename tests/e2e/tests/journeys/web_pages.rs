//! Saved web pages: what is their text, what is known of them, and what of them is left out, before one is taken.

use e2e::{Page, Result, Settings, ensure, journey, json};

/// A page as a browser saves it, with everything around the article that such a page has.
const NEWS: &str = include_str!("../../pages/news.html");

/// What of it is the article.
const TEXT: &str = "Footbridge over the Arn reopens after two winters\n\n\
    The footbridge between Quay Street and the old mill carried its first walkers on Wednesday, two winters after a barge \
    tore away its middle pier.\n\n\
    “We counted four hundred people before noon,” said Orla Venn, who runs the ticket hut on the mill side. “Most of them \
    walked over and straight back\u{a0}again.”\n\n\
    Oak instead of steel\n\n\
    The council had first wanted steel. Engineers talked it out of that: the new pier stands on oak piles, which bend \
    where steel would crack, and which the town’s own yard can replace. The work came to 2.3 million crowns, a tenth less \
    than planned.\nA fund for repairs gets what is left.\n\n\
    “It sways a little, and it should,” the engineer Tomas Reuel told the crowd, “for a bridge that never moves is one \
    that breaks.”\n\n\
    From May the bridge closes at ten in the evening, since the lamps on the south bank disturb the bats that nest below \
    it. Cyclists are asked to push.";

/// What the dialog shows: the words that are kept, and those that are left out.
async fn shown(page: &Page) -> Result<(String, String)> {
    let script =
        "return all('.page-text p:not(.left-out)').map(p => [...p.childNodes].filter(n => n.localName !== 'del')
        .map(n => n.textContent).join('')).filter(words => words.trim()).join('\\n\\n')";
    let out = "return all('.page-text del').map(del => del.textContent).join(' | ')";
    Ok((page.text(script).await?, page.text(out).await?))
}

async fn open(page: &Page, files: &[(&str, &[u8])], heading: &str) -> Result<()> {
    page.choose_files(files).await?;
    page.until_dialog(heading).await
}

/// Opens the page, and takes its main text after a look at what is left out.
pub async fn take_the_news(page: &Page) -> Result<()> {
    open(page, &[("footbridge.html", NEWS.as_bytes())], "Web page").await?;
    let said = page.dialog_text().await?;
    for fact in
        ["footbridge.html", "Ilse Brannock", "2031-04-17", "Tidewater Gazette, https://www.tidewater", "Left out"]
    {
        ensure!(said.contains(fact), "no “{fact}” in: {said}");
    }
    let (kept, out) = shown(page).await?;
    ensure!(kept == TEXT, "{kept}");
    for words in ["Town", "By Ilse Brannock", "Market moves to Friday", "All rights reserved."] {
        ensure!(out.replace(" | ", "").contains(words), "no “{words}” in: {out}");
    }
    ensure!(!said.contains("Nobody should read") && !said.contains("pwned"), "{said}");
    page.press("Enter").await?;
    page.until_no_dialog().await?;
    page.until_is("the text", "return annotator.article()?.text", json!(TEXT)).await?;
    ensure!(page.js("return window.pwned ?? document.title.includes('pwned')").await? == json!(false), "a script ran");
    Ok(())
}

#[tokio::test]
async fn the_main_text_of_a_saved_page_is_taken() -> Result<()> {
    journey("the main text of a saved page is taken", Settings::LAPTOP, async |page| {
        take_the_news(page).await?;
        let article = page.js("return annotator.article()").await?;
        ensure!(article["title"] == "Footbridge over the Arn reopens after two winters", "{article}");
        ensure!(article["date"] == "2031-04-17", "{article}");
        let source = "Tidewater Gazette, https://www.tidewater-gazette.test/a/footbridge";
        ensure!(article["source"] == source, "{article}");
        let file = page.export().await?;
        let last = file["articles"].as_array().and_then(|all| all.last().cloned()).unwrap_or_default();
        ensure!(last["byline"] == "Ilse Brannock" && last["encoding"] == "UTF-8", "{last}");
        ensure!(last["extractor"].as_str().is_some_and(|by| by.starts_with("Readability ")), "{last}");

        page.press("i").await?;
        page.until_dialog("Article details").await?;
        let said = page.dialog_text().await?;
        ensure!(said.contains("Ilse Brannock") && said.contains("Readability"), "{said}");
        page.press("Escape").await?;
        page.until_no_dialog().await?;

        page.until_saved().await?;
        page.reload().await?;
        page.until_is("the text", "return annotator.article()?.text", json!(TEXT)).await?;
        page.press("Control+z").await?;
        page.until_is("no such article", "return annotator.article()", json!(null)).await?;
        ensure!(page.titles().await?.len() == 1, "{:?}", page.titles().await?);
        page.press("Control+Shift+z").await?;
        page.until_js("the article again", "return annotator.exportProject().includes('Ilse Brannock')").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn all_text_of_a_page_can_be_taken_and_cancel_takes_nothing() -> Result<()> {
    journey("all text of a page can be taken and cancel takes nothing", Settings::LAPTOP, async |page| {
        let before = page.js("return annotator.article()").await?;
        open(page, &[("footbridge.html", NEWS.as_bytes())], "Web page").await?;
        page.check_focus("opening").await?;
        page.check_access("a web page").await?;
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        ensure!(page.js("return annotator.article()").await? == before, "Escape took something");

        open(page, &[("footbridge.html", NEWS.as_bytes())], "Web page").await?;
        page.press("ArrowDown").await?;
        page.until_js("nothing left out", "return !document.querySelector('.page-text del')").await?;
        page.check_access("all text of a web page").await?;
        let (kept, _) = shown(page).await?;
        page.press("Enter").await?;
        page.until_no_dialog().await?;
        let text = page.text("return annotator.article().text").await?;
        ensure!(text == kept && text.starts_with("Tidewater Gazette\n\nTown\n\n"), "{text}");
        ensure!(text.ends_with("Terms of use") && text.contains("By Ilse Brannock\n\n17 April 2031"), "{text}");
        let file = page.export().await?;
        let last = file["articles"].as_array().and_then(|all| all.last().cloned()).unwrap_or_default();
        ensure!(last["extractor"] == "all text", "{last}");
        Ok(())
    })
    .await
}

/// A page in windows-1252 that says so.
const OLD: &[u8] = b"<html><head><meta http-equiv=content-type content='text/html; charset=windows-1252'>\
    <title>Ferry</title></head><body><p>It costs \x805 \x96 \x93na\xefve\x94, said Zo\xe9.</p></body></html>";

#[tokio::test]
async fn pages_are_read_in_their_encoding_and_several_come_together() -> Result<()> {
    journey("pages are read in their encoding and several come together", Settings::LAPTOP, async |page| {
        let files: &[(&str, &[u8])] = &[
            ("old.htm", OLD),
            ("news.html", NEWS.as_bytes()),
            ("note.txt", b"A note that came along."),
            ("empty.html", b"<!doctype html><script>document.write('pwned')</script>"),
        ];
        page.drop_files(files).await?;
        page.until_dialog("Web pages").await?;
        page.check_access("web pages").await?;
        ensure!(page.js("return all('dialog section').length").await? == 2, "not two pages");
        page.click_button("Take", "dialog .answers").await?;
        page.until_dialog("This file can't be opened").await?;
        let said = page.dialog_text().await?;
        ensure!(said.contains("empty.html") && said.contains("no text in this page"), "{said}");
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        page.until_saved().await?;
        let file = page.export().await?;
        let texts: Vec<_> = file["articles"].as_array().into_iter().flatten().map(|article| &article["text"]).collect();
        for text in ["It costs €5 – “naïve”, said Zoé.", TEXT, "A note that came along."] {
            ensure!(texts.contains(&&json!(text)), "{text} is not there: {texts:?}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn files_that_are_no_articles_are_refused_with_a_reason() -> Result<()> {
    journey("files that are no articles are refused with a reason", Settings::LAPTOP, async |page| {
        let own = std::fs::read(e2e::setup::one_file()?)?;
        let report = b"<!doctype html><html><meta name=generator content='annotator 1.0'><p>Marks.</p></html>".to_vec();
        let frames = b"<!doctype html><html><frameset cols=1,2><frame src=a.html></frameset></html>".to_vec();
        let large = format!("<!doctype html><body>{}", "<div>".repeat(200_001)).into_bytes();
        for (name, bytes, word) in [
            ("annotator.html", own, "annotator itself"),
            ("report.html", report, "report"),
            ("frames.html", frames, "frames"),
            ("page.mhtml", b"MIME-Version: 1.0".to_vec(), "HTML only"),
            ("large.html", large, "200\u{202f}000 elements"),
        ] {
            page.choose_files(&[(name, &bytes)]).await?;
            page.until_dialog("This file can't be opened").await?;
            let said = page.dialog_text().await?;
            ensure!(said.contains(name) && said.contains(word), "{name}: {said}");
            page.press("Escape").await?;
            page.until_no_dialog().await?;
        }
        Ok(())
    })
    .await
}

/// Takes a page, and looks at how its text ends.
async fn take_made(page: &Page, body: &str, end: &str) -> Result<()> {
    let html = format!("<!doctype html><title>Made</title><body>{body}");
    open(page, &[("made.html", html.as_bytes())], "Web page").await?;
    page.click_button("Take", "dialog .answers").await?;
    page.until_no_dialog().await?;
    let text = page.text("return annotator.article().text").await?;
    ensure!(text.ends_with(end), "{}", text.chars().rev().take(99).collect::<String>());
    Ok(())
}

#[tokio::test]
async fn a_page_that_is_made_deep_comes_as_all_its_text() -> Result<()> {
    journey("a page that is made deep comes as all its text", Settings::LAPTOP, async |page| {
        let deep = format!("{}Words in the deep.{}<p>And some above.", "<div>".repeat(10_000), "</div>".repeat(10_000));
        take_made(page, &deep, "Words in the deep.\n\nAnd some above.").await
    })
    .await
}

#[tokio::test]
async fn many_blanks_and_handlers_do_no_harm() -> Result<()> {
    journey("many blanks and handlers do no harm", Settings::LAPTOP, async |page| {
        let blanks = " ".repeat(20_000);
        let body = format!("<pre>{blanks}x</pre><p onclick=pwned=1 style=color:red>style=x onload=y</p>");
        take_made(page, &body, "x\n\nstyle=x onload=y").await
    })
    .await
}

#[tokio::test]
async fn the_one_file_takes_a_page_too() -> Result<()> {
    journey("the one file takes a page too", Settings::LAPTOP, async |page| {
        page.visit_file().await?;
        take_the_news(page).await
    })
    .await
}
