// Heard from the first moment of each page: what its security policy forbade, what nobody caught, and what it
// said of its own troubles.
window.complaints = [];
addEventListener('securitypolicyviolation',
  event => complaints.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
addEventListener('error', event => {
  // What changes its size while sizes are told is told in the next frame: no fault, though it is called an error.
  if (!event.message.startsWith('ResizeObserver loop')) complaints.push(`error: ${event.message} ${event.error?.stack}`);
});
addEventListener('unhandledrejection', event => complaints.push(`rejected: ${event.reason} ${event.reason?.stack}`));
for (const level of ['error', 'warn']) {
  const real = console[level];
  console[level] = (...words) => {
    complaints.push(`${level}: ${words.join(' ')}`);
    real.apply(console, words);
  };
}
// Without a window there is nobody to answer the dialog for files; they are given to its field instead.
addEventListener('click', event => {
  if (event.target.matches?.('input[type=file]')) event.preventDefault();
}, true);
// How far the wheel was turned, either way.
window.turned = 0;
addEventListener('wheel', event => turned += Math.abs(event.deltaY), { capture: true, passive: true });
