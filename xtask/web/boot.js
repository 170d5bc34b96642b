// Starts the app, and says in plain words when it cannot. The build fills in the two addresses.
// The text that stands in the page until then is cleared by the app when it mounts.
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
    const app = await import("./@JS@");
    await app.default({ module_or_path: new URL("./@WASM@", import.meta.url) });
  } catch (error) {
    say(`The app could not start. Reload the page; if that does not help, use a current browser. (${error})`);
    throw error;
  }
};

start();
