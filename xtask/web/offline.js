// Has the site kept for when there is no network, and tells the app when a new version is there. The app says
// when that may be used: once the person has agreed and everything is saved.
here.started = async () => {
  // Where the address is not secure there are no service workers; where storage is off none can be had.
  const address = here.policy.createScriptURL("service worker");
  const registered = navigator.serviceWorker?.register(address, { updateViaCache: "none" });
  const kept = await registered?.catch(() => {});
  if (!kept) {
    return;
  }
  const newest = () => kept.waiting ?? kept.active;
  const ask = () => newest()?.postMessage("ask");
  navigator.serviceWorker.onmessage = ({ data }) => {
    if (data === "in use") {
      location.reload();
    } else {
      dispatchEvent(new Event("newversion"));
    }
  };
  kept.addEventListener("updatefound", () => {
    const { installing } = kept;
    installing.addEventListener("statechange", () => installing.state === "installed" && ask());
  });
  addEventListener("useversion", () => newest().postMessage("use"));
  // Browsers look by themselves as well, but when it suits them; and some pages stay for weeks.
  const look = () => document.hidden || kept.update().then(ask, ask);
  document.addEventListener("visibilitychange", look);
  look();
};
