// The file on the disk that is written again and again, where the browser has such a thing. The program keeps
// what the person chose; it may come back from the store as anything.

/** Whether a person can choose a file here. */
export const can = () => !!self.showSaveFilePicker;

/** The name of a file that was chosen; nothing for what is none. */
export const called = (file) => (self.FileSystemFileHandle && file instanceof FileSystemFileHandle ? file.name : undefined);

/** Lets the person choose a file. */
export const choose = (suggestedName) =>
  showSaveFilePicker({ suggestedName, types: [{ accept: { "application/json": [".json"] } }] });

/** Writes all of the file anew; whatever ends that before it is done leaves what was in it. */
export const write = async (file, content) => {
  const may = (await file.requestPermission({ mode: "readwrite" })) === "granted";
  if (!may) throw { name: "NotAllowedError" };
  const writable = await file.createWritable();
  await writable.write(content);
  await writable.close();
};
