//! When the browser can't keep what is done: the page goes on in memory, says what is not saved and why,
//! offers the file, and saves by itself as soon as it can.

use e2e::{Need, Page, Result, Settings, Value, ensure, journey, json};

async fn annotations(page: &Page) -> Result<usize> {
    Ok(page.annotations().await?.len())
}

/// Holds that all is there after a reload, in both copies.
async fn hold_saved(page: &Page, marks: usize) -> Result<()> {
    page.until_saved().await?;
    ensure!(
        page.js("return !document.querySelector('.unsaved')").await? == json!(true),
        "it still says that it is not"
    );
    page.reload().await?;
    ensure!(annotations(page).await? == marks, "{} marks", annotations(page).await?);
    page.both_copies().await.map(drop)
}

/// Holds that the file that is offered has all that was done.
async fn hold_offered(page: &Page, marks: usize) -> Result<()> {
    let (_, file) = page.save(async || page.click_button("Save all to a file", ".unsaved").await).await?;
    let file: Value = e2e::from_str(&file)?;
    let found = file["sheets"][0]["annotations"].as_array().map_or(0, Vec::len);
    ensure!(found == marks, "{found} marks in the file");
    Ok(())
}

#[tokio::test]
async fn without_room_it_says_so_and_saves_once_there_is_some() -> Result<()> {
    let settings = Settings::LAPTOP.needing(&[Need::Storage]);
    journey("without room it says so and saves once there is some", settings, async |page| {
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.until_saved().await?;
        let origin = page.text("return location.origin").await?;
        let quota = json!({ "origin": origin, "quotaSize": 1_000_000 });
        // The browser remembers for a while how much room there was, and less room lasts as long as the page does
        // for which it was asked.
        page.start_again().await?;
        let app = page.window().await?;
        let other = page.new_window().await?;
        page.go_to("seeds/festival-sign.txt").await?;
        page.devtools("Storage.overrideQuotaForOrigin", quota).await?;
        page.to_window(&app).await?;
        page.open().await?;
        // The browser packs what it stores: only what has no pattern needs its room.
        page.js("
            const word = () => Math.random().toString(36).slice(2);
            annotator.load(Array.from({ length: 200_000 }, word).join(' '), { title: 'Much' })")
            .await?;
        let why = page.until_not_saved().await?;
        ensure!(why.contains("no room left"), "{why}");
        page.js("annotator.annotate('entity', 1, 5)").await?;
        page.js("annotator.annotate('claim', 1, 5)").await?;
        let (_, file) = page.save(async || page.click_button("Save all to a file", ".unsaved").await).await?;
        ensure!(file.len() > 2_000_000, "the file lacks the article: {} bytes", file.len());
        page.to_window(&other).await?;
        page.devtools("Storage.overrideQuotaForOrigin", json!({ "origin": origin })).await?;
        page.to_window(&app).await?;
        hold_saved(page, 2).await
    })
    .await
}

#[tokio::test]
async fn where_nothing_can_be_kept_the_page_works_in_memory() -> Result<()> {
    journey("where nothing can be kept the page works in memory", Settings::LAPTOP, async |page| {
        page.forget().await?;
        // With the cookies the browser takes all the rest away.
        let denied = "{ get() { throw new DOMException('denied', 'SecurityError') } }";
        let script = format!(
            "{{ const harm = {{
                1: () => Object.defineProperty(self, 'indexedDB', {denied}),
                2: () => Object.defineProperty(self, 'indexedDB', {{ value: undefined }}),
                3: () => IDBFactory.prototype.open = () => {{ throw new DOMException('denied', 'SecurityError') }},
            }}[location.search.slice(1)];
            if (harm) {{
                harm();
                Object.defineProperty(self, 'localStorage', {denied});
                delete Navigator.prototype.storageBuckets;
            }} }}"
        );
        page.run_first(&script);
        for harm in ["?1", "?2", "?3"] {
            page.abandon(harm).await?;
            let why = page.until_not_saved().await?;
            ensure!(why.contains("keeps nothing for this page"), "{harm}: {why}");
            page.until_js("the sample", "return annotator.article()").await?;
            page.drag_over("Desmond Arkley", 0).await?;
            page.press("3").await?;
            page.until_marks(&["entity: Desmond Arkley"]).await?;
            hold_offered(page, 1).await?;
        }
        Ok(())
    })
    .await
}

