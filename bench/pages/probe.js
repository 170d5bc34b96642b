// What the measuring needs inside a page, the app's and the others' alike. It is there from the first moment, and
// changes nothing on the page.
"use strict";
window.bench = (() => {
  const frame = () => new Promise(drawn => requestAnimationFrame(drawn));
  const frames = async () => {
    await frame();
    await frame();
  };
  const until = async look => {
    for (;;) {
      const found = look();
      if (found) return found;
      await frame();
    }
  };
  const quiet = milliseconds => new Promise(over => setTimeout(over, milliseconds));
  const isApp = () => !document.body.dataset.page;
  const scroller = () => isApp() ? document.querySelector(".text") : document.scrollingElement;
  const host = () => document.querySelector(isApp() ? ".host" : "main");

  // Usable: the app has read what it keeps, or the page's script has run.
  const isReady = () => document.body && (document.body.dataset.page
    ? document.readyState !== "loading"
    : document.querySelector(".app") && !document.querySelector(".loading"));
  let readyAt = 0;
  const ready = until(isReady).then(() => readyAt = performance.now());

  const hasMarks = () => isApp()
    ? document.getElementsByTagName("mark").length > 0
    : [...(CSS.highlights?.values() ?? [])].some(highlight => highlight.size > 0);
  // The next thing that shows after a file was chosen: the question whether to import it, or its marks.
  const shown = async () => {
    const what = await until(() => hasMarks() ? "marks" : isApp() && document.querySelector("dialog:modal .primary") && "dialog");
    await frames();
    return { what, at: performance.now() };
  };
  // Everything is kept, which pages that keep nothing always say, and all of the text is in the page: nothing has come
  // to it for some frames.
  const saved = async () => {
    await until(() => !isApp() || document.querySelector(".saving")?.dataset.state === "saved");
    for (let still = 0, count = -1; still < 6; still++) {
      const now = isApp() ? host()?.childElementCount : -1;
      if (now !== count) [still, count] = [0, now];
      await frame();
    }
  };

  const long = [];
  new PerformanceObserver(list => long.push(...list.getEntries().map(({ startTime, duration }) => [startTime, duration])))
    .observe({ type: "longtask" });
  const longest = since => Math.max(0, ...long.filter(([start]) => start >= since).map(([, duration]) => duration));

  const middle = element => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return [(left + right) / 2, (top + bottom) / 2];
  };
  const button = selector => middle(document.querySelector(selector));

  // Words that are seen, far from the edges: where each begins and ends, in the middle of its line.
  const seenWords = () => {
    const { left, width } = host().getBoundingClientRect();
    const found = new Map();
    for (let y = innerHeight * 0.25; y < innerHeight * 0.75; y += 17) {
      for (let part = 0.1; part < 0.95; part += 0.2) {
        const at = document.caretPositionFromPoint(left + width * part, y);
        const node = at?.offsetNode;
        if (node?.nodeType !== Node.TEXT_NODE || !host().contains(node)) continue;
        const from = node.data.slice(0, at.offset).search(/\p{L}+$/u);
        const length = from < 0 ? 0 : node.data.slice(from).match(/^\p{L}+/u)[0].length;
        if (length < 3) continue;
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, from + length);
        const rects = range.getClientRects();
        if (rects.length !== 1 || rects[0].width < 12) continue;
        const line = (rects[0].top + rects[0].bottom) / 2;
        found.set(`${Math.round(line)} ${Math.round(rects[0].left)}`, [rects[0].left + 2, rects[0].right - 2, line, `${range}`]);
      }
    }
    return [...found.values()];
  };
  const words = () => seenWords().map(([left, right, line]) => [left, right, line]);
  // Where one of them with just these letters stands.
  const word = letters => seenWords().find(found => found[3] === letters)?.slice(0, 3);

  // Whether the page shows a change in the frame after the next key.
  let change = null;
  const watch = () => {
    const sizes = () => isApp() ? "" : [...CSS.highlights.values()].map(highlight => [...highlight].map(String).join()).join("|");
    const before = sizes();
    let touched = false;
    const observer = new MutationObserver(() => touched = true);
    observer.observe(host(), { subtree: true, childList: true, attributes: true, characterData: true });
    change = new Promise(told => addEventListener("keydown", async () => {
      await frame();
      observer.disconnect();
      told(touched || sizes() !== before);
    }, { capture: true, once: true }));
  };

  return {
    frames, until, quiet, ready: () => ready, readyAt: () => readyAt, shown, saved, longest, middle, button, words, word, watch,
    isApp, scroller, host, changed: () => change,
  };
})();
