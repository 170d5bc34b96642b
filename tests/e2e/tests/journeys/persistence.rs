//! What is kept: across reloads, across restarts of the browser, and what is gone for good.

use e2e::{Need, Page, Result, Settings, Value, ensure, journey, json, setup};

const FIRST: &str = "entity: Desmond Arkley";
const SECOND: &str = "quote: failure of nerve";
const THIRD: &str = "claim: school by school";

/// Makes three marks, takes back the last one, and waits until all is kept.
async fn work(page: &Page) -> Result<()> {
    for (words, key) in [("Desmond Arkley", "3"), ("failure of nerve", "1"), ("school by school", "2")] {
        page.drag_over(words, 0).await?;
        page.press(key).await?;
    }
    page.until_marks(&[FIRST, SECOND, THIRD]).await?;
    page.press("Control+z").await?;
    page.until_marks(&[FIRST, SECOND]).await?;
    page.until_saved().await
}

async fn without_time(page: &Page) -> Result<Value> {
    let mut file = page.export().await?;
    file["exported"].take();
    Ok(file)
}

#[tokio::test]
async fn everything_is_there_after_a_reload_and_undo_goes_on() -> Result<()> {
    journey("everything is there after a reload and undo goes on", Settings::LAPTOP, async |page| {
        work(page).await?;
        let before = without_time(page).await?;
        page.reload().await?;
        ensure!(without_time(page).await? == before, "the reload changed something");
        let drawn = page.drawn().await?;
        ensure!(drawn == ["Desmond Arkley", "failure of nerve"], "{drawn:?}");

        page.press("Control+Shift+z").await?;
        page.until_marks(&[FIRST, SECOND, THIRD]).await?;
        page.press_times("Control+z", 2).await?;
        page.until_marks(&[FIRST]).await?;
        page.until_saved().await?;
        page.reload().await?;
        page.press("Control+y").await?;
        page.until_marks(&[FIRST, SECOND]).await?;
        page.until_saved().await?;
        page.reload().await?;
        page.press_times("Control+z", 2).await?;
        page.until_marks(&[]).await?;
        page.press_times("Control+y", 3).await?;
        page.until_marks(&[FIRST, SECOND, THIRD]).await
    })
    .await
}

#[tokio::test]
async fn everything_is_there_after_the_browser_was_closed() -> Result<()> {
    journey(
        "everything is there after the browser was closed",
        Settings::LAPTOP.needing(&[Need::Profile]),
        async |page| {
            work(page).await?;
            page.press("p").await?;
            page.press("m").await?;
            page.type_text("a note").await?;
            page.press("Escape").await?;
            page.until_js("the note", "return annotator.annotations().some(a => a.note === 'a note')").await?;
            page.until_saved().await?;
            let before = without_time(page).await?;
            page.restart().await?;
            ensure!(without_time(page).await? == before, "the restart changed something");
            page.press("Control+z").await?;
            page.until_js("no note", "return annotator.annotations().every(a => a.note === '')").await?;
            page.press("Control+Shift+z").await?;
            page.until_js("the note", "return annotator.annotations().some(a => a.note === 'a note')").await.map(drop)
        },
    )
    .await
}

