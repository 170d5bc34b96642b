// Starts the app, and says in plain words when it cannot. The build fills in the two addresses.
// The text that stands in the page until then is cleared by the app when it mounts.
//
// The same script runs as the worker that reads large files: it gets the compiled program and a file.
const say = (text) => {
  const place = document.getElementById("boot-message");
  if (place) {
    place.textContent = text;
  }
};

const own = import.meta.url;

const start = async () => {
  if (typeof WebAssembly !== "object") {
    say("This browser has WebAssembly switched off or does not know it, and this page needs it.");
    return;
  }
  // The browser makes its database ready while the program is on its way.
  try {
    self.indexedDB?.databases?.().catch(() => {});
  } catch {
    // It may be forbidden to look; the app says so.
  }
  try {
    const app = await import("./@JS@");
    await app.default({ module_or_path: new URL("./@WASM@", own) });
    // The one address that the page's policy lets become a worker is that of this very script.
    const policy = self.trustedTypes?.createPolicy("annotator", { createScriptURL: () => own });
    app.set_worker_maker(() => new Worker(policy ? policy.createScriptURL("") : own, { type: "module" }));
  } catch (error) {
    say(`The app could not start. Reload the page; if that does not help, use a current browser. (${error})`);
    throw error;
  }
};

const read = async ({ data: [module, file] }) => {
  const app = await import("./@JS@");
  app.initSync({ module });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found = app.read_aside(file.name, bytes, (part) => postMessage(part));
  postMessage(found, found.buffer ? [found.buffer] : []);
};

if (self.document) {
  start();
} else {
  // What goes wrong here is heard by the page as an error of the worker.
  self.onmessage = (event) => read(event).catch((error) => setTimeout(() => { throw error; }));
}
