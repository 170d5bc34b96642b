// Starts the app, and says in plain words when it cannot. Where the parts of the app are is known by `here`,
// which the build puts in front: site.js or file.js.
//
// The text that stands in the page until the app does is cleared by the app when it mounts. The same script
// runs as the worker that reads large files: it gets the compiled program and a file.
const say = (text) => {
  const place = document.getElementById("boot-message");
  if (place) {
    place.textContent = text;
  }
};

const start = async () => {
  if (typeof WebAssembly !== "object") {
    say("This browser has WebAssembly switched off or does not know it, and this page needs it.");
    return;
  }
  try {
    const app = await here.app();
    await app.default({ module_or_path: here.program() });
    // The one policy of the page: what it lets become a worker are addresses of ours and no others.
    const policy = self.trustedTypes?.createPolicy("annotator", { createScriptURL: here.address });
    const address = (of) => (policy ? policy.createScriptURL(of) : here.address(of));
    app.set_loader(() => new Worker(address("reader"), { type: here.type }), here.beside);
    // What can wait comes when the browser has nothing else to do.
    (self.requestIdleCallback ?? setTimeout)(() => here.started?.(address));
  } catch (error) {
    say(`The app could not start. Reload the page; if that does not help, use a current browser. (${error})`);
    throw error;
  }
};

const read = async ({ data: [module, file] }) => {
  const app = await here.app();
  app.initSync({ module });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found = app.read_aside(file.name, bytes, (part) => postMessage(part));
  postMessage(found, found.buffer ? [found.buffer] : []);
};

if (self.document) {
  start();
} else {
  // Nothing is what the page hears when it can't be done here, and then it does it itself.
  self.onmessage = (event) => read(event).catch(() => postMessage(null));
}
