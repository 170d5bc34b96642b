// What only the browser can do with a file: read it, and inflate a part of an archive (RFC 1951). No `Blob` is read here:
// in WebKit the worker of a page from the disk can't. There the page hands over what is in a file (`xtask/web/inside.js`).

/** The bytes of a file; null where they can't be had. */
export const bytesOf = async (file) => {
  try {
    return file.handed ?? new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
};

/** What some bytes inflate to; null where they are damaged or come to more than the limit. */
export const inflate = async (bytes, limit) => {
  const start = (packed) => {
    packed.enqueue(bytes);
    packed.close();
  };
  const reader = new ReadableStream({ start }).pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts = [];
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      parts.push(next.value);
      size += next.value.length;
      if (size > limit) {
        await reader.cancel();
        return null;
      }
    }
    const all = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  } catch {
    return null;
  }
};