/// Has the first copy brought to a version, until `letGo` is called: an upgrade that goes on and on holds up everybody
/// else.
async fn hold_up_the_first_copy(page: &Page, version: u32) -> Result<()> {
    let script = format!(
        "const request = indexedDB.open(NAME, {version});
        request.onupgradeneeded = () => {{
            let held = true;
            window.letGo = () => held = false;
            const db = request.result;
            const store = db.objectStoreNames.contains('log')
                ? request.transaction.objectStore('log') : db.createObjectStore('log');
            const keep = () => {{ if (held) store.count().onsuccess = keep; }};
            keep();
            request.onsuccess = () => db.close();
        }}"
    );
    page.at_copies(&script).await?;
    page.until_js("an upgrade", "return window.letGo").await.map(drop)
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_used_when_it_does() -> Result<()> {
    journey("a database that does not answer is used when it does", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.leave().await?;
        let first = page.window().await?;
        hold_up_the_first_copy(page, 2001).await?;
        let second = page.new_window().await?;
        page.open().await?;
        let why = page.until_not_saved().await?;
        ensure!(why.contains("does not answer"), "{why}");
        page.load("We open at nine.", "Nine").await?;
        page.js("annotator.annotate('claim', 3, 7)").await?;
        hold_offered(page, 1).await?;
        ensure!(page.chip().await? == json!("failed"));

        page.to_window(&first).await?;
        page.js("letGo()").await?;
        page.to_window(&second).await?;
        page.until_saved().await?;
        let file = page.export().await?;
        let titles: Vec<&str> =
            file["articles"].as_array().into_iter().flatten().filter_map(|a| a["title"].as_str()).collect();
        ensure!(titles.len() == 2 && titles.contains(&"Nine"), "{titles:?}");
        hold_saved(page, 1).await
    })
    .await
}

