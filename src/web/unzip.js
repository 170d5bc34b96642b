// Opens files: one that is a zip archive as all that is in it, by the list at its end and the browser's own way
// to inflate (PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4). It never takes more than the limit says.
const LIST = 0x02014b50;
const END = 0x06054b50;
const UNREADABLE = "The browser could not read it. Is it still where it was?";
const DAMAGED = "It is a zip archive that is damaged or of a kind that can't be read here.";

const bytesOf = async (stream, limit) => {
  const parts = [];
  let size = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) {
      return new Uint8Array(await new Blob(parts).arrayBuffer());
    }
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
};

const unzipped = async (bytes, limit) => {
  const view = new DataView(bytes.buffer);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) {
    end -= 1;
  }
  const files = [];
  let left = limit;
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0 && view.getUint32(at, true) === LIST; count -= 1) {
    const [way, size, start] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    at += 46 + nameLength + extra + comment;
    // Folders, and what Macs put beside each file.
    if (name.endsWith("/") || name.startsWith("__MACOSX/")) {
      continue;
    }
    const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    const packed = new Blob([bytes.subarray(from, from + size)]).stream();
    const inflated = way === 0 ? packed : packed.pipeThrough(new DecompressionStream("deflate-raw"));
    const content = way === 0 || way === 8 ? await bytesOf(inflated, left).catch(() => DAMAGED) : DAMAGED;
    left -= content?.length ?? 0;
    files.push([name, content]);
  }
  return files;
};

export const opened = async (file, limit) => {
  if (file.size > limit) {
    return [[file.name, null]];
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && /\.zip$/i.test(file.name);
    return isZip ? await unzipped(bytes, limit).catch(() => [[file.name, DAMAGED]]) : [[file.name, bytes]];
  } catch {
    return [[file.name, UNREADABLE]];
  }
};
