// On the site the parts of the app are files of their own beside this script. The build fills in their names.
const here = {
  app: () => import("./@JS@"),
  program: () => new URL("./@WASM@", import.meta.url),
  address: (of) => (of === "reader" ? import.meta.url : new URL("./service-worker.js", import.meta.url).href),
  type: "module",
};
