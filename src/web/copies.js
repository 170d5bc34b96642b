// The two copies of what is kept in this browser, in databases that fail apart from each other: in Chromium the
// second one lies in a storage bucket, which has a folder of its own, elsewhere in a database of another name.
//
// Bytes in, bytes out; what they mean is the business of the program (store.rs), which hears of everything
// through the one function that it gives here. What holds always:
//
// - An entry is committed to the first copy and only then to the second, so that whatever ends the browser
//   finds one of them at rest. "Saved" is said when both have it. Every commit has reached the disk (strict).
// - The numbers of entries are given in one transaction that looks at the last number and adds, never puts.
//   Where another tab was quicker nothing is written, and the program is told what that tab wrote.
// - One thing is done at a time, by `work`. What fails closes its database, which is opened again a while
//   later; nothing that waits is forgotten.
// - Nothing is written to a database whose log may be torn before that log has been begun anew, and never are both
//   logs at that point (`renewLog`).
// - Nothing is deleted but old snapshots, entries that were folded away, what a person has erased, and a database
//   that the browser can't use any more while the other one holds all.

import { NEXT_LAYOUT, STORES, ask, begin, commit, copies, frail, name, opened, remove, renewLog } from "./database.js";

// The largest number of an entry, and the most records that are read of one kind.
const [LAST, MOST] = [2 ** 50, 100_000];
// How long an open database may be waited for, how long one's turn among the tabs, and how long before
// something is tried again, at first and at most; in milliseconds.
const [PATIENCE, TURN] = [3000, 1000];
const [PAUSE, LONGEST_PAUSE] = [500, 30_000];

// What hears of everything. Until the program is here, what it has to hear waits.
const early = [];
let heard = (...what) => { early.push(what); };
let arrived;
const program = new Promise((resolve) => { arrived = resolve; });
let channel;
// The databases that are being opened, and which of those were waited for in vain.
const opening = [null, null];
const late = [false, false];
// Why the browser can't use a database any more, such as one whose file was torn; why one rests, of which this showed
// first, so that it may have taken the other one down with it; whether a copy held something when it was last read; and
// the first that could not be used.
const broken = [null, null];
const rests = [null, null];
const holds = [false, false];
let suspect;
let [installation, articles] = ["", 0];
// The number of the last entry that the program knows of.
let known = 0;
// What waits to be written: entries with their texts, and a snapshot.
let queue = [];
let snapshots = null;
// What else is to be kept, by name.
const left = new Map();
let erasing = false;
// Whether there is something of which the program has not heard that it is saved.
let unsaved = false;
// Whether the program was told without reading that nothing is kept here.
let told = false;
// Whether both copies have to be read again, and whether they were read together and are whole since.
let [stale, whole] = [true, false];
// Whether there is something new in the log, and whether the program has yet to take in what it was told.
let [news, waiting] = [false, false];
let [alone, busy, stopped] = [true, false, false];
let [due, pause] = [0, PAUSE];
let timer;
let hurry = () => {};

const isReady = () => copies[0] && !stale && !frail[0];
const isOpen = () => copies.every((copy) => copy);
const after = (time) => new Promise((_, late) => setTimeout(late, time, { name: "late" }));

const fail = (at, error) => {
  copies[at]?.close();
  copies[at] = null;
  due = Date.now() + pause;
  pause = Math.min(pause * 2, LONGEST_PAUSE);
  unsaved = true;
  const { name, message } = error ?? {};
  // Chromium has no name of its own for a full disk.
  heard("failed", at, message?.includes("NO_SPACE") ? "QuotaExceededError" : name, message);
};

// What a marker beside the databases says; null where there is none, undefined where none can be.
const marked = (key = name) => {
  try {
    return localStorage.getItem(key);
  } catch {}
};
// Sets such a mark; says whether it could be set.
const mark = (key, value) => {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {}
};
// The copy that took the other one down in the page before.
const torn = `${name}-torn`;
const marker = () => `${installation} ${known} ${articles}`;
const open = async (at) => {
  const db = await opened(at);
  const closed = (version) => {
    db.close();
    if (copies[at] !== db) return;
    copies[at] = null;
    // Only a newer version of the app asks for a layout that this one does not know.
    if (version >= NEXT_LAYOUT) stop("newer");
    stale = true;
    work();
  };
  db.onversionchange = ({ newVersion }) => closed(newVersion);
  db.onclose = () => closed();
  return db;
};

const read = async (at) => {
  const transaction = begin(at, STORES, "readonly");
  const parts = ["log", "snapshots", "texts", "meta"].flatMap((name) => {
    const store = transaction.objectStore(name);
    return [ask(store.getAllKeys(null, MOST)), ask(store.getAll(null, MOST))];
  });
  return Promise.all([...parts, ask(transaction.objectStore("aside").count())]);
};

