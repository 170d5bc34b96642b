// What a change takes by its elements alone: what the app does to its page is written down, taken back, and done again
// at a key with the same nodes, by a few lines, while the program hears nothing. Whatever program changes these elements
// can't take less. Here nothing is made, compared, kept or asked for its place.
"use strict";
bench.echo = (() => {
  const EVENTS = ["keydown", "keyup", "pointerdown", "pointermove", "pointerup", "mousedown", "mousemove", "mouseup", "click",
    "focus", "blur", "focusin", "focusout", "scroll", "resize", "selectionchange"];
  const ALL = { subtree: true, childList: true, attributes: true, attributeOldValue: true, characterData: true,
    characterDataOldValue: true };
  let isDeaf = false;
  let records = [];
  const observer = new MutationObserver(found => records.push(...found));
  // What was done, how much of that by the first frames, and the selection before and after those.
  let steps = [];
  let first = 0;
  let selections = [];

  const selection = () => {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
    return [anchorNode, anchorOffset, focusNode, focusOffset];
  };
  // With the highlight of what is chosen, which is the app's own.
  const select = at => {
    if (at[0]) getSelection().setBaseAndExtent(...at);
    CSS.highlights.delete("chosen");
    if (!getSelection().isCollapsed) CSS.highlights.set("chosen", new Highlight(getSelection().getRangeAt(0).cloneRange()));
  };

  // The steps that the records tell of. What a value became is what the next record of it found there, or what it is now.
  const read = () => {
    const found = new Map();
    const steps = records.reverse().map(record => {
      const { type, target, attributeName: name, oldValue: old } = record;
      if (type === "childList") return { target, nodes: record };
      const values = found.get(target) ?? new Map();
      const now = values.has(name) ? values.get(name) : name === null ? target.data : target.getAttribute(name);
      found.set(target, values.set(name, old));
      return { target, name, old, now };
    });
    return steps.reverse();
  };
  const exchange = (target, gone, come, before) => {
    for (const node of gone) node.remove();
    for (const node of come) target.insertBefore(node, before?.parentNode === target ? before : null);
  };
  // The site's policy forbids to set the attribute `style`, but not what it stands for.
  const assign = (target, name, value) => {
    if (name === null) target.data = value;
    else if (name === "style") target.style.cssText = value ?? "";
    else if (value === null) target.removeAttribute(name);
    else target.setAttribute(name, value);
  };
  const again = steps => steps.forEach(({ target, nodes, name, now }) => nodes
    ? exchange(target, nodes.removedNodes, nodes.addedNodes, nodes.nextSibling)
    : assign(target, name, now));
  const back = steps => steps.toReversed().forEach(({ target, nodes, name, old }) => nodes
    ? exchange(target, nodes.addedNodes, nodes.removedNodes, nodes.nextSibling)
    : assign(target, name, old));

  for (const type of EVENTS) {
    addEventListener(type, event => {
      if (!isDeaf) return;
      event.stopImmediatePropagation();
      if (type !== "keydown" || !steps.length) return;
      again(steps.slice(0, first));
      select(selections[1]);
    }, true);
  }

  window.ResizeObserver = class extends ResizeObserver {
    constructor(program) {
      super((...heard) => isDeaf || program(...heard));
    }
  };

  return {
    // Whether the program hears nothing.
    deafen(deaf) {
      isDeaf = deaf;
    },
    // Writes down what is done from now on.
    listen() {
      selections = [selection()];
      observer.observe(document, ALL);
    },
    // What was done by now is what shows in the first frames.
    shown() {
      records.push(...observer.takeRecords());
      first = records.length;
      selections[1] = selection();
    },
    // Nothing more is done; takes back all.
    start() {
      records.push(...observer.takeRecords());
      observer.disconnect();
      steps = read();
      isDeaf = true;
      back(steps);
      select(selections[0]);
    },
    // Takes back what a key did again.
    back() {
      back(steps.slice(0, first));
      select(selections[0]);
    },
    // All is as the program left it, and it hears again.
    end() {
      again(steps.slice(first));
      [isDeaf, records, steps] = [false, [], []];
    },
  };
})();
