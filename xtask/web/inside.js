// In the one file: the script that the build joins with the module that loads the program and with boot.js, and packs.
// What takes the rest of the file apart comes with its element; in a worker there is none, and none is needed.
const here = {
  app: () => ({ default: __wbg_init, initSync, set_loader, answer }),
  full: () => here.app(),
  // For a page from the disk, browsers take the address of a module for one from elsewhere.
  type: "classic",
  ...self.document?.currentScript.needs,
};
