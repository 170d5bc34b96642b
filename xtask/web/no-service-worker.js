// While the app is worked on nothing is kept: what a release has left at this address gives way, and its pages
// are loaded anew.
const giveWay = async () => {
  const ours = (await caches.keys()).filter((name) => name.startsWith(`annotator ${registration.scope} `));
  await Promise.all(ours.map((name) => caches.delete(name)));
  await registration.unregister();
  for (const page of await clients.matchAll({ type: "window" })) {
    page.navigate(page.url);
  }
};

self.oninstall = () => skipWaiting();
self.onactivate = (event) => event.waitUntil(clients.claim().then(giveWay));