// Whether two copies hold the same, but for what they say of themselves. The browser is the quickest to tell.
const same = (one, two) => {
  try {
    return !self.indexedDB.cmp(one.slice(0, 6), two.slice(0, 6));
  } catch {
    return false;
  }
};

// What is read of a copy that holds nothing.
const NOTHING = [[], [], [], [], [], [], [], [], 0];

const isNumber = (key) => Number.isInteger(key) && key > 0 && key <= LAST;

const last = async (transaction) => {
  const range = IDBKeyRange.bound(0, LAST);
  const cursors = ["log", "snapshots"].map((name) => ask(transaction.objectStore(name).openKeyCursor(range, "prev")));
  return Math.max(...(await Promise.all(cursors)).map((cursor) => cursor?.key ?? 0));
};

// Waits until no other tab is writing; gives what ends one's own turn. Whoever is alone does not wait, nor does
// who is about to leave; and a tab that does not answer must not hold up the others.
const turn = (isAlone) => new Promise((go) => {
  const nothing = () => {};
  if (isAlone || document.hidden || !navigator.locks) return go(nothing);
  let gone = false;
  const leave = (end) => {
    if (gone) return end();
    gone = true;
    go(end);
  };
  hurry = () => leave(nothing);
  setTimeout(hurry, TURN);
  navigator.locks.request(name, () => new Promise(leave)).catch(hurry);
});

// What goes through localStorage from tab to tab, where nothing else does.
const ping = () => `${name}-ping`;

const stop = (why) => {
  if (stopped) return;
  stopped = true;
  heard(why);
};

// Opens what is not open, but for what rests this time.
const openAll = async () => {
  for (const at of [0, 1]) {
    if (copies[at]) continue;
    [broken[at], rests[at]] = [rests[at], null];
    if (broken[at]) continue;
    // What was late once is not waited for again.
    const patience = late[at] ? 0 : PATIENCE;
    opening[at] ??= open(at);
    late[at] = false;
    try {
      copies[at] = await Promise.race([opening[at], after(patience)]);
      opening[at] = null;
    } catch (error) {
      late[at] = error.name === "late";
      if (late[at]) opening[at].then(() => { due = 0; work(); }, () => {});
      else opening[at] = null;
      suspect ??= at;
      if (error.name === "UnknownError") [broken[at], rests[at]] = [error, broken[1 - at] ? null : error];
      else fail(at, error);
    }
  }
};

// Whether two witnesses say that nobody was here before: no marker, and nothing of the site kept for when there is no
// network. Then the page is shown before the databases are made, which takes longer than all else. For a page from the
// disk there is no second witness.
const isFirst = () =>
  marked() === null && location.protocol !== "file:" && navigator.serviceWorker?.controller === null;

// Opens and reads both copies, and does what the program finds has to be done to them.
const connect = async () => {
  // In WebKit a torn database takes down what is being loaded, and all connections until the page is loaded anew.
  if (navigator.vendor.startsWith("Apple")) await program;
  if (suspect === undefined && marked(torn)) rests[(suspect = +marked(torn))] = { name: "UnknownError" };
  if (!told && isFirst()) {
    told = true;
    await program;
    heard("read", NOTHING, true, null);
    await after(PAUSE).catch(() => {});
  }
  // Where nothing was ever kept nothing can be torn, and both are made at once.
  if (!known && marked() === null) (opening[1] ??= open(1)).catch(() => {});
  await openAll();
  if (broken[0] && broken[1]) await after(PAUSE).catch(openAll);
  const isDown = broken[0] && broken[1] && !known;
  // Not under the hands of whoever works in memory by now.
  if (isDown && marked(torn) === null && mark(torn, suspect) && !queue.length) location.reload();
  await program;
  const end = await turn();
  try {
    // What one copy lacks may stand in the other, once that can be read as well.
    if (stale || !whole && isOpen() || !await isUnchanged()) await gather();
    for (const at of [0, 1]) {
      if (broken[at]) await renew(at);
    }
    for (const at of [0, 1]) {
      await settled(at).catch((error) => fail(at, error));
    }
  } finally {
    end();
  }
};

// Whether a copy can be written to now. Where nothing was kept nothing was torn.
const settled = async (at) => {
  if (!known) frail[at] = 0;
  if (copies[at] && frail[at] && frail[1 - at] < 2) await renewLog(at);
  return !frail[at];
};

// Some databases can never be opened again, in Firefox any whose file was torn. Such a one is made anew once the other
// copy has been read, and only if that holds something, else there may be nothing wrong with this one; and if the other
// one's log is whole, for then it is the only copy.
const renew = async (at) => {
  const why = broken[at];
  broken[at] = null;
  try {
    if (!holds[1 - at] || !copies[1 - at] || !await settled(1 - at)) throw why;
    rests[at] = null;
    copies[at]?.close();
    copies[at] = null;
    await Promise.race([remove(at), after(PATIENCE)]);
    copies[at] = await open(at);
    if (marked(torn)) localStorage.removeItem(torn);
    await gather();
  } catch (error) {
    fail(at, error);
  }
};

