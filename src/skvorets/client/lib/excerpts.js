// The part of a long text that shows what was found in it.

import { pieces } from "./highlight.js";

/** Characters before the first found word. */
const BEFORE = 40;

/**
 * A part of a text of at most so many characters, with the first found word near its beginning.
 * @param {string} text
 * @param {readonly string[]} words
 * @param {number} most
 */
export function excerptOf(text, words, most) {
  const line = text.replace(/\s+/g, " ").trim();
  const parts = pieces(line, words);
  const at = parts.findIndex((one) => one.isFound);
  const found = parts.slice(0, Math.max(0, at)).reduce((sum, one) => sum + one.text.length, 0);
  if (line.length <= most) return line;
  const start = Math.min(Math.max(0, found - Math.min(BEFORE, Math.floor(most / 2))), line.length - most);
  // Not in the middle of a word, where one begins near.
  const space = start > 0 ? line.indexOf(" ", start) : -1;
  const begin = start === 0 ? 0 : space >= 0 && space < start + BEFORE / 2 ? space + 1 : start;
  const shown = line.slice(begin, begin + most).trimEnd();
  return `${begin > 0 ? "…" : ""}${shown}${begin + most < line.length ? "…" : ""}`;
}
