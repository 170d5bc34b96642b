// In the one file all parts of the app stand in the page, compressed: the script that starts it, the program, the styles
// and the samples. Only this script, with what takes them apart, stands there as it is.
//
// Each byte of data is a letter of windows-1252, a zero U+FFFD, which stands for no other; one that a page can't carry
// stands behind an equals sign, and is greater by 64.
const high = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 32 }, (_, at) => 128 + at));

const parts = () => {
  if (document.characterSet !== "windows-1252") {
    throw Error("A server has changed the encoding of this file. Save it, and open it from the disk.");
  }
  const { textContent: text, dataset } = document.getElementById("parts");
  const bytes = new Uint8Array(text.length);
  let size = 0;
  for (let at = 0; at < text.length; at += 1) {
    const shift = text[at] === "=" ? 64 : 0;
    at += shift && 1;
    const code = text.charCodeAt(at);
    bytes[size] = code === 0xfffd ? 0 : (code > 255 ? high.indexOf(text[at]) + 128 : code) - shift;
    size += 1;
  }
  const all = unpacked(bytes.subarray(0, size));
  let from = 0;
  const part = (entry) => {
    const [id, length] = entry.split(" ");
    from += +length;
    return [id, all.subarray(from - length, from)];
  };
  return new Map(dataset.parts.split(",").map(part));
};

let opened;

const content = (id) => (opened ??= parts()).get(id);

const words = (id) => new TextDecoder().decode(content(id));

const response = (id) => new Response(content(id), { headers: { "Content-Type": "application/wasm" } });

const dress = () => {
  const styles = new CSSStyleSheet();
  styles.replaceSync(words("styles"));
  document.adoptedStyleSheets = [styles];
};

// The one policy of the page is asked by name, and what it gives out is what stands in the file under that name: no
// script that came from elsewhere can pass it. Markup is only parsed, for what extract.js makes of it.
const rules = {
  createScript: words,
  createHTML: (text) => text,
  createScriptURL: () => URL.createObjectURL(new Blob([words("start")], { type: "text/javascript" })),
};
const policy = self.trustedTypes?.createPolicy("annotator", rules) ?? rules;

// Runs a script that stands in the file; it finds what it needs on its own element.
const run = (id, needs) => {
  const script = document.createElement("script");
  script.needs = needs;
  script.text = policy.createScript(id);
  document.head.append(script);
  script.remove();
};

try {
  run("start", {
    policy,
    program: () => {
      dress();
      return response("program");
    },
    beside: async (name) => response(name),
    extract: () => new Promise((found) => run("extract", found)),
  });
} catch (error) {
  document.getElementById("boot-message").textContent = `The app could not start. (${error})`;
  throw error;
}
