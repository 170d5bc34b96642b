// Takes a saved web page apart: its encoding, what it says of itself, all its text in paragraphs, and which words of them
// are the main text. The build puts the library Readability in front, which tells the main text from the rest.
//
// The page is parsed into a document of its own, which no script runs in and nothing is loaded for; no node of it ever
// gets into the page that people see. Nothing here decides what is taken.

// How many elements a page may have: browsers take seconds to parse more of them, where they are deep.
const MOST_ELEMENTS = 200_000;
// How many letters its text may have, as that of any article.
const MOST_LETTERS = 10_000_000;
// How many elements it may have, and how many elements and letters times how deep it is, for its main text to be
// looked for: the library asks each element for the text of all that is in it. Only what is made to hang a browser has
// more.
const ELEMENTS = 25_000;
const DEEP_ELEMENTS = 1_500_000;
const DEEP_LETTERS = 30_000_000;

// What holds no text, or text that browsers do not show.
const UNSEEN = new Set(
  ("script style noscript template head title iframe object embed video audio canvas svg select button textarea " +
    "input datalist meter progress map noframes").split(" "),
);
// What stands on lines of its own.
const BLOCKS = new Set(
  ("address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure " +
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody " +
    "tfoot thead tr ul").split(" "),
);

// The encoding of a page, as the HTML standard finds it: a mark of the byte order, then what the page says at its start;
// else it is UTF-8 where it can be.
const encodingOf = (bytes) => {
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 60 && second === 0)) {
    return "utf-16le";
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 60)) {
    return "utf-16be";
  }
  const start = String.fromCharCode(...bytes.subarray(0, 1024)).replace(/<!--.*?-->/gs, "");
  const isMarked = first === 0xef && second === 0xbb && third === 0xbf;
  const said = isMarked ? "utf-8" : /<meta[^>]*?charset\s*=\s*["']?([^\s"';/>]+)/i.exec(start)?.[1];
  try {
    const { encoding } = new TextDecoder(said ?? "none");
    // What could be read so far is not UTF-16.
    return encoding.startsWith("utf-16") ? "utf-8" : encoding;
  } catch {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      return "utf-8";
    } catch {
      return "windows-1252";
    }
  }
};

// Browsers ask the policy of this page about styles and handlers even in a document that nobody sees, and report them. So
// their attributes get other names on the way through the parser, by a letter that no page has, and their elements the
// name of one that holds nothing either.
const MARK = "\u{f8f3}";
const parsed = (text, trusted) => {
  const marked = text.replaceAll(MARK, "").replace(/\b(style|on[a-z]+)(?=\s*=)/gi, `$&${MARK}`);
  const safe = marked.replace(/<(\/?)style\b/gi, "<$1noframes");
  const page = new DOMParser().parseFromString(trusted(safe), "text/html");
  for (const element of page.querySelectorAll("*")) {
    const style = element.getAttribute(`style${MARK}`);
    if (style != null) {
      element.removeAttribute(`style${MARK}`);
      element.hidden ||= /\b(display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style);
    }
  }
  return page;
};