const isUnchanged = async () => {
  for (const at of [0, 1]) {
    try {
      if (copies[at] && await last(begin(at, STORES, "readonly")) !== known) return false;
    } catch (error) {
      fail(at, error);
    }
  }
  return true;
};

const gather = async () => {
  const found = [null, null];
  for (const at of [0, 1]) {
    try {
      if (copies[at]) found[at] = await read(at);
    } catch (error) {
      copies[at]?.close();
      copies[at] = null;
      if (error?.name === "UnknownError") broken[at] = error;
      else fail(at, error);
    }
  }
  found.forEach((copy, at) => { holds[at] = copy?.[0].length > 0 || copy?.[2].length > 0; });
  stale = !found.some((copy) => copy);
  whole = found.every((copy) => copy);
  const beside = marked();
  const isSame = whole && same(...found);
  const newer = copies.some((copy) => copy?.version >= NEXT_LAYOUT);
  const answer = heard("read", found[0], isSame || found[1], beside);
  if (answer === "erased") return stop(answer);
  if (newer || !answer) return stop("newer");
  [installation, known, waiting, articles] = answer;
  for (const at of [0, 1]) {
    if (!copies[at]) continue;
    const strange = ["log", "snapshots"].flatMap((store, part) =>
      found[at][part * 2].filter((key) => !isNumber(key)).map((key) => [store, key]));
    try {
      await mend(at, answer[4 + at], [...strange, ...answer[6 + at]], found[at]);
    } catch (error) {
      whole = false;
      fail(at, error);
    }
  }
};

const mend = async (at, erased, repairs, [, , , , , , names, values]) => {
  const isMarked = !known || values[names.indexOf("marker")] === marker();
  if (!erased && !repairs.length && isMarked) return;
  unsaved = true;
  heard("unsaved");
  if (!await settled(at)) throw null;
  const transaction = begin(at, STORES);
  if (erased) clear(transaction, erased);
  for (const [store, key, value] of repairs) {
    const records = transaction.objectStore(store);
    if (value) {
      records.put(value, key);
    } else {
      const damaged = await ask(records.get(key));
      transaction.objectStore("aside").put(damaged, `${store} ${key} ${Date.now()}`);
      records.delete(key);
    }
  }
  if (known) transaction.objectStore("meta").put(marker(), "marker");
  await commit(transaction);
};

const clear = (transaction, erased) => {
  STORES.forEach((store) => transaction.objectStore(store).clear());
  transaction.objectStore("meta").put(erased, "erased");
};

const put = (at, transaction, batch, number) => {
  const log = transaction.objectStore("log");
  for (const [entry, texts] of batch) {
    texts.forEach(([name, text]) => transaction.objectStore("texts").put(text, name));
    number += 1;
    // The second copy gets what the first one has taken.
    at ? log.put(entry, number) : log.add(entry, number);
  }
};

const write = async () => {
  const end = await turn(alone);
  let at = 0;
  try {
    const batch = queue.slice();
    const number = known;
    const first = begin(0, ["log", "texts", "snapshots", "meta"]);
    if (await last(first) !== known) {
      first.abort();
      news = true;
      return await listen();
    }
    put(0, first, batch, number);
    [known, articles] = [known + batch.length, batch.at(-1)[2]];
    first.objectStore("meta").put(marker(), "marker");
    try {
      await commit(first);
    } catch (error) {
      known = number;
      throw error;
    }
    queue.splice(0, batch.length);
    heard("logged", batch.length);
    tell("news");
    if (!copies[1]) return;
    at = 1;
    const second = begin(1, ["log", "texts", "meta"]);
    put(1, second, batch, number);
    second.objectStore("meta").put(marker(), "marker");
    await commit(second);
  } catch (error) {
    fail(at, error);
  } finally {
    end();
  }
};

// Tells the program what others wrote. It asks for the texts that it lacks.
const listen = async () => {
  news = false;
  try {
    const transaction = begin(0, STORES, "readonly");
    const log = transaction.objectStore("log");
    const range = IDBKeyRange.bound(known, LAST, true);
    const [end, numbers, entries] =
      await Promise.all([last(transaction), ask(log.getAllKeys(range)), ask(log.getAll(range))]);
    if (end === known) return;
    // Folded away in the meantime, or lost: both copies tell.
    stale = numbers[0] !== known + 1 || numbers.at(-1) !== end;
    if (stale) return;
    const texts = [];
    for (let name; (name = heard("news", entries, texts)); ) {
      if (name === true) return stop("newer");
      texts.push(name, await ask(begin(0, ["texts"], "readonly").objectStore("texts").get(name)));
    }
    known = end;
    waiting = true;
  } catch (error) {
    fail(0, error);
  }
};

