// Attachments as they are stored (core/attach.py), read so that nothing in them can break what shows them.
// Documented in the seed's chapter "Вложения", bitrix24-imbot §8.

import { fieldsOf, hexColor, membersOf, positiveInt, textOf, trimmed, webAddress } from "./values.js";

/** @typedef {Record<string, unknown>} Fields */
/**
 * Where a click leads; undefined: nowhere.
 * @typedef {{ personId: number } | { chatId: number } | { address: string }} Target
 * @typedef {{ kind: string, content: unknown }} Block
 * @typedef {{ id: string, blocks: Block[], color?: string, token: string, isCard: boolean }} Attachment
 *   `isCard`: made of a link in the text
 */

/** In the documented order: the first key that is there says what the block is. */
const KINDS = ["USER", "LINK", "RICH_LINK", "MESSAGE", "GRID", "IMAGE", "FILE", "DELIMITER"];
const TOKENS = new Set(["primary", "secondary", "alert"]);
/** How deep words of an unknown block are looked for, and how many characters of them are shown. */
const WORDS_DEPTH = 5;
const MAX_WORDS_CHARS = 2_000;

/**
 * The attachments of a message, in order.
 * @param {unknown} stored
 * @returns {Attachment[]}
 */
export function attachmentsOf(stored) {
  return membersOf(stored).map((one, index) => {
    const fields = fieldsOf(one);
    const blocks = membersOf(fields.BLOCKS ?? []).map(blockOf);
    const token = textOf(fields.COLOR_TOKEN).toLowerCase();
    return {
      id: `${textOf(fields.ID)}-${index}`,
      blocks,
      color: hexColor(fields.COLOR),
      token: TOKENS.has(token) ? token : "",
      isCard: fields.COLOR === "transparent" && blocks.every((block) => block.kind === "RICH_LINK"),
    };
  });
}

/** @param {unknown} given @returns {Block} */
function blockOf(given) {
  const fields = fieldsOf(given);
  const kind = KINDS.find((one) => one in fields);
  return kind ? { kind, content: fields[kind] } : { kind: "", content: given };
}

/**
 * Where a thing of an attachment leads: the one of its keys that is stored.
 * @param {Fields} fields
 * @returns {Target | undefined}
 */
export function targetOf(fields) {
  const personId = positiveInt(fields.USER_ID) ?? positiveInt(fields.BOT_ID);
  const chatId = positiveInt(fields.CHAT_ID);
  const address = webAddress(fields.LINK);
  if (personId) return { personId };
  if (chatId) return { chatId };
  return address ? { address } : undefined;
}

/** @typedef {{ name: string, value: string, width?: number, height?: number, color?: string, target?: Target }} Cell */
/** @typedef {{ display: "block" | "line" | "row" | "table", cells: Cell[] }} Grid */

/**
 * The cells of a GRID: neighbours that are displayed alike stand together.
 * @param {unknown} content
 * @returns {Grid[]}
 */
export function gridsOf(content) {
  /** @type {Grid[]} */
  const grids = [];
  for (const fields of membersOf(content).map(fieldsOf)) {
    const cell = cellOf(fields);
    if (!cell.name && !cell.value) continue;
    const display = displayOf(fields.DISPLAY);
    const last = grids[grids.length - 1];
    if (last?.display === display) last.cells.push(cell);
    else grids.push({ display, cells: [cell] });
  }
  return grids;
}

/** @param {unknown} given @returns {Grid["display"]} */
function displayOf(given) {
  const display = textOf(given).toLowerCase();
  if (display === "line" || display === "card") return "line";
  if (display === "row" || display === "column") return "row";
  return display === "table" ? "table" : "block";
}

/** @param {Fields} fields @returns {Cell} */
function cellOf(fields) {
  return {
    name: trimmed(textOf(fields.NAME)),
    value: trimmed(textOf(fields.VALUE)),
    width: positiveInt(fields.WIDTH),
    height: positiveInt(fields.HEIGHT),
    color: hexColor(fields.COLOR),
    target: targetOf(fields),
  };
}

/**
 * All words of a thing that nobody knows how to show.
 * @param {unknown} thing
 */
export function wordsOf(thing) {
  /** @type {string[]} */
  const words = [];
  collect(thing, words, WORDS_DEPTH);
  return words.join("\n").slice(0, MAX_WORDS_CHARS);
}

/** @param {unknown} thing @param {string[]} words @param {number} depth */
function collect(thing, words, depth) {
  if (typeof thing === "string" || typeof thing === "number") words.push(String(thing));
  else if (thing && typeof thing === "object" && depth > 0) {
    for (const one of Object.values(thing)) collect(one, words, depth - 1);
  }
}

/** The site of an address, without www; empty for our own addresses. @param {string} address */
export function siteOf(address) {
  return /^https?:\/\/(?:[^@/?#]*@)?(?:www\.)?([^/?#:]+)/i.exec(address)?.[1] ?? "";
}
