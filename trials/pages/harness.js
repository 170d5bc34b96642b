// Watches the app in the frame and tells the server of each change the moment it is seen, so that what was called saved
// is known outside the browser. It reads the page and its programming interface, and changes nothing.
const visit = new URLSearchParams(location.search).get('visit');
const frame = document.querySelector('iframe');

let count = 0;
const tell = (kind, chip, body) =>
  fetch(`report?visit=${visit}&number=${count++}&kind=${kind}&chip=${chip}`, { method: 'POST', body }).catch(() => {});

const watch = app => {
  const page = app.document;
  const chip = () => page.querySelector('.saving')?.dataset.state ?? '';
  const work = () => app.annotator.exportProject();
  const words = () => [...page.querySelectorAll('.unsaved p, .toast p, main.broken p')].map(p => p.textContent).join('\n');
  let open = false, seen = '', said = '';
  const look = () => {
    if (!open && page.querySelector('.app') && !page.querySelector('.loading') && chip()) {
      open = true;
      seen = chip();
      tell('open', seen, work());
      // Told before the change is handed to the database, so its state is never taken for a saved one.
      app.annotator.subscribe(() => tell('change', '', work()));
    }
    if (open && chip() !== seen) {
      seen = chip();
      tell('chip', seen, work());
    }
    if (words() !== said) {
      said = words();
      tell('said', '', said);
    }
  };
  new MutationObserver(look).observe(page, { subtree: true, childList: true, attributes: true, characterData: true });
  look();
};

frame.addEventListener('load', () => {
  frame.contentWindow.focus();
  watch(frame.contentWindow);
});
