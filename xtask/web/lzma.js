// Takes apart what the build has packed into the one file: LZMA, after its specification, with the settings
// lc 4, lp 0 and pb 1. Browsers know only gzip, with which the program would be a quarter larger.
//
// All probabilities stand in one list; these are the places of their groups.
const MATCH = 0;
const REP = 24;
const REP_0 = 36;
const REP_1 = 48;
const REP_2 = 60;
const REP_0_LONG = 72;
const SLOT = 96;
const FAR = 352;
const ALIGN = 467;
const LENGTH = 483;
const REP_LENGTH = 773;
const LITERAL = 1063;

const unpacked = (input) => {
  const view = new DataView(input.buffer, input.byteOffset, input.length);
  const out = new Uint8Array(view.getUint32(0, true));
  const chances = new Uint16Array(LITERAL + 0x300 * 16).fill(1024);
  // The first byte says nothing.
  let code = view.getUint32(5);
  let range = 2 ** 32 - 1;
  let from = 9;
  const fill = () => {
    if (range < 2 ** 24) {
      range *= 256;
      code = code * 256 + input[from];
      from += 1;
    }
  };
  const bit = (at) => {
    const bound = (range >>> 11) * chances[at];
    const is = code < bound ? 0 : 1;
    if (is) {
      range -= bound;
      code -= bound;
      chances[at] -= chances[at] >> 5;
    } else {
      range = bound;
      chances[at] += (2048 - chances[at]) >> 5;
    }
    fill();
    return is;
  };
  const tree = (base, bits) => {
    let node = 1;
    for (let left = bits; left > 0; left -= 1) {
      node = node * 2 + bit(base + node);
    }
    return node - 2 ** bits;
  };
  const reversed = (base, bits) => {
    let node = 1;
    let value = 0;
    for (let at = 0; at < bits; at += 1) {
      const is = bit(base + node);
      node = node * 2 + is;
      value += is << at;
    }
    return value;
  };
  const direct = (bits) => {
    let value = 0;
    for (let left = bits; left > 0; left -= 1) {
      range = Math.floor(range / 2);
      const is = code < range ? 0 : 1;
      code -= is * range;
      value = value * 2 + is;
      fill();
    }
    return value;
  };
  const length = (base, side) => {
    if (!bit(base)) {
      return tree(base + 2 + side * 8, 3);
    }
    return bit(base + 1) ? 16 + tree(base + 34, 8) : 8 + tree(base + 18 + side * 8, 3);
  };

  let at = 0;
  let state = 0;
  // How far back the last four places are from which something was taken, less one.
  let far = [0, 0, 0, 0];
  while (at < out.length) {
    const side = at % 2;
    if (!bit(MATCH + state * 2 + side)) {
      const base = LITERAL + 0x300 * ((at ? out[at - 1] : 0) >> 4);
      let letter = 1;
      if (state > 6) {
        let other = out[at - far[0] - 1];
        for (let same = true; same && letter < 256; ) {
          const expected = other >> 7;
          other = (other << 1) & 255;
          const is = bit(base + 256 + expected * 256 + letter);
          letter = letter * 2 + is;
          same = is === expected;
        }
      }
      while (letter < 256) {
        letter = letter * 2 + bit(base + letter);
      }
      out[at] = letter;
      at += 1;
      state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
      continue;
    }
    let count = 1;
    if (bit(REP + state)) {
      const which = bit(REP_0 + state) && 1 + (bit(REP_1 + state) && 1 + bit(REP_2 + state));
      if (which === 0 && !bit(REP_0_LONG + state * 2 + side)) {
        state = state < 7 ? 9 : 11;
      } else {
        far = [far[which], ...far.filter((_, place) => place !== which)];
        count = 2 + length(REP_LENGTH, side);
        state = state < 7 ? 8 : 11;
      }
    } else {
      count = length(LENGTH, side);
      const slot = tree(SLOT + Math.min(count, 3) * 64, 6);
      let next = slot;
      if (slot > 3) {
        const bits = (slot >> 1) - 1;
        next = (2 + (slot % 2)) * 2 ** bits;
        next += slot < 14 ? reversed(FAR + next - slot, bits) : direct(bits - 4) * 16 + reversed(ALIGN, 4);
      }
      far = [next, ...far.slice(0, 3)];
      count += 2;
      state = state < 7 ? 7 : 10;
    }
    for (; count > 0; count -= 1) {
      out[at] = out[at - far[0] - 1];
      at += 1;
    }
  }
  return out;
};
