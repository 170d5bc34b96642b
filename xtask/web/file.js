// In the one file all parts of the app stand in the page: the program and the samples compressed, the rest in
// this very script, which the build joins with the module that loads the program.
const inflated = (id) => {
  const text = document.getElementById(id).textContent;
  const bytes = Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "Content-Type": "application/wasm" } });
};

const here = {
  app: () => ({ default: __wbg_init, initSync, set_loader, read_aside }),
  program: () => inflated("program"),
  address: () => {
    const { textContent } = document.querySelector("script[type=module]");
    return URL.createObjectURL(new Blob([textContent], { type: "text/javascript" }));
  },
  // For a page from the disk, browsers take the address of a module for one from elsewhere.
  type: "classic",
  beside: async (name) => inflated(name),
};
