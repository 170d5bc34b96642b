// The clipboard, which only pages at a secure address may write.

/** Puts a text on the clipboard; `done` hears whether it is there. */
export const copyText = async (text, done) => {
  try {
    await navigator.clipboard.writeText(text);
    done(true);
  } catch {
    done(false);
  }
};
