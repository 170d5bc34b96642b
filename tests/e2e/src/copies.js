// The two copies of what the app keeps, as any other page of the same origin could reach them.
const settle = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const NAME = 'article-annotator';
const place = async at => {
  try {
    if (at) return [(await navigator.storageBuckets.open(NAME)).indexedDB, NAME];
  } catch {
    return [indexedDB, `${NAME}-second`];
  }
  return [indexedDB, NAME];
};
// Does something with one of the copies, and lets go of it.
const withCopy = async (at, use) => {
  const [factory, name] = await place(at);
  const db = await settle(factory.open(name));
  try {
    return await use(db);
  } finally {
    db.close();
  }
};
const whole = transaction => new Promise((resolve, reject) => {
  transaction.oncomplete = resolve;
  transaction.onabort = () => reject(transaction.error);
});
// Changes a copy: `change` gets its stores.
const alter = (at, change) => withCopy(at, async db => {
  const transaction = db.transaction([...db.objectStoreNames], 'readwrite');
  await change(Object.fromEntries([...db.objectStoreNames].map(name => [name, transaction.objectStore(name)])));
  await whole(transaction);
});
const wipe = async at => {
  const [factory, name] = await place(at);
  await settle(factory.deleteDatabase(name));
};
// All that a copy holds, but for where things were left and what stands aside.
const held = at => withCopy(at, async db => {
  const all = {};
  for (const name of ['log', 'texts', 'snapshots', 'meta']) {
    const store = db.transaction(name).objectStore(name);
    const [keys, values] = [await settle(store.getAllKeys()), await settle(store.getAll())];
    all[name] = keys.map((key, i) => [String(key), ArrayBuffer.isView(values[i]) ? [...values[i]].join() : String(values[i])]);
  }
  all.meta = all.meta.filter(([key]) => key === 'marker');
  return all;
});
const flip = async (store, key, at = -1) => {
  const bytes = await settle(store.get(key));
  bytes.set([bytes.at(at) ^ 1], at < 0 ? bytes.length + at : at);
  store.put(bytes, key);
};
