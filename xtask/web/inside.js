// In the one file: the script that the build joins with the module that loads the program and with boot.js, and packs.
// What takes the rest of the file apart comes with its element; in a worker there is none, and none is needed.
const here = {
  app: () => ({ default: __wbg_init, initSync, set_loader, answer }),
  full: () => here.app(),
  // For a page from the disk, browsers take the address of a module for one from elsewhere.
  type: "classic",
  // In WebKit a worker of such a page can't read any file: the page hands over what is in them. Those that are too large
  // are refused unread.
  handed: async ([request, files, module]) => {
    const bytes = async (file) => {
      try {
        return file.size > 2 ** 26 ? file : { name: file.name, buffer: await file.arrayBuffer() };
      } catch {
        return file;
      }
    };
    return [request, await Promise.all(files.map(bytes)), module];
  },
  taken: (files) =>
    files.map((file) =>
      file instanceof File ? file : Object.assign(new File([], file.name), { handed: new Uint8Array(file.buffer) }),
    ),
  ...self.document?.currentScript.needs,
};
