// Words found by a search, marked in a text.

/** More words are not marked: a search has not so many. */
const MAX_WORDS = 20;

/**
 * A text in pieces, those that were found told apart. Found is what begins a word with one of the wanted words, in any
 * case, ё as е.
 * @param {string} text
 * @param {readonly string[]} words
 * @returns {{ text: string, isFound: boolean }[]}
 */
export function pieces(text, words) {
  const wanted = words.filter(Boolean).slice(0, MAX_WORDS).map(escaped);
  if (wanted.length === 0) return [{ text, isFound: false }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.sort((a, b) => b.length - a.length).join("|")})`, "giu");
  const found = [];
  let position = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > position) found.push({ text: text.slice(position, match.index), isFound: false });
    found.push({ text: match[0], isFound: true });
    position = match.index + match[0].length;
  }
  if (position < text.length || found.length === 0) found.push({ text: text.slice(position), isFound: false });
  return found;
}

/** @param {string} word */
function escaped(word) {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/[её]/giu, "[её]");
}