// How deep the deepest element stands.
const depthOf = (page) => {
  const depths = new Map();
  let deepest = 0;
  for (const element of page.querySelectorAll("*")) {
    const depth = (depths.get(element.parentElement) ?? 0) + 1;
    depths.set(element, depth);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
};

// A text without white space at its end; by a pattern that would take the square of its length.
const trimmed = (text) => {
  let end = text.length;
  while (" \t\n".includes(text[end - 1] ?? "no")) {
    end -= 1;
  }
  return text.slice(0, end);
};

const shown = (text) => text.replaceAll(MARK, "");
const line = (text) => shown(text ?? "").replace(/\s+/g, " ").trim();

const isUnseen = (element) =>
  UNSEEN.has(element.localName) || element.hidden || (element.localName === "dialog" && !element.open);

// All text of a page in paragraphs, each a list of its text nodes with their text as it is shown. White space is as
// browsers show it: one blank for a run of it, none at the edges; in preformatted text it stays.
const paragraphsOf = (body) => {
  const all = [];
  let runs = [];
  let edge = true;
  const last = () => runs.at(-1);
  const end = () => {
    while (runs.length && !(last().text = trimmed(last().text))) {
      runs.pop();
    }
    if (runs.some(({ text }) => text.trim())) {
      runs.heading = runs[0].node.parentElement.closest("h1, h2")?.localName;
      all.push(runs);
    }
    runs = [];
    edge = true;
  };
  // A break or the gap between two cells; it goes with the words before it.
  const gap = (text) => {
    if (runs.length) {
      last().text = last().text.replace(/ $/, "") + text;
      edge = true;
    }
  };
  let kept = 0;
  const text = (node) => {
    let text = kept ? node.data.replace(/\r\n?/g, "\n") : node.data.replace(/[ \t\n\r\f]+/g, " ");
    if (!kept && edge) {
      text = text.replace(/^ /, "");
    }
    if (kept && !runs.length) {
      text = text.replace(/^\n+/, "");
    }
    if (text) {
      edge = !kept && text.endsWith(" ");
      runs.push({ node, text });
    }
  };
  const enter = (element) => {
    if (isUnseen(element)) {
      return false;
    }
    const name = element.localName;
    if (name === "br") {
      // Two of them make a paragraph.
      if (runs.length && last().text.endsWith("\n")) {
        end();
      } else {
        gap("\n");
      }
    } else if (BLOCKS.has(name)) {
      end();
      kept += name === "pre";
    }
    return true;
  };
  const leave = (element) => {
    const name = element.localName;
    if (BLOCKS.has(name)) {
      end();
      kept -= name === "pre";
    } else if (name === "td" || name === "th") {
      gap("\t");
    }
  };
  // Not by functions that call themselves: a page may be deep.
  let node = body;
  while (node) {
    const isElement = node.nodeType === Node.ELEMENT_NODE;
    if (node.nodeType === Node.TEXT_NODE) {
      text(node);
    }
    const goesIn = isElement && enter(node);
    if (goesIn && node.firstChild) {
      node = node.firstChild;
      continue;
    }
    if (goesIn) {
      leave(node);
    }
    while (node !== body && !node.nextSibling) {
      node = node.parentNode;
      leave(node);
    }
    node = node === body ? null : node.nextSibling;
  }
  end();
  return all;
};

// What the library found out.
const given = (found) => Object.fromEntries(Object.entries(found ?? {}).filter(([, value]) => value));

// Has the library find the main text, and gives back what it says of the page, with the numbers of the text nodes that
// it kept. It takes the document apart, so that each text node is put into an element with its number.
const mainOf = (page, paragraphs) => {
  page.querySelectorAll("noscript, noframes").forEach((element) => element.remove());
  paragraphs.flat().forEach(({ node }, number) => {
    const span = page.createElement("span");
    span.dataset.annotator = number;
    node.replaceWith(span);
    span.append(node);
  });
  // When it tries again it wants the body as it was. As markup that would be parsed once more; as nodes it need not.
  const copies = (nodes) => [...nodes].map((node) => node.cloneNode(true));
  Object.defineProperty(page.body, "innerHTML", {
    get: () => copies(page.body.childNodes),
    set: (nodes) => page.body.replaceChildren(...copies(nodes)),
  });
  const found = new Readability(page, { serializer: (element) => element }).parse();
  const numbers = [...(found?.content?.querySelectorAll("[data-annotator]") ?? [])];
  return [found, new Set(numbers.map((element) => Number(element.dataset.annotator)))];
};

const meta = (page, ...names) => {
  for (const name of names) {
    const found = page.querySelector(`meta[name="${name}" i], meta[property="${name}" i]`)?.content;
    if (found?.trim()) {
      return found;
    }
  }
};

// An address of the web, or nothing.
const address = (text) => {
  try {
    const { protocol, href } = new URL(text.trim());
    return /^https?:$/.test(protocol) ? href : "";
  } catch {
    return "";
  }
};

// Where a page was published: as it says itself or, where the browser wrote that down when it saved it, from where.
const placeOf = (page) => {
  const canonical = page.querySelector("link[rel~=canonical i]")?.getAttribute("href");
  const notes = [...page.childNodes].map(({ data }) => /saved from url=\(\d+\)(\S+)/.exec(data ?? "")?.[1]);
  return [canonical, meta(page, "og:url"), ...notes].map(address).find(Boolean);
};

const dateOf = (page) =>
  meta(page, "article:published_time", "date", "dc.date", "dcterms.date") ??
  page.querySelector("time[datetime]")?.getAttribute("datetime");

const day = (date) => /^\d{4}-\d\d-\d\d/.exec(date)?.[0] ?? date;

const wordsOf = (runs) => line(runs.map(({ text }) => text).join(""));

// The library takes the headline out, since it gives it as the title, and may leave the byline in. In the article the
// headline stands above the text, and the byline is none of it. There is some main text. Gives the title.
const settle = (paragraphs, title, byline) => {
  const at = paragraphs.findIndex((runs) => runs.some(({ isMain }) => isMain));
  const above = paragraphs.slice(0, at + 1).filter(({ heading }) => heading);
  const wanted = title.toLowerCase();
  const isTitle = (runs) => {
    const words = wordsOf(runs).toLowerCase();
    return wanted && (words.startsWith(wanted) || wanted.startsWith(words));
  };
  const tops = paragraphs.filter(({ heading }) => heading === "h1");
  const headline = above.findLast(isTitle) ?? above.findLast((runs) => tops.length === 1 && runs === tops[0]);
  headline?.forEach((run) => (run.isMain = true));
  // What stands behind it in the title is the name of the site.
  const heads = headline && wordsOf(headline);
  const name = (words) => words.replace(/^by\s+/, "");
  for (const runs of paragraphs.slice(at, at + 8)) {
    if (byline && name(wordsOf(runs).toLowerCase()) === name(byline.toLowerCase())) {
      runs.forEach((run) => (run.isMain = false));
    }
  }
  return heads && (!wanted || wanted.startsWith(heads.toLowerCase())) ? heads : title;
};

// Why a page is no article, in a word; nothing where it may be one.
const refusal = (page) => {
  if (page.querySelector("script#parts[type='application/lzma']")) {
    return "own";
  }
  return page.querySelector("meta[name=generator][content^='annotator ']") && "report";
};

// What a page says of itself, before the library looks at it.
const factsOf = (page) => ({
  title: meta(page, "og:title") ?? page.title,
  byline: meta(page, "author"),
  publishedTime: dateOf(page),
  siteName: meta(page, "og:site_name"),
  place: placeOf(page),
});

// Finds the main text and marks it, and adds what the library knows of the page; says whether there is any.
const markMain = (page, paragraphs, letters, facts) => {
  const [elements, depth] = [page.querySelectorAll("*").length, depthOf(page)];
  if (elements > ELEMENTS || elements * depth > DEEP_ELEMENTS || letters * depth > DEEP_LETTERS) {
    return false;
  }
  try {
    const [found, kept] = mainOf(page, paragraphs);
    paragraphs.flat().forEach((run, number) => (run.isMain = kept.has(number)));
    Object.assign(facts, given(found));
    return kept.size > 0;
  } catch (error) {
    // It calls itself for what is in what; the text is there all the same.
    console.warn("Readability gave up:", error);
    return false;
  }
};

/**
 * Takes the file of a page apart: gives its encoding, what told the main text from the rest (nothing where that failed),
 * the title, the byline, the date and the source, then the text: each run of words behind a plus where it is of the main
 * text and else behind a minus, and after each paragraph an empty text. Where there is no article in it, says why in a
 * word.
 */
const extract = async (file, trusted) => {
  if (/\.mht(ml)?$/i.test(file.name)) {
    return "archive";
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.match(/<[a-z]/gi)?.length > MOST_ELEMENTS) {
    return "large";
  }
  const page = parsed(text, trusted);
  const paragraphs = paragraphsOf(page.body);
  const letters = paragraphs.flat().reduce((sum, { text }) => sum + text.length, 0);
  const why = refusal(page) ?? (letters ? letters > MOST_LETTERS && "long" : "empty");
  if (why) {
    return why;
  }
  const facts = factsOf(page);
  const isFound = markMain(page, paragraphs, letters, facts);
  const { title, byline, publishedTime, siteName, place } = facts;
  const [heading, name, date, site] = [title, byline, publishedTime, siteName].map(line);
  return [
    encoding.replace(/^utf.*/, (name) => name.toUpperCase()),
    isFound ? "Readability @READABILITY@" : "",
    isFound ? settle(paragraphs, heading, name) : heading,
    name,
    day(date),
    [site, place].filter(Boolean).join(", "),
    ...paragraphs.flatMap((runs) => [...runs.map(({ isMain, text }) => (isMain ? "+" : "-") + shown(text)), ""]),
  ];
};
