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
  const words = () => [...page.querySelectorAll('.notice p, .unsaved p, main.broken p')].map(p => p.textContent).join('\n');
  // Under load the page is drawn in several steps, with the chip one behind. So what it says in the first moments counts
  // for nothing, nor does a “saved” that stood there before a change: it must have said something else since.
  let open = false, settled = false, stale = false, seen = '', said = '';
  const look = () => {
    const now = chip();
    if (!open && now && page.querySelector('.app') && !page.querySelector('.loading')) {
      open = true;
      tell('open', '', work());
      app.annotator.subscribe(() => {
        stale = true;
        tell('change', '', work());
      });
      setTimeout(() => setTimeout(() => {
        settled = true;
        look();
      }));
    }
    if (settled && now !== 'saved') stale = false;
    if (settled && !stale && now !== seen) {
      seen = now;
      tell('chip', now, work());
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
  tell('come', '', '');
  frame.contentWindow.focus();
  watch(frame.contentWindow);
});
// Only now, so that it can't have come before anybody listens.
frame.src = 'site/';
