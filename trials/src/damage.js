// Does harm to one record, the same in one copy or in both; gives what it was. The record and the kind are drawn by the
// numbers that are given, from 0 to 1.
const one = (list, at) => list[Math.floor(at * list.length)];
const flipped = (bytes, at) => bytes.map((byte, i) => (i === Math.floor(at * bytes.length) ? byte ^ (1 + Math.floor(at * 1e4) % 255) : byte));
const KINDS = {
  'deleted': null,
  'one byte flipped': flipped,
  'cut off': (bytes, at) => bytes.slice(0, Math.floor(at * bytes.length)),
  'overwritten': (bytes, at) => bytes.map((byte, i) => (i < at * bytes.length ? byte : Math.floor(at * (i + 7) * 1e3) % 256)),
  'of another type': (_, at) => one([{}, 'text', 7, [1, 2], true, new Date(0), new Uint16Array(3), new ArrayBuffer(5)], at),
};
const STORES = ['log', 'log', 'log', 'log', 'texts', 'snapshots', 'meta'];

const harm = async ({ copies, store, record, kinds, ats, name }) => {
  const which = one(STORES, store);
  const keys = await withCopy(copies[0], async db => settle(db.transaction(which).objectStore(which).getAllKeys()));
  if (!keys.length) return null;
  // A text is one of many only where its name was given.
  const key = which === 'texts' && copies.length > 1 ? name : one(keys, record);
  const done = [];
  for (const [i, at] of copies.entries()) {
    const kind = one(Object.keys(KINDS), kinds[i]);
    await alter(at, async stores => {
      const value = await settle(stores[which].get(key));
      const change = KINDS[kind];
      if (!change) stores[which].delete(key);
      else if (ArrayBuffer.isView(value)) stores[which].put(change(value, ats[i]), key);
      else stores[which].put(KINDS['of another type'](value, ats[i]), key);
    });
    done.push(kind);
  }
  return { store: which, key: String(key), done };
};
