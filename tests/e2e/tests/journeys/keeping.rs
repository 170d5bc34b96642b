//! Two copies of everything: whatever happens to one of them, nothing is lost, and what is lost in both is
//! told plainly.

use e2e::{Page, Result, Settings, Value, ensure, journey, json};

const MARKS: [&str; 3] = ["entity: Desmond Arkley", "quote: failure of nerve", "claim: school by school"];

/// Makes three marks and waits until they are kept.
async fn work(page: &Page) -> Result<Value> {
    for (words, key) in [("Desmond Arkley", "3"), ("failure of nerve", "1"), ("school by school", "2")] {
        page.drag_over(words, 0).await?;
        page.press(key).await?;
    }
    page.until_marks(&MARKS).await?;
    page.until_saved().await?;
    content(page).await
}

async fn content(page: &Page) -> Result<Value> {
    let mut file = page.export().await?;
    file["exported"].take();
    Ok(file)
}

/// Does something to the copies while the app is away, and comes back.
async fn meanwhile(page: &Page, script: &str) -> Result<()> {
    page.leave().await?;
    page.at_copies(script).await?;
    page.open().await
}

#[tokio::test]
async fn what_is_called_saved_is_in_both_copies() -> Result<()> {
    journey("what is called saved is in both copies", Settings::LAPTOP, async |page| {
        work(page).await?;
        page.leave().await?;
        ensure!(page.both_copies().await? == 4, "the article and three marks");
        ensure!(
            page.at_copies("return localStorage.getItem(NAME)")
                .await?
                .as_str()
                .is_some_and(|marker| marker.ends_with(" 4 1"))
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_copy_that_is_gone_is_made_again_from_the_other() -> Result<()> {
    journey("a copy that is gone is made again from the other", Settings::LAPTOP, async |page| {
        let before = work(page).await?;
        for copy in [0, 1] {
            meanwhile(page, &format!("await wipe({copy})")).await?;
            ensure!(content(page).await? == before, "something is missing");
            let notice = page.notice().await?;
            ensure!(
                notice.contains("one of the two copies of your work") && notice.contains("nothing is missing"),
                "copy {copy}: {notice}"
            );
            page.leave().await?;
            ensure!(page.both_copies().await? == 4);
            page.open().await?;
            ensure!(page.notice().await?.is_empty(), "it is told once");
        }
        page.press_times("Control+z", 3).await?;
        page.until_marks(&[]).await
    })
    .await
}

#[tokio::test]
async fn when_both_are_gone_that_is_said_and_no_first_visit_is_made_of_it() -> Result<()> {
    journey("when both are gone that is said", Settings::LAPTOP, async |page| {
        work(page).await?;
        let file = page.save_all().await?;
        meanwhile(page, "await wipe(0); await wipe(1)").await?;
        let notice = page.notice().await?;
        ensure!(notice.contains("has deleted your work") && notice.contains("1 article"), "{notice}");
        ensure!(page.titles().await?.is_empty(), "there is a sample as if nothing had happened");
        ensure!(page.js("return !!button('Open files', '.notice')").await? == json!(true));

        page.drop_files(&[("saved.json", file.as_bytes())]).await?;
        page.until_js("the article", "return annotator.article()?.title.startsWith('Corriston')").await?;
        page.until_marks(&MARKS).await?;
        page.reload().await?;
        page.until_marks(&MARKS).await?;
        ensure!(page.notice().await?.is_empty(), "{}", page.notice().await?);
        page.leave().await?;
        page.both_copies().await.map(drop)
    })
    .await
}

#[tokio::test]
async fn work_of_which_all_witnesses_are_gone_is_there_all_the_same() -> Result<()> {
    journey("work of which all witnesses are gone is there", Settings::LAPTOP, async |page| {
        let before = work(page).await?;
        let script = "localStorage.clear();
            for (const kept of await navigator.serviceWorker.getRegistrations()) await kept.unregister();";
        meanwhile(page, script).await?;
        page.until_saved().await?;
        let after = content(page).await?;
        ensure!(after["sheets"][0]["annotations"] == before["sheets"][0]["annotations"], "{after}");
        page.leave().await?;
        page.both_copies().await.map(drop)
    })
    .await
}

#[tokio::test]
async fn what_one_copy_lacks_is_not_called_saved() -> Result<()> {
    journey("what one copy lacks is not called saved", Settings::LAPTOP, async |page| {
        work(page).await?;
        page.leave().await?;
        page.at_copies("await alter(1, ({ log }) => log.delete(4))").await?;
        page.run_first(
            "const real = IDBDatabase.prototype.transaction, { commit } = IDBTransaction.prototype;
            IDBTransaction.prototype.commit = () => {};
            window.release = () => {
                IDBTransaction.prototype.commit = commit;
                window.letGo = true;
            };
            IDBDatabase.prototype.transaction = function (...given) {
                const transaction = real.apply(this, given);
                const store = transaction.objectStore(transaction.objectStoreNames[0]);
                const hold = () => {
                    window.holds = true;
                    if (!window.letGo) store.count().onsuccess = hold;
                };
                if (given[1] === 'readwrite') hold();
                return transaction;
            };",
        );
        page.open().await?;
        page.until_js("a commit that is held back", "return window.holds").await?;
        page.frames().await?;
        ensure!(page.chip().await? == json!("saving"), "called {} while it is mended", page.chip().await?);
        page.js("release()").await?;
        page.until_saved().await?;
        page.leave().await?;
        ensure!(page.both_copies().await? == 4, "not mended");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_record_that_is_damaged_in_one_copy_comes_from_the_other() -> Result<()> {
    journey("a record that is damaged in one copy comes from the other", Settings::LAPTOP, async |page| {
        let before = work(page).await?;
        for (copy, harm) in [
            (0, "await flip(log, 2)"),
            (1, "await flip(log, 3)"),
            (0, "log.put('no bytes at all', 4)"),
            (1, "log.put(new Uint8Array(), 1)"),
            (0, "log.delete(4)"),
            (1, "log.clear()"),
            (0, "const [name] = await settle(texts.getAllKeys()); await flip(texts, name, 5)"),
            (1, "texts.clear()"),
        ] {
            meanwhile(page, &format!("await alter({copy}, async ({{ log, texts }}) => {{ {harm} }})")).await?;
            ensure!(content(page).await? == before, "after {harm} something is missing");
            page.leave().await?;
            ensure!(page.both_copies().await? == 4, "after {harm}");
            page.open().await?;
            ensure!(page.notice().await?.is_empty(), "it is told once");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_damaged_in_both_copies_stands_aside_and_the_rest_is_there() -> Result<()> {
    journey("what is damaged in both copies stands aside", Settings::LAPTOP, async |page| {
        work(page).await?;
        meanwhile(
            page,
            "for (const at of [0, 1]) await alter(at, async ({ log }) => { await flip(log, 3); log.put({}, 'x') })",
        )
        .await?;
        page.until_marks(&[MARKS[0], MARKS[2]]).await?;
        let notice = page.notice().await?;
        ensure!(notice.contains("1 record is damaged") && notice.contains("Everything else is here"), "{notice}");
        let (name, file) =
            page.save(async || page.click_button("Save the damaged records to a file", ".notice").await).await?;
        ensure!(name == "annotator-damaged-records.json", "{name}");
        let records: Value = e2e::from_str(&file)?;
        let damaged = |record: &&Value| record["record"].as_str().is_some_and(|name| name.starts_with("log 3 "));
        let damaged: Vec<&Value> = records.as_array().into_iter().flatten().filter(damaged).collect();
        ensure!(damaged.len() == 2 && damaged[0]["value"].as_array().is_some_and(|bytes| bytes.len() > 30), "{file}");

        page.drag_over("failure of nerve", 0).await?;
        page.press("1").await?;
        page.until_marks(&MARKS).await?;
        page.reload().await?;
        page.until_marks(&MARKS).await?;
        ensure!(page.notice().await?.is_empty(), "it is told once");
        // The file can still be had.
        page.press(",").await?;
        page.until_dialog("Settings").await?;
        page.save(async || page.click_button("Save the damaged records to a file", "dialog").await).await?;
        page.press("Escape").await?;
        page.leave().await?;
        page.both_copies().await.map(drop)
    })
    .await
}

#[tokio::test]
async fn what_the_browser_deletes_under_an_open_page_is_saved_again() -> Result<()> {
    journey("what the browser deletes under an open page is saved again", Settings::LAPTOP, async |page| {
        let before = work(page).await?;
        page.at_copies("await wipe(1); await wipe(0)").await?;
        page.until_js("the notice", "return document.querySelector('.notice')").await?;
        let notice = page.notice().await?;
        ensure!(notice.contains("while this page was open") && notice.contains("saved again"), "{notice}");
        page.drag_over("hungry child", 0).await?;
        page.press("2").await?;
        page.until_saved().await?;
        page.press("Delete").await?;
        page.reload().await?;
        ensure!(content(page).await?["sheets"] == before["sheets"], "something is missing");
        page.leave().await?;
        page.both_copies().await.map(drop)
    })
    .await
}

#[tokio::test]
async fn snapshots_are_kept_and_the_newest_whole_one_is_taken() -> Result<()> {
    journey("snapshots are kept and the newest whole one is taken", Settings::LAPTOP, async |page| {
        // Each mark is an entry of its own; there is a snapshot after every five hundred.
        for round in 0..3 {
            let script = format!(
                "for (let i = 0; i < 510; i++) annotator.annotate(['quote', 'claim', 'entity'][{round}], i, i + 2)"
            );
            page.js(&script).await?;
            page.until_saved().await?;
            let numbers = format!("return (await held(0)).snapshots.length === {}", if round == 0 { 1 } else { 2 });
            e2e::wait::until("the snapshot", async || Ok((page.at_copies(&numbers).await? == json!(true)).then_some(()))).await?;
        }
        let before = content(page).await?;
        page.reload().await?;
        ensure!(content(page).await? == before);
        for harm in [
            "await alter(0, async ({ snapshots }) => { for (const key of await settle(snapshots.getAllKeys())) await flip(snapshots, key) })",
            "await alter(1, ({ snapshots }) => snapshots.clear())",
            "for (const at of [0, 1]) await alter(at, async ({ snapshots }) =>
                await flip(snapshots, (await settle(snapshots.getAllKeys())).at(-1)))",
            "for (const at of [0, 1]) await alter(at, ({ snapshots }) => snapshots.clear())",
        ] {
            meanwhile(page, harm).await?;
            ensure!(content(page).await? == before, "after {harm}");
            page.leave().await?;
            page.both_copies().await?;
            page.open().await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_log_that_grew_long_is_folded_in_both_copies_and_that_is_said() -> Result<()> {
    journey("a log that grew long is folded in both copies", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 1, 5)").await?;
        // The same mark again and again, as if it had been made and changed all the time.
        let long = "for (const at of [0, 1]) await alter(at, async ({ log }) => {
            const record = await settle(log.get(2));
            for (let number = 3; number <= 20_100; number++) log.put(record, number);
        })";
        meanwhile(page, long).await?;
        page.until_toast("Undo now reaches back 10\u{202f}000 steps").await?;
        ensure!(page.both_copies().await? == 10_001);
        page.js("annotator.annotate('claim', 1, 5)").await?;
        page.reload().await?;
        ensure!(page.annotations().await?.len() == 2, "something is missing");
        ensure!(page.notice().await?.is_empty(), "{}", page.notice().await?);
        page.press("Control+z").await?;
        page.until_js("one mark", "return annotator.annotations().length === 1").await.map(drop)
    })
    .await
}
