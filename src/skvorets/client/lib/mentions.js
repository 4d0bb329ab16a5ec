// Mentions in a plain field: there one reads @Name, what is sent is [USER=id]Name[/USER].

/** @typedef {Map<string, number>} Mentioned name → person, of those that were put in by completion */
/** @typedef {{ sign: "@" | "/" | ":" | "//", start: number, words: string }} Beginning what is being written, from its sign on */

const CODE = /\[USER=(\d+)\]([^[\]\n]{1,120})\[\/USER\]/gi;

/**
 * What is sent.
 * @param {string} text
 * @param {Mentioned} mentioned
 */
export function encoded(text, mentioned) {
  const names = [...mentioned.keys()].filter((name) => text.includes(`@${name}`)).sort((a, b) => b.length - a.length);
  if (names.length === 0) return text;
  // Longest first: @Ann is not found within @Anna.
  const pattern = new RegExp(`@(${names.map(escaped).join("|")})(?![\\p{L}\\p{N}_])`, "gu");
  return text.replace(pattern, (_whole, name) => `[USER=${mentioned.get(name)}]${bare(name)}[/USER]`);
}

/**
 * What is shown in the field; the names go into `mentioned`.
 * @param {string} text
 * @param {Mentioned} mentioned
 */
export function decoded(text, mentioned) {
  return text.replace(CODE, (whole, id, name) => {
    const label = labelOf(Number(id), name, mentioned);
    return label === null ? whole : `@${label}`;
  });
}

/**
 * Under which name a person is mentioned; another one of the same name is told apart by a number.
 * @param {number} id
 * @param {string} name
 * @param {Mentioned} mentioned
 */
export function labelOf(id, name, mentioned) {
  const plain = name.replaceAll(/[[\]\n]/g, " ").trim();
  if (!plain) return null;
  for (let number = 1; ; number += 1) {
    const label = number === 1 ? plain : `${plain} (${number})`;
    const known = mentioned.get(label);
    if (known !== undefined && known !== id) continue;
    mentioned.set(label, id);
    return label;
  }
}

/**
 * What is being written before the caret that can be completed: @name, a command at the very beginning, :smile, //canned answer.
 * @param {string} text
 * @param {number} caret
 * @returns {Beginning | null}
 */
export function beginningAt(text, caret) {
  const before = text.slice(Math.max(0, caret - 60), caret);
  const command = caret <= 60 ? /^\/([\w-]{0,50})$/.exec(before) : null;
  if (command) return { sign: "/", start: 0, words: command[1] };
  const answer = /(?:^|\s)\/\/([^\n/]{0,40})$/.exec(before);
  if (answer) return { sign: "//", start: caret - answer[1].length - 2, words: answer[1] };
  const mention = /(?:^|[\s([{"'«>])@([\p{L}\p{N}_.-]{0,30}(?: [\p{L}\p{N}_.-]{1,30})?)$/u.exec(before);
  if (mention) return { sign: "@", start: caret - mention[1].length - 1, words: mention[1] };
  const smile = /(?:^|\s):([\p{L}\p{N}_+-]{2,30})$/u.exec(before);
  if (smile) return { sign: ":", start: caret - smile[1].length - 1, words: smile[1] };
  return null;
}

/** @param {string} name */
function bare(name) {
  return name.replace(/ \(\d+\)$/, "");
}

/** @param {string} words */
function escaped(words) {
  return words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
