// The two databases themselves: where they lie, how each is opened, asked and committed to, and what Chromium does to the
// log of one that was torn. When which is written is the business of copies.js.

export const STORES = ["log", "texts", "snapshots", "meta", "aside"];
// Layouts go by the thousand: within one, the number grows only when something that was lost is made again.
export const [LAYOUT, NEXT_LAYOUT] = [2000, 3000];
// More than two logs of a database in Chromium hold. A value any larger would go into a file of its own.
const [FILLINGS, FILLING] = [80, 60_000];

// What the databases are called.
export const name = "article-annotator";
// Those that are open.
export const copies = [null, null];
// Whether the log of a database may be torn (1), and whether it may have gone on behind that (2).
export const frail = [0, 0];

export const ask = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export const begin = (at, stores, mode = "readwrite", durability = "strict") =>
  copies[at].transaction(stores, mode, { durability });

export const commit = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = resolve;
  transaction.onabort = () => reject(transaction.error);
  transaction.commit?.();
});

// The storage bucket of a copy. The first one has none, unless it had to be made anew.
const bucket = (at) => (at ? name : `${name}-first`);

// Where a copy is kept, and under which name.
const place = async (at) => {
  const factory = self.indexedDB;
  if (!factory) throw { name: "SecurityError" };
  try {
    const buckets = navigator.storageBuckets;
    if (at || (await buckets.keys()).includes(bucket(at))) {
      return [(await buckets.open(bucket(at), { durability: "strict" })).indexedDB, name];
    }
  } catch {}
  return [factory, at ? `${name}-second` : name];
};

const upgraded = (request) => {
  request.onupgradeneeded = () => {
    const db = request.result;
    STORES.filter((store) => !db.objectStoreNames.contains(store)).forEach((store) => db.createObjectStore(store));
  };
  return ask(request);
};

// Opens a database, and makes what it lacks.
export const opened = async (at) => {
  const [factory, called] = await place(at);
  let db = await upgraded(factory.open(called, LAYOUT)).catch((error) => {
    if (error.name !== "VersionError") throw error;
    return ask(factory.open(called));
  });
  const { version } = db;
  if (version < NEXT_LAYOUT && STORES.some((store) => !db.objectStoreNames.contains(store))) {
    db.close();
    db = await upgraded(factory.open(called, version + 1));
  }
  // Once nobody holds the factory of a storage bucket, Chromium no longer answers what was opened through it.
  db.factory = factory;
  frail[at] = +navigator.vendor.startsWith("Google");
  return db;
};

// Takes away a database that can't be opened. Where Chromium can't even do that there is a new bucket.
export const remove = async (at) => {
  const [factory, called] = await place(at);
  await ask(factory.deleteDatabase(called)).catch(async () => {
    const buckets = navigator.storageBuckets;
    await buckets.delete(bucket(at));
    await buckets.open(bucket(at));
  });
};

// Has the log of a database begun anew. Where the browser was killed while it wrote, or the disk was full, Chromium goes
// on behind the torn end of the log as if that were whole; when it next opens the database it finds it damaged, and
// throws all of it away.
export const renewLog = async (at) => {
  frail[at] = 2;
  const transaction = begin(at, ["meta"]);
  const meta = transaction.objectStore("meta");
  for (let i = 0; i < FILLINGS; i += 1) meta.put(new Uint8Array(FILLING), "filling");
  meta.delete("filling");
  await commit(transaction);
  frail[at] = 0;
};

/** The records that were set aside, as a text. */
export async function setAside() {
  const all = [];
  for (const at of [0, 1]) {
    if (!copies[at]) continue;
    const store = begin(at, ["aside"], "readonly").objectStore("aside");
    const [names, values] = await Promise.all([ask(store.getAllKeys()), ask(store.getAll())]);
    names.forEach((record, i) => {
      const value = ArrayBuffer.isView(values[i]) ? [...values[i]] : String(values[i]);
      all.push(JSON.stringify({ copy: at + 1, record, value }));
    });
  }
  return `[${all.join(",\n")}]\n`;
}
