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
// Scrolls some words into view; gives the points where they begin and end, in the middle of the line.
const placeOf = (words, nth) => {
  const scroller = one('.text');
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
// A button by the words on it or its name, inside what is asked for.
const button = (name, within = 'body') => {
  const named = element => element.getAttribute('aria-label') ?? element.textContent.trim();
  const found = all(`${within} button, ${within} a, ${within} [role=option]`).filter(shown);
  const exact = found.find(element => named(element) === name) ?? found.find(element => named(element).startsWith(name));
  if (!exact) throw Error(`no “${name}” in ${within}; there are: ${found.map(named).join(' | ')}`);
  return exact;
};
const chosen = () => {
  const [range] = CSS.highlights.get('chosen') ?? [];
  return range ? range.toString() : '';
};