#[tokio::test]
async fn a_first_visit_does_not_wait_for_its_databases() -> Result<()> {
    journey("a first visit does not wait for its databases", Settings::LAPTOP, async |page| {
        page.forget().await?;
        let first = page.window().await?;
        let script = "for (const kept of await navigator.serviceWorker.getRegistrations()) await kept.unregister()";
        page.at_copies(script).await?;
        hold_up_the_first_copy(page, 2000).await?;
        let second = page.new_window().await?;
        page.open().await?;
        page.js("annotator.annotate('claim', 3, 7)").await?;
        ensure!(page.js("return annotator.annotations().length").await? == json!(1), "nothing to work with");
        ensure!(page.chip().await? != json!("saved"), "called saved before there is where to");

        page.to_window(&first).await?;
        page.js("letGo()").await?;
        page.to_window(&second).await?;
        page.until_saved().await?;
        page.leave().await?;
        ensure!(page.both_copies().await? == 2, "the article and a mark");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_the_browser_takes_away_is_saved_again() -> Result<()> {
    let settings = Settings::LAPTOP.needing(&[Need::Storage]);
    journey("what the browser takes away is saved again", settings, async |page| {
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.until_saved().await?;
        let origin = page.text("return location.origin").await?;
        let cleared = json!({ "origin": origin, "storageTypes": "indexeddb,storage_buckets" });
        page.devtools("Storage.clearDataForOrigin", cleared).await?;
        page.until_js("the notice", "return document.querySelector('.notice')").await?;
        ensure!(page.notice().await?.contains("saved again"), "{}", page.notice().await?);
        page.js("annotator.annotate('claim', 1, 5)").await?;
        hold_saved(page, 2).await?;
        ensure!(page.notice().await?.is_empty(), "it is told once: {}", page.notice().await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_connection_that_fails_is_opened_again() -> Result<()> {
    journey("a connection that fails is opened again", Settings::LAPTOP, async |page| {
        page.until_saved().await?;
        page.js("
            window.real = IDBDatabase.prototype.transaction;
            IDBDatabase.prototype.transaction = () => {
                throw new DOMException('The connection is closing.', 'InvalidStateError');
            };
            annotator.annotate('entity', 1, 5)")
            .await?;
        let why = page.until_not_saved().await?;
        ensure!(why.contains("The connection is closing"), "{why}");
        page.js("IDBDatabase.prototype.transaction = real").await?;
        hold_saved(page, 1).await
    })
    .await
}

#[tokio::test]
async fn where_only_the_second_copy_fails_that_is_said_and_made_good() -> Result<()> {
    journey("where only the second copy fails that is said and made good", Settings::LAPTOP, async |page| {
        page.forget().await?;
        page.run_first(
            "{
                const none = () => { throw new DOMException('no second one', 'AbortError') };
                if (self.StorageBucketManager) StorageBucketManager.prototype.open = async () => none();
                const open = IDBFactory.prototype.open;
                IDBFactory.prototype.open = function (name, ...rest) {
                    return window.mended || !name.endsWith('-second') ? open.call(this, name, ...rest) : none();
                };
            }",
        );
        page.open().await?;
        let why = page.until_not_saved().await?;
        ensure!(why.contains("one of the two copies") && why.contains("no second one"), "{why}");
        page.js("annotator.annotate('quote', 1, 5)").await?;
        hold_offered(page, 1).await?;
        page.js("window.mended = true").await?;
        page.until_saved().await?;
        ensure!(page.both_copies().await? == 2);
        Ok(())
    })
    .await
}

/// The first copy's database is one that the browser can't use until it was deleted; `how` says in which way.
async fn is_made_anew(name: &'static str, how: &'static str) -> Result<()> {
    journey(name, Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 1, 5); annotator.annotate('claim', 7, 9)").await?;
        page.leave().await?;
        page.run_first(&format!(
            "{{
                const gone = () => {{ throw new DOMException('malformed', 'UnknownError') }};
                const {{ open, deleteDatabase }} = IDBFactory.prototype;
                const isTorn = (factory, name) =>
                    factory === self.indexedDB && name === 'article-annotator' && !localStorage.getItem('deleted');
                IDBFactory.prototype.open = function (name, ...rest) {{
                    const torn = isTorn(this, name);
                    if (torn && {how} === 'open') gone();
                    const request = open.call(this, name, ...rest);
                    request.addEventListener('success', () => request.result.torn = torn);
                    return request;
                }};
                IDBFactory.prototype.deleteDatabase = function (name) {{
                    if (isTorn(this, name)) localStorage.setItem('deleted', 'yes');
                    return deleteDatabase.call(this, name);
                }};
                const all = IDBObjectStore.prototype.getAll;
                IDBObjectStore.prototype.getAll = function (...rest) {{
                    return this.transaction.db.torn && {how} === 'read' ? gone() : all.apply(this, rest);
                }};
            }}",
            how = json!(how),
        ));
        page.open().await?;
        let told = "return one('.notices').innerText.includes('made again from the other one')";
        page.until_js("word of the copy that was made again", told).await?;
        page.until_saved().await?;
        // Which article was open stood in the copy that is gone.
        page.click_button("Corriston", ".rows").await?;
        page.until_is("the annotations", "return annotator.article()?.annotations", json!(2)).await?;
        page.js("annotator.annotate('entity', 11, 13)").await?;
        page.until_saved().await?;
        page.reload().await?;
        page.until_is("the annotations", "return annotator.article()?.annotations", json!(3)).await?;
        ensure!(page.both_copies().await? > 0, "no log");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_copy_that_cannot_be_opened_any_more_is_made_anew() -> Result<()> {
    is_made_anew("a copy that cannot be opened any more is made anew", "open").await
}

#[tokio::test]
async fn a_copy_that_cannot_be_read_any_more_is_made_anew() -> Result<()> {
    is_made_anew("a copy that cannot be read any more is made anew", "read").await
}

/// As WebKit's does: one that is torn ends the connection to the other one, which can be opened again only after that.
#[tokio::test]
async fn a_torn_database_does_not_keep_the_other_one_down() -> Result<()> {
    journey("a torn database does not keep the other one down", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 1, 5); annotator.annotate('claim', 7, 9)").await?;
        page.leave().await?;
        page.run_first(
            "{
                const { open, deleteDatabase } = IDBFactory.prototype;
                const isFirst = (factory, name) => factory === self.indexedDB && name === 'article-annotator';
                let isDown = false;
                IDBFactory.prototype.open = function (name, ...rest) {
                    const down = isDown;
                    isDown = isFirst(this, name) && !localStorage.getItem('deleted');
                    if (down || isDown) throw new DOMException('connection lost', 'UnknownError');
                    return open.call(this, name, ...rest);
                };
                IDBFactory.prototype.deleteDatabase = function (name) {
                    if (isFirst(this, name)) localStorage.setItem('deleted', 'yes');
                    return deleteDatabase.call(this, name);
                };
            }",
        );
        page.open().await?;
        let told = "return one('.notices').innerText.includes('made again from the other one')";
        page.until_js("word of the copy that was made again", told).await?;
        page.until_saved().await?;
        ensure!(page.js("return localStorage.getItem('deleted')").await? == json!("yes"), "it was not made anew");
        page.click_button("Corriston", ".rows").await?;
        page.until_is("the annotations", "return annotator.article()?.annotations", json!(2)).await
    })
    .await
}

#[tokio::test]
async fn no_copy_is_deleted_while_the_other_one_holds_nothing() -> Result<()> {
    journey("no copy is deleted while the other one holds nothing", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.leave().await?;
        page.at_copies("await wipe(1)").await?;
        page.run_first(
            "{
                const { open, deleteDatabase } = IDBFactory.prototype;
                const isFirst = (factory, name) => factory === self.indexedDB && name === 'article-annotator';
                IDBFactory.prototype.open = function (name, ...rest) {
                    if (!window.mended && isFirst(this, name)) throw new DOMException('just now', 'UnknownError');
                    return open.call(this, name, ...rest);
                };
                IDBFactory.prototype.deleteDatabase = function (name) {
                    window.deleted = true;
                    return deleteDatabase.call(this, name);
                };
            }",
        );
        page.open().await?;
        page.until_not_saved().await?;
        ensure!(page.js("return window.deleted ?? false").await? == json!(false), "it was deleted");
        page.js("window.mended = true").await?;
        page.until_saved().await?;
        page.click_button("Corriston", ".rows").await?;
        page.until_is("the annotation", "return annotator.article()?.annotations", json!(1)).await
    })
    .await
}

#[tokio::test]
async fn what_only_the_second_copy_has_comes_as_soon_as_it_can_be_read() -> Result<()> {
    journey("what only the second copy has comes as soon as it can be read", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 1, 5); annotator.annotate('claim', 7, 9)").await?;
        page.leave().await?;
        page.at_copies("await alter(0, async ({ log }) => await flip(log, 2))").await?;
        page.run_first(
            "{
                const none = () => { throw new DOMException('no second one', 'AbortError') };
                const open = IDBFactory.prototype.open;
                IDBFactory.prototype.open = function (name, ...rest) {
                    return window.mended || !name.endsWith('-second') ? open.call(this, name, ...rest) : none();
                };
                const buckets = self.StorageBucketManager?.prototype;
                const bucket = buckets?.open;
                if (bucket) buckets.open = async function (name, ...rest) {
                    return window.mended ? bucket.call(this, name, ...rest) : none();
                };
            }",
        );
        page.open().await?;
        page.until_not_saved().await?;
        ensure!(annotations(page).await? == 1, "the damaged one can be read");
        page.js("annotator.annotate('entity', 11, 13)").await?;
        page.js("window.mended = true").await?;
        page.until_saved().await?;
        ensure!(annotations(page).await? == 3, "something is missing");
        ensure!(page.both_copies().await? == 4);
        Ok(())
    })
    .await
}

