// What the journeys need to find things on the page. It reads the page as a person sees it and
// knows nothing of the app's own offsets.
const all = selector => [...document.querySelectorAll(selector)];
const one = selector => {
  const found = document.querySelector(selector);
  if (!found) throw Error(`${selector} is not on the page`);
  return found;
};
const shown = element => !!element && element.checkVisibility({ visibilityProperty: true });
// The range of some words in the article: the nth time that a piece of text holds them.
const rangeOf = (words, nth = 0) => {
  for (const piece of all('[data-piece]')) {
    const text = piece.textContent;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      if (nth-- > 0) continue;
      const range = document.createRange();
      // The node that holds a unit, and where in it; of two that meet there, the one that holds it.
      const point = unit => {
        const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
        let node;
        while ((node = walker.nextNode()) && unit >= node.length) unit -= node.length;
        return [node, unit];
      };
      range.setStart(...point(at));
      const [node, unit] = point(at + words.length - 1);
      range.setEnd(node, unit + 1);
      return range;
    }
  }
  throw Error(`“${words}” is not in the article`);
};
// Scrolls some words into view; gives the points where they begin and end, in the middle of the line. Nothing where
// the browser has not laid them out yet: then their section is brought into view, and one asks again.
const placeOf = (words, nth) => {
  const scroller = one('.text');
  const range = rangeOf(words, nth);
  if (!range.getClientRects().length) {
    range.startContainer.parentElement.closest('.section').scrollIntoView({ block: 'center' });
    return null;
  }
  const rects = () => {
    const found = [...rangeOf(words, nth).getClientRects()].filter(rect => rect.width > 0);
    return found.length ? found : [...rangeOf(words, nth).getClientRects()];
  };
  for (let i = 0; i < 3; i++) {
    const around = scroller.getBoundingClientRect();
    const [first, last] = [rects().at(0), rects().at(-1)];
    if (first.top < around.top + 60 || last.bottom > Math.min(around.bottom, innerHeight) - 120) {
      scroller.scrollTop += first.top - around.top - around.height / 3;
    }
  }
  const [first, last] = [rects().at(0), rects().at(-1)];
  return {
    from: [first.left, (first.top + first.bottom) / 2],
    to: [last.right, (last.top + last.bottom) / 2],
    middle: [(first.left + first.right) / 2, (first.top + first.bottom) / 2],
  };
};
const middleOf = element => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return [(left + right) / 2, (top + bottom) / 2];
};
// Holds back every commit that has to reach the disk from now on, until its function in `held` is called; with
// `letGo()` all of them, and those to come.
const holdCommits = () => {
  const real = IDBDatabase.prototype.transaction;
  window.held = [];
  window.letGo = () => {
    IDBDatabase.prototype.transaction = real;
    held.forEach(letOneGo => letOneGo());
  };
  IDBTransaction.prototype.commit = () => {};
  IDBDatabase.prototype.transaction = function (...given) {
    const transaction = real.apply(this, given);
    if (given[1] !== 'readwrite' || given[2]?.durability !== 'strict') return transaction;
    const store = transaction.objectStore(transaction.objectStoreNames[0]);
    let wait = true;
    const keep = () => { if (wait) store.count().onsuccess = keep; };
    keep();
    held.push(() => wait = false);
    return transaction;
  };
};
// A button by the words on it or its name, inside what is asked for.
const button = (name, within = 'body') => {
  const named = element => element.getAttribute('aria-label') ?? element.textContent.trim();
  const found = all(['button', 'a', 'label', '[role=option]'].map(kind => `${within} ${kind}`).join()).filter(shown);
  const exact = found.find(element => named(element) === name) ?? found.find(element => named(element).startsWith(name));
  if (!exact) throw Error(`no “${name}” in ${within}; there are: ${found.map(named).join(' | ')}`);
  return exact;
};
const chosen = () => {
  const [range] = CSS.highlights.get('chosen') ?? [];
  return range ? range.toString() : '';
};
// What follows is for the long article, whose paragraphs start with “Part 0123.”: those of its pieces that are in
// sight, asked of few, since asking where a piece stands makes the browser lay out what it had skipped.
const inSight = () => {
  const { top, bottom } = one('.text').getBoundingClientRect();
  const seen = element => {
    const rect = element.getBoundingClientRect();
    return rect.bottom > top && rect.top < bottom && rect.height > 0;
  };
  const within = (elements, selector) => elements.filter(seen).flatMap(element => [...element.querySelectorAll(selector)]);
  const pieces = within(within(all('.chapter'), '.section'), '[data-piece]');
  return pieces.filter(piece => piece.textContent.startsWith('Part ') && seen(piece));
};
// What is drawn wrongly in a paragraph; nothing where its marks are just those of the file.
const wrongMarks = piece => {
  const open = [], drawn = [];
  for (const part of piece.querySelectorAll('.m')) {
    const lane = [...part.classList].filter(name => /^(c|lane-)/.test(name)).join(' ');
    if (part.classList.contains('first')) open.push({ lane, text: '' });
    const mark = open.findLast(mark => mark.lane === lane);
    if (!mark) return [`${piece.textContent.slice(0, 10)}: a mark without a start`];
    mark.text += part.textContent;
    if (part.classList.contains('last')) drawn.push(...open.splice(open.indexOf(mark), 1));
  }
  const found = drawn.map(mark => mark.text).sort().join(' | ');
  const wanted = [...window.wantedMarks[piece.textContent.slice(0, 10)]].sort().join(' | ');
  return found === wanted ? [] : [`${piece.textContent.slice(0, 10)} has ${drawn.length} marks`];
};
// Where words stand, with nothing scrolled.
const whereIs = (words, nth) => {
  const rects = [...rangeOf(words, nth).getClientRects()].filter(rect => rect.width > 0);
  const [first, last] = [rects.at(0), rects.at(-1)];
  return {
    from: [first.left, (first.top + first.bottom) / 2],
    to: [last.right, (last.top + last.bottom) / 2],
    middle: [(first.left + first.right) / 2, (first.top + first.bottom) / 2],
  };
};
// The ends of the highlighted selection in UTF-16 units of the whole text: each paragraph stands there once.
const placeOfHighlight = () => {
  const [range] = CSS.highlights.get('chosen') ?? [];
  if (!range) return [];
  const unit = (node, at) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const piece = element.closest('[data-piece]');
    const before = document.createRange();
    before.setStart(piece, 0);
    before.setEnd(node, at);
    return window.longText.indexOf(piece.textContent) + before.toString().length;
  };
  return [unit(range.startContainer, range.startOffset), unit(range.endContainer, range.endOffset)];
};
// How far a handle is from its end of the selected mark; nothing where it stands there, in sight.
const offHandle = which => {
  const parts = all('.host .m.active');
  const part = which === 'start' ? parts.find(part => part.matches('.first')) : parts.findLast(part => part.matches('.last'));
  if (!part) return 'its end of the mark is not drawn';
  const rects = [...part.getClientRects()].filter(rect => rect.width > 0);
  const rect = which === 'start' ? rects.at(0) : rects.at(-1);
  const handle = one(`.handle.${which}`).getBoundingClientRect();
  const beside = (handle.left + handle.right) / 2 - (which === 'start' ? rect.left : rect.right);
  const below = (handle.top + handle.bottom) / 2 - (rect.top + rect.bottom) / 2;
  if (Math.abs(beside) > 3 || Math.abs(below) > 8) return `${Math.round(beside)} beside, ${Math.round(below)} below`;
  const around = one('.text').getBoundingClientRect();
  return handle.top >= around.top && handle.bottom <= around.bottom ? '' : 'out of sight';
};
