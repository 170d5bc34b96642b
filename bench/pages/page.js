// The least that a page with marks can do, to hold the app against. Page A puts every mark into the browser's
// highlights. Page C gives the browser sections that it need not lay out, and highlights only what is near.
// Nothing is checked, kept or listed.
"use strict";
const LABELS = ["quote", "claim", "entity"];
const IN_SECTION = 8;
const isLazy = document.body.dataset.page === "c";
const main = document.querySelector("main");
const highlights = new Map();
let active = null;
let resizing = false;
let done = [];

document.querySelector("#files").addEventListener("change", async event => {
  const file = JSON.parse(await event.target.files[0].text());
  show(file.articles[0].text, file.sheets[0].annotations);
});

function show(text, annotations) {
  const lines = text.split("\n");
  const paragraphs = lines.map(line => {
    const paragraph = document.createElement("p");
    paragraph.append(line || document.createElement("br"));
    return paragraph;
  });
  for (const label of LABELS) {
    highlights.set(label, new Highlight());
    CSS.highlights.set(label, highlights.get(label));
  }
  const marks = placed(lines, paragraphs, annotations);
  if (isLazy) {
    lay(paragraphs, marks);
  } else {
    main.append(...paragraphs);
    for (const mark of marks) draw(mark);
  }
}

// Marks with the nodes where they begin and end; annotations stand in the order of the text.
function placed(lines, paragraphs, annotations) {
  const starts = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  let from = 0;
  return annotations.map(({ label, utf16 }) => {
    while (from + 1 < starts.length && starts[from + 1] <= utf16.start) from += 1;
    let to = from;
    while (to + 1 < starts.length && starts[to + 1] < utf16.end) to += 1;
    const node = line => paragraphs[line].firstChild;
    return {
      label,
      line: from,
      start: [node(from), utf16.start - starts[from]],
      end: [node(to), Math.min(utf16.end - starts[to], lines[to].length)],
      range: null,
    };
  });
}

// Sections, and the marks of those that are near.
function lay(paragraphs, marks) {
  const inside = new Map();
  const near = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      for (const mark of inside.get(target)) isIntersecting ? draw(mark) : erase(mark);
    }
  }, { rootMargin: "100% 0px" });
  let next = 0;
  for (let first = 0; first < paragraphs.length; first += IN_SECTION) {
    const section = document.createElement("div");
    section.className = "section";
    section.append(...paragraphs.slice(first, first + IN_SECTION));
    const own = [];
    while (next < marks.length && marks[next].line < first + IN_SECTION) own.push(marks[next++]);
    inside.set(section, own);
    main.append(section);
    near.observe(section);
  }
}

function draw(mark) {
  if (!mark.range) {
    mark.range = document.createRange();
    mark.range.setStart(...mark.start);
    mark.range.setEnd(...mark.end);
  }
  highlights.get(mark.label).add(mark.range);
}

function erase(mark) {
  if (mark.range) highlights.get(mark.label).delete(mark.range);
}

function relabel(mark, label) {
  erase(mark);
  mark.label = label;
  draw(mark);
}

function moveEnd(mark, by) {
  const { endContainer, endOffset } = mark.range;
  erase(mark);
  mark.range.setEnd(endContainer, Math.min(endOffset + by, endContainer.length));
  draw(mark);
}

function step(act, undo) {
  act();
  done.push(undo);
}

function pressed(label) {
  const selection = getSelection();
  if (!selection.isCollapsed) {
    const mark = { label, range: selection.getRangeAt(0).cloneRange() };
    selection.collapseToEnd();
    active = mark;
    step(() => draw(mark), () => erase(mark));
  } else if (active) {
    const [mark, before] = [active, active.label];
    step(() => relabel(mark, label), () => relabel(mark, before));
  }
}

addEventListener("keydown", event => {
  const label = LABELS[Number(event.key) - 1];
  const mark = active;
  if (event.ctrlKey && event.key === "z") done.pop()?.();
  else if (label) pressed(label);
  else if (event.key === "Escape") resizing = false;
  else if (event.key === "Enter") resizing = false;
  else if (event.key === "]") resizing = !!mark;
  else if (event.key === "ArrowRight" && resizing) step(() => moveEnd(mark, 1), () => moveEnd(mark, -1));
  else if (event.key === "Delete" && mark) step(() => erase(mark), () => draw(mark));
  else return;
  event.preventDefault();
});
