// Text of messages: the tree for showing it, and its plain words for lists. Documented in bitrix24-imbot §9; the server
// says the same in core/markup.py.

import { Parser } from "./markup_parser.js";
import { textNode } from "./markup_nodes.js";
import { SPECIAL } from "./markup_tokens.js";
import { inOneLine, trimmed } from "./values.js";

/** @typedef {import("./markup_nodes.js").Node} Node */

/**
 * The nodes of a message's text. Never throws; linear in the length of the text.
 * @param {string} text
 * @returns {Node[]}
 */
export function parse(text) {
  if (!SPECIAL.test(text)) return text ? [textNode(text)] : [];
  return new Parser(text).run();
}

/**
 * The text without codes in one line, for lists and notices.
 * @param {string} text
 */
export function plain(text) {
  /** @type {string[]} */
  const words = [];
  collectWords(parse(text), words);
  return inOneLine(words.join(""));
}

/** @param {Node[]} nodes @param {string[]} words */
function collectWords(nodes, words) {
  for (const node of nodes) {
    if (node.node === "text" || node.node === "code") words.push(node.text);
    else if (node.node === "break" || node.node === "indent") words.push(" ");
    else if (node.node === "icon") words.push(node.title);
    else if (node.node === "image") words.push(node.address);
    else if (node.node === "quote") {
      words.push(" ");
      collectWords(node.children, words);
      words.push(" ");
    } else if ("children" in node) collectWords(node.children, words);
  }
}

const ONE_EMOJI = [
  "\\p{RI}\\p{RI}",
  "[0-9#*]\\uFE0F?\\u20E3",
  "(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}\\uFE0F)\\p{Emoji_Modifier}?\\uFE0F?"
    + "(?:\\u200D\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\uFE0F?|[\\u{E0020}-\\u{E007F}])*",
  "\\p{Extended_Pictographic}\\p{Emoji_Modifier}",
].join("|");
const EACH_EMOJI = new RegExp(ONE_EMOJI, "gu");
/** Longer texts are not looked at: a few emoji are shown large, not a wall of them. */
const MAX_EMOJI_CHARS = 100;

/**
 * How many emoji a text consists of; 0 when there is anything else in it.
 * @param {string} text
 */
export function emojiCount(text) {
  const words = trimmed(text);
  if (!words || words.length > MAX_EMOJI_CHARS || trimmed(words.replace(EACH_EMOJI, ""))) return 0;
  return words.match(EACH_EMOJI)?.length ?? 0;
}
