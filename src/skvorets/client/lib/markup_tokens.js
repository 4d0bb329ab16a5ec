// What a parser of message text looks for, as core/markup_parser.py writes it.
// Python's possessive `*+` is written `(?=(…*))\N`: what was read is not given back, so nothing is read twice.

import { SPACE } from "./values.js";

/** Anything a token could begin with: most messages have none of it and are one text. */
export const SPECIAL = /[[\r\n\t]|#BR#|>>| {4}|-{54}|:\/\//iu;

const WORD = "\\p{L}\\p{N}_";
const VALUE = `(?=(?<value>(?:[^[\\]\\r\\n]|\\[[${WORD}.\\-]*\\])*))\\k<value>`;
const TAG = `\\[(?<closing>/?)(?<name>[a-z]{1,10})(?<rest>(?:[ ]*=${VALUE}|[ ](?=(?<words>[^[\\]\\r\\n]*))\\k<words>)?)\\]`;
const ADDRESS = `(?<![${WORD}/])(?:https?|ftp)://(?:(?!#BR#)[^${SPACE}[\\]<>"])+`;

export const TOKEN = new RegExp(
  [
    `(?<tag>${TAG})`,
    "(?<newline>\\r\\n?|\\n|#BR#)",
    "(?<indent>\\t|[ ]{4})",
    "(?<quote>>>)",
    "(?<dashes>(?<!-)-{54}(?!-))",
    `(?<address>${ADDRESS})`,
  ].join("|"),
  "giu",
);

/** The line under the first row of dashes: author [date]. A date has a digit and is no code that ends a usual line. */
export const QUOTE_HEAD = new RegExp(
  "(?:\\r\\n?|\\n|\\[BR\\]|#BR#)(?<author>[^[\\]\\r\\n]{1,200}?) ?"
    + "\\[(?<date>(?!/)(?=[^0-9\\]]{0,100}[0-9])[^[\\]=\\r\\n]{1,100})\\]"
    + "(?=\\r|\\n|\\[BR\\]|#BR#)",
  "iuy",
);

export const SCHEME_ONLY = /^[a-z]+:\/*$/iu;

/**
 * A token as the parser needs it.
 * @typedef {{ kind: "tag" | "newline" | "indent" | "quote" | "dashes" | "address", text: string, start: number, end: number,
 *   isClosing: boolean, name: string, rest: string }} Token
 */

/**
 * @param {string} text
 * @returns {Token[]}
 */
export function tokensOf(text) {
  /** @type {Token[]} */
  const tokens = [];
  for (const match of text.matchAll(TOKEN)) tokens.push(read(match));
  return tokens;
}

/**
 * A line break right here.
 * @param {string} text
 * @param {number} at
 */
export function breakAt(text, at) {
  const match = /(?:\r\n?|\n|#BR#|\[BR\])/iuy;
  match.lastIndex = at;
  return match.test(text) ? match.lastIndex : undefined;
}

/** @param {Token | undefined} token */
export function isBreak(token) {
  return token !== undefined && (token.kind === "newline" || (token.kind === "tag" && token.text.toLowerCase() === "[br]"));
}

/** @param {RegExpExecArray} match @returns {Token} */
function read(match) {
  const groups = /** @type {Record<string, string | undefined>} */ (match.groups);
  const kind = /** @type {Token["kind"]} */ (KINDS.find((one) => groups[one] !== undefined));
  return {
    kind,
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    isClosing: Boolean(groups.closing),
    name: (groups.name ?? "").toLowerCase(),
    rest: groups.rest ?? "",
  };
}

const KINDS = ["tag", "newline", "indent", "quote", "dashes", "address"];
