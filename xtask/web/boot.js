// Starts the app, and says in plain words when it cannot. Where the parts of the app are is known by `here`,
// which the build puts in front: site.js or inside.js.
//
// The text that stands in the page is taken away by the app once there is something to show. The same script
// runs as the worker that reads and writes files: it gets requests, and with them files and, where the page's
// program is the full one, that.
const say = (text) => {
  const place = document.getElementById("boot-message");
  if (place) {
    place.textContent = text;
  }
};

const full = async (module) => {
  const app = await here.full();
  await (module ? app.initSync({ module }) : app.default({ module_or_path: here.fullProgram() }));
  return app;
};

const answer = async ([request, files, module], hear) => {
  const app = await full(module);
  return app.answer(request, here.taken?.(files) ?? files, hear);
};

// Whom the app asks about files: a worker or, where there can be none, the page itself. What is heard is how much
// was read, from 0 to 1, the bytes of an answer, or null when something broke; from then on it is the page.
const desk = (hear) => {
  let worker;
  let last;
  const broke = () => {
    worker.terminate();
    worker = null;
    hear(null);
  };
  try {
    worker = new Worker(here.policy.createScriptURL("reader"), { type: here.type });
    worker.onmessage = ({ data }) => (typeof data === "number" || data?.buffer ? hear(data) : broke());
    worker.onerror = broke;
  } catch {}
  return {
    ask: (data) => {
      last = Promise.resolve(last).then(async () =>
        worker
          ? worker.postMessage((await here.handed?.(data)) ?? data)
          : hear(await answer(data, hear).catch(() => null)),
      );
    },
    end: () => {
      hear = () => {};
      worker?.terminate();
    },
  };
};

// Has saved web pages taken apart, by a script that comes when it is first asked for. What is heard is a list of what
// each came to, or nothing where the script could not be had.
const takeApart = async (files, hear) => {
  try {
    const extract = await here.extract();
    hear(await Promise.all(files.map((file) => extract(file, (text) => here.policy.createHTML(text)))));
  } catch {
    hear([]);
  }
};

const start = async () => {
  if (typeof WebAssembly !== "object") {
    say("This browser has WebAssembly switched off or does not know it, and this page needs it.");
    return;
  }
  try {
    const program = here.program();
    const app = await here.app();
    if (!document.body) {
      await new Promise((parsed) => addEventListener("DOMContentLoaded", parsed));
    }
    await app.default({ module_or_path: await program });
    app.set_loader(desk, takeApart, here.beside);
    // What can wait comes when the page is drawn and the browser has nothing else to do. The first date that is
    // written takes some browsers 10 ms, for which the list of articles would wait.
    const rest = () => {
      new Intl.DateTimeFormat([], { dateStyle: "medium" });
      here.started?.();
    };
    setTimeout(() => (self.requestIdleCallback ?? setTimeout)(rest), 500);
  } catch (error) {
    say(`The app could not start. Reload the page; if that does not help, use a current browser. (${error})`);
    throw error;
  }
};

if (self.document) {
  start();
} else {
  // One after the other: what is asked later may need what came with what was asked before. Until somebody asks, the
  // program comes; in the one file it comes with what is asked.
  let last = here.fullProgram && full().catch(() => {});
  self.onmessage = ({ data }) => {
    const next = () => answer(data, postMessage).catch(() => null);
    last = Promise.resolve(last).then(next);
    last.then((found) => postMessage(found, found ? [found.buffer] : []));
  };
}
