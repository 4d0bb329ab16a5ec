// Looking for emoji by words of either language, and by their usual short names.

/** @typedef {{ sign: string, name: string, words: string[] }} Emoji */
/** @typedef {{ name: string, emoji: Emoji[] }} EmojiGroup */

/**
 * @param {{ groups: { name: string, emoji: [string, string, string][] }[] }} data emoji/emoji.json
 * @returns {EmojiGroup[]}
 */
export function groupsOf(data) {
  return data.groups.map(({ name, emoji }) => ({
    name, emoji: emoji.map(([sign, short, words]) => ({ sign, name: short, words: words.split(" ") })),
  }));
}

/**
 * Those of which a name or a word begins so; whole names first.
 * @param {EmojiGroup[]} groups
 * @param {string} wanted
 * @param {number} limit
 * @returns {Emoji[]}
 */
export function findEmoji(groups, wanted, limit) {
  const words = wanted.toLowerCase().replaceAll("ё", "е").split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  /** @type {[number, Emoji][]} */
  const found = [];
  for (const { emoji } of groups) {
    for (const one of emoji) {
      const rank = Math.max(...words.map((word) => rankOf(one, word)));
      if (rank < 9) found.push([rank, one]);
    }
  }
  return found.sort(([one], [other]) => one - other).slice(0, limit).map(([, one]) => one);
}

/**
 * @param {Emoji} emoji
 * @param {string} word
 * @returns {number} less is better, 9 = not at all
 */
function rankOf(emoji, word) {
  if (emoji.name === word) return 0;
  if (emoji.name.startsWith(word)) return 1;
  if (emoji.words.includes(word)) return 2;
  if (emoji.words.some((one) => one.startsWith(word))) return 3;
  return emoji.name.includes(`_${word}`) ? 4 : 9;
}