#[tokio::test]
async fn logs_that_were_torn_in_both_copies_lose_nothing() -> Result<()> {
    let settings = Settings::LAPTOP.needing(&[Need::Storage]);
    journey("logs that were torn in both copies lose nothing", settings, async |page| {
        work(page).await?;
        page.until_saved().await?;
        page.start_again_torn().await?;
        page.open().await?;
        // Behind the torn ends the browser goes on; only when it next starts it finds that damaged.
        page.js("annotator.annotate('claim', 1, 5)").await?;
        page.until_saved().await?;
        let before = without_time(page).await?;
        page.restart().await?;
        ensure!(without_time(page).await? == before, "a start after the next one lost something");
        ensure!(page.notice().await?.is_empty(), "{}", page.notice().await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_database_that_never_opens_again_is_made_anew_elsewhere() -> Result<()> {
    let settings = Settings::LAPTOP.needing(&[Need::Storage]);
    journey("a database that never opens again is made anew elsewhere", settings, async |page| {
        work(page).await?;
        for copy in [1, 0] {
            // Tables come with the first change of a later visit.
            page.restart().await?;
            page.js("annotator.annotate('claim', 1, 5)").await?;
            page.until_saved().await?;
            page.start_again_cut(copy).await?;
            page.open().await?;
            page.js("annotator.annotate('quote', 1, 5)").await?;
            page.until_saved().await?;
            let before = without_time(page).await?;
            page.restart().await?;
            ensure!(without_time(page).await? == before, "copy {copy}: something is lost");
            page.until_saved().await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn both_copies_answer_once_the_browser_has_tidied_its_memory() -> Result<()> {
    let settings = Settings::LAPTOP.needing(&[Need::Storage]);
    journey("both copies answer once the browser has tidied its memory", settings, async |page| {
        page.until_saved().await?;
        for _ in 0..3 {
            page.devtools("HeapProfiler.collectGarbage", json!({})).await?;
            page.frames().await?;
        }
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.until_saved().await?;
        page.leave().await?;
        ensure!(page.both_copies().await? == 2, "the article and the mark");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn saved_is_said_only_when_it_is_so() -> Result<()> {
    journey("saved is said only when it is so", Settings::LAPTOP, async |page| {
        page.until_saved().await?;
        // Every commit that has to reach the disk is held back until the test lets it go.
        page.js("
            window.chip = [];
            holdCommits();
            new MutationObserver(() => chip.push(one('.saving').dataset.state))
              .observe(one('.bar'), { subtree: true, attributes: true, childList: true });")
            .await?;
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.until_is("Saving", "return one('.saving').dataset.state", json!("saving")).await?;
        for copy in 1..=2 {
            // The second copy is written only when the first one has it.
            page.until_is("the transaction", "return held.length", json!(copy)).await?;
            page.frames().await?;
            ensure!(page.chip().await? == json!("saving"), "said too early, with {copy} to go");
            ensure!(page.js("return held.length").await? == json!(copy), "both are written at once");
            page.js("held.at(-1)()").await?;
        }
        page.until_saved().await?;
        let chip = page.text("return chip.filter((state, i) => state !== chip[i - 1]).join(' ')").await?;
        ensure!(chip.ends_with("saving saved"), "{chip}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_can_not_be_saved_is_said_and_offered_as_a_file() -> Result<()> {
    journey("what can not be saved is said and offered as a file", Settings::LAPTOP, async |page| {
        page.until_saved().await?;
        page.js("IDBObjectStore.prototype.add = IDBObjectStore.prototype.put = () => {
            throw new DOMException('no room', 'QuotaExceededError') }")
            .await?;
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.until_is("Not saved", "return one('.saving').dataset.state", json!("failed")).await?;
        page.until_said("Not saved").await?;
        let reason = page.text("return one('.unsaved').innerText").await?;
        ensure!(reason.contains("no room") || reason.to_lowercase().contains("quota"), "{reason}");
        let (_, file) = page.save(async || page.click_button("Save all to a file", ".unsaved").await).await?;
        ensure!(file.contains(r#""exact":"date""#), "the file lacks the mark");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_open_article_and_the_place_in_it_come_back() -> Result<()> {
    journey(
        "the open article and the place in it come back",
        Settings::LAPTOP.needing(&[Need::Profile]),
        async |page| {
            page.load(&setup::seed("water-meters.txt")?, "").await?;
            let first = "const scroller = one('.text'), { top } = scroller.getBoundingClientRect();
            const first = all('[data-piece]').find(p => p.textContent && p.getBoundingClientRect().bottom > top + 60);";
            let top = &format!("{first} return first.textContent.slice(0, 40)");
            page.js("const scroller = one('.text'); scroller.scrollTop = scroller.scrollHeight * 0.6").await?;
            page.until_js("deep in the text", "return one('.text').scrollTop > 2000").await?;
            page.frames().await?;
            // What comes back is the line at the top, and where that began.
            page.js(&format!("{first} scroller.scrollBy(0, first.getBoundingClientRect().top - top - 40)")).await?;
            page.frames().await?;
            let seen = page.text(top).await?;
            // It is kept once the scrolling rests.
            until_kept(page, "kept.some(line => parseInt(line) > 1000)").await?;
            page.reload().await?;
            page.until_is("the same place", top, json!(seen)).await?;
            let title = page.text("return annotator.article().title").await?;

            page.press("Shift+p").await?;
            page.until_js("another article", "return annotator.article().title.startsWith('Corriston')").await?;
            page.press("Shift+n").await?;
            page.until_is("the first article", "return annotator.article().title", json!(title)).await?;
            page.until_is("the same place", top, json!(seen)).await?;

            page.show_articles().await?;
            until_kept(page, "!kept.some(line => line.startsWith('open '))").await?;
            page.restart().await?;
            page.until_is("the list of articles", "return one('.app').dataset.screen", json!("articles")).await
        },
    )
    .await
}

/// Looks until what the app has written down of places fulfils a condition on `kept`, its lines.
async fn until_kept(page: &Page, condition: &str) -> Result<()> {
    let script = format!(
        "const open = indexedDB.open(given);
         open.onsuccess = () => {{
             const get = open.result.transaction('meta').objectStore('meta').get('places');
             get.onsuccess = () => {{
                 open.result.close();
                 const kept = (get.result ?? '').split('\\n');
                 done({condition});
             }};
         }};"
    );
    page.until_saved().await?;
    let name = page.js_async("indexedDB.databases().then(([database]) => done(database.name))", Value::Null).await?;
    let look = async || Ok((page.js_async(&script, name.clone()).await? == json!(true)).then_some(()));
    e2e::wait::until(&format!("the place, kept: {condition}"), look).await
}

#[tokio::test]
async fn erase_everything_really_erases() -> Result<()> {
    journey("erase everything really erases", Settings::LAPTOP, async |page| {
        page.load("The secret of Anneke Brough.", "Secret").await?;
        page.js("annotator.annotate('entity', 14, 27)").await?;
        page.until_saved().await?;
        page.press(",").await?;
        page.until_dialog("Settings").await?;
        page.click_button("Erase everything here", "dialog").await?;
        page.until_dialog("Erase everything here?").await?;
        page.press("Escape").await?;
        page.until_no_dialog().await?;
        page.until_marks(&["entity: Anneke Brough"]).await?;

        page.press(",").await?;
        page.until_dialog("Settings").await?;
        page.click_button("Erase everything here", "dialog").await?;
        page.until_dialog("Erase everything here?").await?;
        page.js("window.before = true").await?;
        page.click_button("Erase", "dialog .answers").await?;
        page.until_js("a page that begins anew", "return !window.before && document.querySelector('.hint')").await?;
        page.ready().await?;
        let article = page.text("return annotator.article().title").await?;
        ensure!(article.starts_with("Corriston"), "{article}");
        page.press("Control+z").await?;
        page.until_saved().await?;
        let kept = page.js_async(ALL_KEPT, Value::Null).await?.to_string();
        ensure!(kept.matches("Corriston keeps free").count() >= 2, "the look into the database sees nothing: {kept}");
        ensure!(!kept.contains("Anneke Brough.") && !kept.contains("Secret"), "something is left: {kept}");
        page.show_articles().await?;
        ensure!(page.titles().await?.len() <= 1, "articles are left");
        Ok(())
    })
    .await
}

/// Everything in every database and in the other stores of the page, as text.
const ALL_KEPT: &str = "
    const text = value => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? new TextDecoder().decode(value) : JSON.stringify(value);
    const settle = request => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    (async () => {
        const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), ...await caches.keys()];
        const factories = [indexedDB];
        for (const name of await navigator.storageBuckets?.keys() ?? []) {
            factories.push((await navigator.storageBuckets.open(name)).indexedDB);
        }
        for (const factory of factories) for (const { name } of await factory.databases()) {
            const db = await settle(factory.open(name));
            for (const store of db.objectStoreNames) {
                for (const value of await settle(db.transaction(store).objectStore(store).getAll())) all.push(text(value));
            }
            db.close();
        }
        done(all);
    })().catch(error => done(String(error)))";

#[tokio::test]
async fn a_note_that_is_being_typed_is_not_called_saved_and_is_not_lost() -> Result<()> {
    journey("a note that is being typed is not called saved and is not lost", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.until_saved().await?;
        page.press_all(&["n", "m"]).await?;
        page.js("window.states = []; one('textarea.note').addEventListener('input', () =>
            requestAnimationFrame(() => states.push(one('.saving').dataset.state)))")
            .await?;
        page.type_text("x").await?;
        page.until_is("what the page said", "return states[0]", json!("saving")).await?;
        page.until_saved().await?;
        // The page goes away in the middle of a word.
        page.js("const note = one('textarea.note'); note.value = 'xyz';
            note.dispatchEvent(new InputEvent('input', { bubbles: true }));
            dispatchEvent(new PageTransitionEvent('pagehide'))")
            .await?;
        page.until_saved().await?;
        page.reload().await?;
        let notes = page.js("return annotator.annotations().map(a => a.note)").await?;
        ensure!(notes == json!(["xyz"]), "{notes}");
        Ok(())
    })
    .await
}
