// BB codes: which values each accepts and which node it becomes. The same as core/markup_codes.py, in the same order.
// A code whose value is not accepted stays text.

import { textNode } from "./markup_nodes.js";
import { SPACE, hexColor, trimmed, webAddress } from "./values.js";

/** @typedef {import("./markup_nodes.js").Node} Node */
/** @typedef {import("./markup_nodes.js").Make} Make */

const MIN_FONT_PX = 8;
const MAX_FONT_PX = 30;
const MAX_ICON_PX = 100;

const LINK = new RegExp(`^(?:https?://|ftp://|mailto:|tel:|/)[^${SPACE}\\x00-\\x1f]+$`, "iu");
const ID = /^[0-9]{1,18}$/u;
const MENTIONED = new RegExp(`^(?:([0-9]{1,18})|all)(?:[${SPACE}]+replace)?$`, "iu");
const DIALOG = /^(?:imol\||chat|sg)?[0-9]{1,18}$/iu;
const MESSAGE = /^(chat[0-9]{1,18}|[0-9]{1,18}(?::[0-9]{1,18})?)\/([0-9]{1,18})$/iu;
const PHONE = /^[0-9+()#* -]{1,64}$/u;
const FONT = /^([0-9]{1,3})(?:px|pt)?$/iu;
const FILE = /^[a-z]?[0-9]{1,18}$/iu;
const TIMESTAMP = new RegExp(`^([0-9]{1,12})(?:[${SPACE}]+format=(.*))?$`, "isu");
const ICON_ATTRIBUTE = new RegExp(`[${SPACE}](size|width|height|title)=`, "iu");
const IMAGE_SIZE = new RegExp(`^[${SPACE}]*(?:size=(small|medium|large))?[${SPACE}]*$`, "iu");

/** Codes that make something to click: one inside another is ignored, only its contents are shown. */
export const INTERACTIVE = new Set(["url", "user", "chat", "context", "call", "send", "put"]);
const STYLES = new Set(["b", "i", "u", "s"]);

/**
 * The node of a code without closing tag; `rest` is what stands between its name and `]`.
 * @param {string} name
 * @param {string} rest
 * @returns {Node | null}
 */
export function singleNode(name, rest) {
  const read = SINGLE.get(name);
  const value = valueOf(rest);
  if (!read || (value === null && trimmed(rest))) return null;
  return read(value);
}

/**
 * What makes the node of a paired code once its closing tag comes; null when the tag stays text.
 * @param {string} name
 * @param {string} rest
 * @returns {Make | null}
 */
export function opened(name, rest) {
  if (STYLES.has(name)) return trimmed(rest) ? null : styled(/** @type {"b"} */ (name));
  if (name === "img") return openImage(rest);
  const read = PAIRED.get(name);
  const value = valueOf(rest);
  if (!read || (value === null && trimmed(rest))) return null;
  return read(value);
}

/**
 * Is a bare address shown as a picture?
 * @param {string} address
 */
export function isPicture(address) {
  return /\.(?:png|jpg|gif)$/i.test(address);
}

/** The text after `=`; null when the code has no value. @param {string} rest */
function valueOf(rest) {
  const at = rest.indexOf("=");
  return at >= 0 && !trimmed(rest.slice(0, at)) ? trimmed(rest.slice(at + 1)) : null;
}

/**
 * @param {"b" | "i" | "u" | "s" | "size" | "color"} style
 * @returns {Make}
 */
function styled(style, value = "") {
  return (children) => ({ node: "styled", style, children, value });
}

/** @param {string} rest @returns {Make | null} */
function openImage(rest) {
  const match = IMAGE_SIZE.exec(rest);
  if (!match) return null;
  const size = /** @type {"" | "small" | "medium" | "large"} */ ((match[1] ?? "").toLowerCase());
  return (_, raw) => {
    const address = webAddress(raw);
    return address ? { node: "image", address, size, is_bare: false } : null;
  };
}

/** @param {string} address @param {Node[]} children @returns {Node | null} */
function link(address, children) {
  if (!LINK.test(address)) return null;
  return { node: "link", address, children: children.length ? children : [textNode(address)], is_bare: false };
}

/** @param {string} number @param {Node[]} children @returns {Node | null} */
function call(number, children) {
  return PHONE.test(number) ? { node: "call", number, children: children.length ? children : [textNode(number)] } : null;
}

/**
 * @param {"send" | "put"} node
 * @returns {(value: string | null) => Make}
 */
function openSaying(node) {
  return (value) => (children, raw) => {
    const text = value || raw;
    return text ? { node, text, children: children.length ? children : [textNode(text)] } : null;
  };
}

/** @param {string | undefined} value */
function iconPx(value) {
  const match = FONT.exec(value ?? "");
  return match ? Math.min(Number(match[1]), MAX_ICON_PX) || null : null;
}

/** @param {string | null} value @returns {Node | null} */
function readIcon(value) {
  const [first, ...rest] = (value ?? "").split(ICON_ATTRIBUTE);
  const address = webAddress(first);
  if (!address || address.includes(" ")) return null;
  /** @type {Map<string, string>} */
  const attributes = new Map();
  for (let at = 0; at + 1 < rest.length; at += 2) attributes.set(rest[at].toLowerCase(), trimmed(rest[at + 1]));
  const size = iconPx(attributes.get("size"));
  const width = iconPx(attributes.get("width")) ?? size;
  const height = iconPx(attributes.get("height")) ?? size;
  return { node: "icon", address, width, height, title: attributes.get("title") ?? "" };
}

/** @type {Map<string, (value: string | null) => Make | null>} */
const PAIRED = new Map([
  ["size", (value) => {
    const match = FONT.exec(value ?? "");
    return match ? styled("size", String(Math.min(Math.max(Number(match[1]), MIN_FONT_PX), MAX_FONT_PX))) : null;
  }],
  ["color", (value) => (hexColor(value) ? styled("color", hexColor(value)) : null)],
  ["url", (value) => {
    if (value === null) return (_, raw) => link(trimmed(raw), [textNode(trimmed(raw))]);
    return LINK.test(value) ? (children) => link(value, children) : null;
  }],
  ["user", (value) => {
    const match = MENTIONED.exec(value ?? "");
    return match && ((children) => ({ node: "mention", person_id: match[1] ? Number(match[1]) : null, children }));
  }],
  ["chat", (dialog) =>
    (dialog !== null && DIALOG.test(dialog) ? (children) => ({ node: "chatlink", dialog, children }) : null)],
  ["context", (value) => {
    const match = MESSAGE.exec(value ?? "");
    return match
      && ((children) => ({ node: "messagelink", dialog: match[1], message_id: Number(match[2]), children }));
  }],
  ["call", (value) => {
    if (value === null) return (_, raw) => call(trimmed(raw), [textNode(trimmed(raw))]);
    return PHONE.test(value) ? (children) => call(value, children) : null;
  }],
  ["send", openSaying("send")],
  ["put", openSaying("put")],
]);

/** @type {Map<string, (value: string | null) => Node | null>} */
const SINGLE = new Map([
  ["icon", readIcon],
  ["timestamp", (value) => {
    const match = TIMESTAMP.exec(value ?? "");
    return match && { node: "timestamp", seconds: Number(match[1]), format: trimmed(match[2] ?? "") };
  }],
  ["disk", (value) => (value !== null && FILE.test(value) ? { node: "diskfile", file_id: value } : null)],
  ["rating", (value) => (value !== null && ID.test(value) ? { node: "mark", kind: "rating", value: Number(value) } : null)],
  ["attach", (value) => (value !== null && ID.test(value) ? { node: "mark", kind: "attach", value: Number(value) } : null)],
  ["like", (value) => (value === null ? { node: "mark", kind: "like", value: 0 } : null)],
  ["dislike", (value) => (value === null ? { node: "mark", kind: "dislike", value: 0 } : null)],
]);
