// Keeps the site for when there is no network, and sees to it that all that is loaded is of one version.
//
// A version is taken whole or not at all, and only with the very bytes that it was built with. The one in use
// stays in use, however often the browser starts, until a page asks for the newest; only then the older ones
// go. Nothing here sees what people do on the page.
const VERSION = "@VERSION@";
const FILES = @FILES@;

const HERE = registration.scope;
const OURS = `annotator ${HERE} `;
const OWN = OURS + VERSION;

// The one in use is the oldest, and browsers list the oldest first.
const versions = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

const keepOnly = async (...wanted) => {
  const others = (await versions()).filter((name) => !wanted.includes(name));
  await Promise.all(others.map((name) => caches.delete(name)));
};

const take = async () => {
  const [inUse] = registration.active ? await versions() : [];
  const request = ([name, integrity]) => new Request(name, { cache: "reload", integrity });
  try {
    const cache = await caches.open(OWN);
    await cache.addAll(Object.entries(FILES).map(request));
  } catch (error) {
    if (inUse !== OWN) {
      await caches.delete(OWN);
    }
    throw error;
  }
  // Also versions that came in between, and what was left of a start that was broken off.
  await keepOnly(inUse, OWN);
};

const use = async (asker) => {
  await keepOnly(OWN);
  await skipWaiting();
  for (const page of await clients.matchAll({ includeUncontrolled: true })) {
    if (page.url.startsWith(HERE)) {
      page.postMessage(page.id === asker.id ? "in use" : "ready");
    }
  }
};

const tell = async (asker) => {
  const [inUse] = await versions();
  if (inUse && inUse !== OWN) {
    asker.postMessage("ready");
  }
};

self.oninstall = (event) => event.waitUntil(take());
self.onactivate = (event) => event.waitUntil(clients.claim());
self.onmessage = (event) => event.waitUntil((event.data === "use" ? use : tell)(event.source));
self.onfetch = (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(HERE)) {
    // The page has two addresses and is kept under the shorter one. Of a file that several versions have, the
    // oldest is found first.
    const name = url.replace(/index\.html(?=$|[?#])/, "");
    const kept = caches.match(name, { ignoreSearch: true, ignoreVary: true });
    event.respondWith(kept.then((found) => found ?? fetch(event.request)));
  }
};
