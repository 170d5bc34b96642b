// In the one file all parts of the app stand in the page: the program and the samples compressed, the rest in
// this very script, which the build joins with the module that loads the program.
//
// Each byte of data is a letter of windows-1252; one that a page can't carry stands behind an equals sign, and is
// greater by 64.
const high = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 32 }, (_, at) => 128 + at));

const inflated = (id) => {
  if (document.characterSet !== "windows-1252") {
    throw Error("A server has changed the encoding of this file. Save it, and open it from the disk.");
  }
  const text = document.getElementById(id).textContent;
  const bytes = new Uint8Array(text.length);
  let size = 0;
  for (let at = 0; at < text.length; at += 1) {
    const shift = text[at] === "=" ? 64 : 0;
    at += shift && 1;
    const code = text.charCodeAt(at);
    bytes[size] = (code > 255 ? high.indexOf(text[at]) + 128 : code) - shift;
    size += 1;
  }
  return new Response(unpacked(bytes.subarray(0, size)), { headers: { "Content-Type": "application/wasm" } });
};

const here = {
  app: () => ({ default: __wbg_init, initSync, set_loader, answer }),
  program: () => inflated("program"),
  full: () => here.app(),
  address: () => {
    const { textContent } = document.querySelector("script[type=module]");
    return URL.createObjectURL(new Blob([textContent], { type: "text/javascript" }));
  },
  // For a page from the disk, browsers take the address of a module for one from elsewhere.
  type: "classic",
  beside: async (name) => inflated(name),
};
