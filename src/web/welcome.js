// The sample on which a first visit opens comes while the program does.

import { isFirst } from "./copies.js";

const text = async () => {
  const response = await fetch("seeds/meals-pilot.txt");
  return response.ok ? response.text() : null;
};
const sample = isFirst() && text().catch(() => null);

/** The text of that sample; anything else where it was not asked for or did not come. */
export const welcome = async () => sample;
