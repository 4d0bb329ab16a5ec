// How well a name fits what somebody types to find it.

/** The ranks, best first: the whole begins so; words begin so; it is inside; the letters come in this order. */
export const WHOLE = 4;
export const WORDS = 3;
export const INSIDE = 2;
export const LETTERS = 1;

/**
 * Small letters, ё as е: as names are compared.
 * @param {string} text
 */
export function folded(text) {
  return text.toLowerCase().replace(/ё/g, "е").normalize("NFC");
}

/**
 * How well a name fits; 0 = not at all. Both are folded.
 * @param {string} name
 * @param {string} wanted
 */
export function rank(name, wanted) {
  if (!wanted) return WHOLE;
  if (name.startsWith(wanted)) return WHOLE;
  const words = wordsOf(name);
  if (wordsOf(wanted).every((part) => words.some((word) => word.startsWith(part)))) return WORDS;
  if (name.includes(wanted)) return INSIDE;
  return wanted.length >= 3 && isInOrder(name, wanted) ? LETTERS : 0;
}

/** @param {string} text */
function wordsOf(text) {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * Do the letters come in this order, the first one at the beginning of a word?
 * @param {string} name
 * @param {string} wanted
 */
function isInOrder(name, wanted) {
  return [...name.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].some(({ index, 0: letter }) => {
    if (letter !== wanted[0]) return false;
    let at = index;
    for (const one of wanted) {
      at = name.indexOf(one, at) + 1;
      if (at === 0) return false;
    }
    return true;
  });
}