const NEWER: &str = "newer version of the app";

#[tokio::test]
async fn an_older_app_that_meets_a_newer_store_only_reads() -> Result<()> {
    journey("an older app that meets a newer store only reads", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.until_saved().await?;
        // The newer app comes while the older one is open, and has just saved something.
        page.js("annotator.annotate('entity', 7, 9)").await?;
        page.at_copies("const db = await settle(indexedDB.open(NAME, 3000)); db.close()").await?;
        let why = page.until_not_saved().await?;
        ensure!(why.contains(NEWER), "{why}");
        page.js("annotator.annotate('claim', 1, 5)").await?;
        hold_offered(page, 3).await?;
        ensure!(page.chip().await? == json!("failed"), "it no longer says that nothing is saved");
        ensure!(page.at_copies("return (await held(0)).log.length").await? == json!(3), "something was written");
        // The older app comes when the newer one was there.
        page.abandon("").await?;
        let why = page.until_not_saved().await?;
        ensure!(why.contains(NEWER), "{why}");
        ensure!(annotations(page).await? == 2, "what can be read is shown");
        page.js("annotator.annotate('claim', 1, 5)").await?;
        hold_offered(page, 3).await?;
        ensure!(page.at_copies("return (await held(0)).log.length").await? == json!(3), "something was written");
        Ok(())
    })
    .await
}

