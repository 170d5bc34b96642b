// The file on the disk that is written again and again, where the browser has such a thing. The program keeps
// what the person chose; it may come back from the store as anything.

/** The name of a file that was chosen; nothing for what is none. */
export const fileName = (file) =>
  self.FileSystemFileHandle && file instanceof FileSystemFileHandle ? file.name : undefined;

/**
 * Writes all of a file anew: of the given one or, without one, of one that the person chooses by its suggested
 * name. `done` hears which, and what went wrong; nobody hears of a choice that was not made. Whatever ends the
 * writing before it is done leaves what was in the file.
 */
export const writeFile = async (given, suggestedName, content, done) => {
  const types = [{ accept: { "application/json": [".json"] } }];
  const file = given ?? (await showSaveFilePicker({ suggestedName, types }).catch(() => {}));
  if (!file) return;
  try {
    const may = await file.requestPermission({ mode: "readwrite" });
    if (may !== "granted") return done(file, "NotAllowedError");
    const writable = await file.createWritable();
    await writable.write(content);
    await writable.close();
    done(file);
  } catch ({ name }) {
    done(file, name);
  }
};
