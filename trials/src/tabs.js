// One of two tabs at work on the same article: so many changes, as quickly as the page takes them, in batches after
// which it waits for “Saved”. What was there then is remembered, and what it takes away itself.
const ids = () => annotator.annotations().map(annotation => annotation.id);
const next = () => new Promise(go => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => go(port1.close());
  port2.postMessage(0);
});
const key = async (key, ctrlKey = false) => {
  document.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
  await next();
};
// A generator of numbers from 0 to 1 that a seed repeats (mulberry32).
const chance = seed => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const pause = time => new Promise(go => setTimeout(go, time));
const chip = () => document.querySelector('.saving').dataset.state;

const work = async ({ changes, seed }) => {
  const draw = chance(seed);
  const { codePoints } = annotator.article();
  const tab = window.tab = { left: changes, saved: new Set(), taken: new Set(), kinds: {}, failed: '', gone: [] };
  // What a change took away that was meant to; what else went, and with which, is kept for whoever looks for a cause.
  let there = new Set(ids());
  annotator.subscribe(({ kind, title, at }) => {
    const now = new Set(ids());
    const gone = [...there].filter(id => !now.has(id));
    if (kind !== 'do' || title.endsWith('deleted')) gone.forEach(id => tab.taken.add(id));
    else if (gone.length) tab.gone.push({ title, at, gone });
    there = now;
  });
  const kinds = {
    mark: async () => {
      const length = 3 + Math.floor(draw() * 40);
      const start = Math.floor(draw() * (codePoints - length));
      annotator.annotate(['quote', 'claim', 'entity'][length % 3], start, start + length);
      await next();
    },
    relabel: async () => {
      await key(draw() < 0.5 ? 'n' : 'p');
      await key(String(1 + Math.floor(draw() * 3)));
      await key('Escape');
    },
    remove: async () => {
      await key(draw() < 0.5 ? 'n' : 'p');
      await key('Delete');
    },
    undo: () => key('z', true),
    redo: () => key('y', true),
  };
  const names = ['mark', 'mark', 'mark', 'mark', 'mark', 'mark', 'mark', 'relabel', 'remove', 'undo', 'redo'];
  while (tab.left > 0) {
    for (let batch = Math.min(tab.left, 1 + Math.floor(draw() * 20)); batch > 0; batch -= 1) {
      const name = names[Math.floor(draw() * names.length)];
      await kinds[name]();
      tab.kinds[name] = (tab.kinds[name] ?? 0) + 1;
      tab.left -= 1;
    }
    // Under load the chip may be a step behind; a “saved” that stays counts for what was there when it came.
    do await pause(5); while (chip() === 'saving');
    const called = ids();
    await pause(50);
    if (chip() === 'saved') called.forEach(id => tab.saved.add(id));
    if (chip() === 'failed') tab.failed = document.querySelector('.unsaved').innerText;
  }
};