/// A record of the log in a version to come, whole by its checksum.
const NEWER_RECORD: &str = "
    const crc = bytes => {
        let crc = -1;
        for (const byte of bytes) {
            crc ^= byte;
            for (let bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ (crc & 1 ? 0xedb88320 : 0);
        }
        return ~crc >>> 0;
    };
    const content = [99, 1, 2, 3], sum = crc(content);
    const record = new Uint8Array([sum, sum >>> 8, sum >>> 16, sum >>> 24, ...content]);";

#[tokio::test]
async fn a_record_of_a_newer_version_stops_all_writing() -> Result<()> {
    journey("a record of a newer version stops all writing", Settings::LAPTOP, async |page| {
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.until_saved().await?;
        // Another tab with the newer app writes while this one is open.
        let write = format!("{NEWER_RECORD} await alter(0, ({{ log }}) => log.add(record, 3))");
        page.at_copies(&write).await?;
        page.js("annotator.annotate('claim', 1, 5)").await?;
        let why = page.until_not_saved().await?;
        ensure!(why.contains(NEWER), "{why}");
        hold_offered(page, 2).await?;
        page.abandon("").await?;
        let why = page.until_not_saved().await?;
        ensure!(why.contains(NEWER), "{why}");
        ensure!(annotations(page).await? == 1, "what can be read is shown");
        page.js("annotator.annotate('claim', 1, 5)").await?;
        hold_offered(page, 2).await?;
        let kept = page.at_copies("return [(await held(0)).log.length, (await held(1)).log.length]").await?;
        ensure!(kept == json!([3, 2]), "something was written: {kept}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_program_that_traps_leaves_a_page_with_the_work() -> Result<()> {
    journey("a program that traps leaves a page with the work", Settings::LAPTOP, async |page| {
        // A call with an address that is none, as from a listener: nobody catches what comes of it. Two numbers are
        // what the start of the program takes, which would only start another one.
        page.run_first(
            "for (const name of ['instantiate', 'instantiateStreaming']) {
                const real = WebAssembly[name];
                WebAssembly[name] = async (...given) => {
                    const made = await real.apply(WebAssembly, given);
                    window.program = (made.instance ?? made).exports;
                    return made;
                };
            }
            window.breakProgram = () => {
                const call = given => given(-16, -16, -16, -16);
                const traps = given => {
                    try {
                        call(given);
                    } catch (error) {
                        return error instanceof WebAssembly.RuntimeError;
                    }
                };
                const functions = Object.values(program).filter(given => typeof given === 'function' && given.length > 2);
                const found = functions.find(traps);
                setTimeout(() => call(found));
            };",
        );
        page.reload().await?;
        page.js("annotator.annotate('quote', 1, 5)").await?;
        page.until_saved().await?;
        page.js("breakProgram()").await?;
        page.until_js("the page for it", "return document.querySelector('main.broken h1')").await?;
        ensure!(page.js("return document.querySelector('.app') === null").await? == json!(true), "the app is still there");
        let (name, file) = page.save(async || page.click_button("Save all to a file", "main.broken").await).await?;
        ensure!(name.ends_with(".json"), "{name}");
        let file: Value = e2e::from_str(&file)?;
        ensure!(file["sheets"][0]["annotations"].as_array().is_some_and(|all| all.len() == 1), "{}", file["sheets"]);
        page.expect_complaints("RuntimeError").await?;
        page.click_button("Reload", "main.broken").await?;
        page.ready().await?;
        page.until_js("the mark", "return annotator.annotations().length === 1").await?;
        page.both_copies().await.map(drop)
    })
    .await
}
