// On the site the parts of the app are files of their own beside this script. The build fills in their names. The
// page's own program is a small one; the full one, which knows all file formats, comes when it is asked for.
//
// The one policy of the page: what it lets become a worker are addresses of ours and no others. Markup is only parsed,
// for what extract.js makes of it.
const rules = {
  createHTML: (text) => text,
  createScriptURL: (of) => (of === "reader" ? import.meta.url : new URL("./service-worker.js", import.meta.url).href),
};
const here = {
  policy: self.trustedTypes?.createPolicy("annotator", rules) ?? rules,
  app: () => import("./@JS@"),
  // Compiled while the script that binds it comes. A server that does not know what it serves is no hindrance.
  program: () => {
    const address = new URL("./@WASM@", import.meta.url);
    return WebAssembly.compileStreaming(fetch(address)).catch(() => address);
  },
  full: () => import("./@FULL_JS@"),
  fullProgram: () => new URL("./@FULL_WASM@", import.meta.url),
  extract: async () => (await import("./@EXTRACT@")).extract,
  type: "module",
};
