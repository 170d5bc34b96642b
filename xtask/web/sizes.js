// Prints, for each file named, its size raw, with gzip and with brotli, at their best settings.
// Node's own zlib does it, so that the build needs no compression crate.
const { readFileSync } = require("node:fs");
const { brotliCompressSync, gzipSync } = require("node:zlib");

for (const file of process.argv.slice(1)) {
  const content = readFileSync(file);
  const gzip = gzipSync(content, { level: 9 }).length;
  console.log(content.length, gzip, brotliCompressSync(content).length);
}