const tidy = async () => {
  const [number, bytes, fold] = snapshots;
  // Where it fails, the next one comes in time.
  snapshots = null;
  const end = await turn(alone);
  let at = 0;
  try {
    for (; at < 2; at += 1) {
      const transaction = begin(at, ["log", "snapshots"]);
      const store = transaction.objectStore("snapshots");
      store.put(bytes, number);
      const numbers = await ask(store.getAllKeys());
      numbers.slice(0, -2).forEach((old) => store.delete(old));
      if (fold) transaction.objectStore("log").delete(IDBKeyRange.upperBound(fold, true));
      await commit(transaction);
    }
    if (fold) heard("folded");
  } catch (error) {
    fail(at, error);
  } finally {
    end();
  }
};

// Not data: where this fails, an article opens at its top.
const leave = async () => {
  const now = [...left];
  left.clear();
  try {
    const transaction = begin(0, ["meta"], "readwrite", "relaxed");
    const meta = transaction.objectStore("meta");
    for (const [name, value] of now) {
      // Another tab may have saved a file meanwhile: the greater line knows more.
      const there = name === "filed" && await ask(meta.get(name));
      if (there > value && heard(name, there)) continue;
      meta.put(value, name);
    }
    await commit(transaction);
  } catch (error) {
    fail(0, error);
  }
};

const eraseAll = async () => {
  erasing = false;
  try {
    if (known && !copies.some((copy) => copy)) throw null;
    for (const at of [0, 1]) {
      if (!copies[at]) continue;
      const transaction = begin(at, STORES);
      clear(transaction, installation);
      await commit(transaction);
    }
    try {
      localStorage.removeItem(name);
    } catch {}
    tell("erased");
    stop("erased");
  } catch (error) {
    stopped = true;
    heard("unerased", error?.name, error?.message);
  }
};

// Does what there is to do, one thing after the other.
const work = async () => {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  while (!stopped && !waiting) {
    if (erasing) await eraseAll();
    else if ((stale || !isOpen()) && Date.now() >= due) await connect();
    else if (isReady() && queue.length) await write();
    else if (copies[0] && !stale && news) await listen();
    else if (isOpen() && snapshots) await tidy();
    else if (isReady() && left.size) await leave();
    else break;
  }
  busy = false;
  if (stopped || waiting) return;
  if (!isOpen() || stale) {
    timer = setTimeout(work, due - Date.now());
  } else if (unsaved) {
    unsaved = false;
    pause = PAUSE;
    mark(name, marker());
    heard("saved");
  }
};

const tell = (word) => {
  channel?.postMessage(word);
  if (alone && word === "news") return;
  mark(ping(), `${word} ${Math.random()}`);
};

const receive = (word) => {
  alone = false;
  if (word === "hello") tell("here");
  if (word === "erased") stop("erased");
  if (word === "news") look();
};

const look = () => {
  news = true;
  work();
};

/** The program is here, and hears of everything through a function. */
export function start(hears) {
  heard = hears;
  early.forEach((what) => heard(...what));
  arrived();
  try {
    channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => receive(data);
  } catch {}
  addEventListener("storage", ({ key, newValue }) => {
    if (key === ping() && newValue) receive(newValue.split(" ")[0]);
  });
  addEventListener("pagehide", () => hurry());
  document.addEventListener("visibilitychange", () => {
    hurry();
    // While nobody looked, what others said may have gone unheard.
    look();
  });
  // Who is the first has nobody to greet.
  if (!told) tell("hello");
  work();
}

/** Takes an entry with the names and the bytes of its texts, and says how many articles there are after it. */
export function append(entry, texts, count) {
  unsaved = true;
  if (waiting) return;
  // What is given stands in the program's memory only as long as this runs.
  queue.push([entry.slice(), texts, count]);
  work();
}

/** Keeps a snapshot of what was after an entry, and folds the log below a number. */
export function snapshot(number, bytes, fold) {
  snapshots = [number, bytes.slice(), fold];
  work();
}

/** Keeps something that is no data, such as where things were left, by name. */
export function keep(name, value) {
  left.set(name, value);
  work();
}

/** "resume": what others wrote was taken in, and what is to be written comes anew. "erase": everything. */
export function act(what) {
  if (what === "erase") {
    erasing = true;
  } else {
    waiting = false;
    queue = [];
  }
  // Not before what is to be written has come.
  Promise.resolve().then(work);
}

// Both databases are opened while the program is still on its way. A worker has no business with them.
if (self.document) work();
