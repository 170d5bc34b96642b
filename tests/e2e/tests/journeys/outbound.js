// Tries every way that a page has to ask another address for something. Each way asks for its own name there;
// `refused` gathers the names of those that the page's policy is heard to forbid.
const add = (name, properties, text = "") => {
  const element = Object.assign(document.createElement(name), properties);
  element.textContent = text;
  return document.body.appendChild(element);
};
const link = (rel, more) => (href) => add("link", { rel, href, ...more });
const seen = () => {
  const element = add("div");
  Object.assign(element.style, { position: "fixed", width: "1px", height: "1px" });
  return element;
};
const ways = {
  image: (at) => new Image().src = at,
  fetch: (at) => fetch(at, { mode: "no-cors" }),
  request: (at) => {
    const request = new XMLHttpRequest();
    request.open("GET", at);
    request.send();
  },
  beacon: (at) => navigator.sendBeacon(at, "x"),
  socket: (at) => new WebSocket(at.replace("http", "ws")),
  events: (at) => new EventSource(at),
  stylesheet: link("stylesheet"),
  prefetch: link("prefetch"),
  preload: link("preload", { as: "image" }),
  modulepreload: link("modulepreload"),
  icon: link("icon"),
  script: (src) => add("script", { src }),
  import: (at) => import(at),
  iframe: (src) => add("iframe", { src }),
  srcdoc: (at) => add("iframe", { srcdoc: `<img src="${at}">` }),
  object: (data) => add("object", { data }),
  embed: (src) => add("embed", { src }),
  form: (action) => {
    add("iframe", { name: "answer" });
    add("form", { action, target: "answer", method: "post" }).submit();
  },
  ping: (ping) => add("a", { ping, href: "#x" }).click(),
  video: (src) => add("video", { src }),
  audio: (src) => add("audio", { src, preload: "auto" }),
  track: (src) => add("video", { crossOrigin: "anonymous" }).appendChild(Object.assign(document.createElement("track"),
    { src, default: true })).track.mode = "showing",
  font: (at) => new FontFace("outside", `url(${at})`).load(),
  "style-property": (at) => seen().style.backgroundImage = `url(${at})`,
  "style-attribute": (at) => seen().setAttribute("style", `width: 1px; height: 1px; background: url(${at})`),
  "style-element": (at) => add("style", {}, `#outside { background: url(${at}) }`) && (seen().id = "outside"),
  "style-sheet": (at) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`#adopted { background: url(${at}) }`);
    document.adoptedStyleSheets.push(sheet);
    seen().id = "adopted";
  },
  markup: (at) => document.body.insertAdjacentHTML("beforeend", `<img src="${at}">`),
  worker: (at) => new Worker(URL.createObjectURL(new Blob([`fetch("${at}", { mode: "no-cors" })`]))),
  speculation: (at) => add("script", { type: "speculationrules" }, JSON.stringify({ prefetch: [{ urls: [at] }] })),
};

// Some reports do not hold the whole address that would have been asked.
const unnamed = {
  "frame-src": ["iframe"],
  "object-src": ["object", "embed"],
  "style-src-attr": ["style-attribute"],
  "style-src-elem": ["style-element"],
  "script-src-elem": ["speculation"],
};
window.refused = [];
addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) => {
  const name = blockedURI.split("/").pop();
  refused.push(...(name in ways ? [name] : (unnamed[effectiveDirective] ?? [])));
});
for (const [name, ask] of Object.entries(ways)) {
  const at = `${given}/${name}`;
  const forbidden = (error) => error.name === "TypeError" && /trusted|sink/i.test(error) && refused.push(name);
  try {
    Promise.resolve(ask(at)).catch(forbidden);
  } catch (error) {
    forbidden(error);
  }
}
