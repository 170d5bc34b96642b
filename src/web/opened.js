// What only the browser can do with a file: read it, and inflate a part of an archive (RFC 1951).

/** The bytes of a file; null where they can't be had. */
export const bytesOf = async (file) => {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
};

/** What some bytes inflate to; null where they are damaged or come to more than the limit. */
export const inflate = async (bytes, limit) => {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
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
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  } catch {
    return null;
  }
};
