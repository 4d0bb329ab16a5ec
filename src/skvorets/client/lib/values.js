// Texts as the server reads them: white space, addresses, colours and numbers of codes mean the same on both sides.
// The same rules: core/content_values.py, core/colors.py.

/** What Python counts as white space, for the inside of a character class. */
export const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const EDGES = new RegExp(`^[${SPACE}]+|(?<![${SPACE}])[${SPACE}]+$`, "gu");
const GAPS = new RegExp(`[${SPACE}]+`, "gu");
const WEB_ADDRESS = new RegExp(`^(?:/|https?://[^${SPACE}/])[^\\x00-\\x1f\\x7f]*$`, "iu");
const HEX_COLOR = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/iu;

/**
 * A text without white space at both ends.
 * @param {string} text
 */
export function trimmed(text) {
  return text.replace(EDGES, "");
}

/**
 * A text in one line, with single spaces.
 * @param {string} text
 */
export function inOneLine(text) {
  return trimmed(text.replace(GAPS, " "));
}

/**
 * An address that begins with `/`, `http://` or `https://`; undefined for any other.
 * @param {unknown} given
 */
export function webAddress(given) {
  const text = typeof given === "string" ? trimmed(given.replaceAll("\0", "")) : "";
  return WEB_ADDRESS.test(text) ? text : undefined;
}

/**
 * A colour `#rgb` or `#rrggbb` as written; undefined for anything else.
 * @param {unknown} given
 */
export function hexColor(given) {
  const text = typeof given === "string" ? trimmed(given) : "";
  return HEX_COLOR.test(text) ? text : undefined;
}

/**
 * A text or number as text; empty for anything else.
 * @param {unknown} given
 */
export function textOf(given) {
  return typeof given === "string" ? given : typeof given === "number" ? String(given) : "";
}

/**
 * A whole number above zero, also from text; undefined for anything else.
 * @param {unknown} given
 */
export function positiveInt(given) {
  const text = trimmed(textOf(given));
  const number = /^[0-9]{1,15}$/.test(text) ? Number(text) : 0;
  return number > 0 ? number : undefined;
}

/**
 * A map; empty for anything else.
 * @param {unknown} given
 * @returns {Record<string, unknown>}
 */
export function fieldsOf(given) {
  return given !== null && typeof given === "object" && !Array.isArray(given)
    ? /** @type {Record<string, unknown>} */ (given) : {};
}

/**
 * The members of a list or of a numbered map; of a single map, that map.
 * @param {unknown} given
 * @returns {unknown[]}
 */
export function membersOf(given) {
  if (Array.isArray(given)) return given;
  const fields = fieldsOf(given);
  const keys = Object.keys(fields);
  if (keys.length === 0) return [];
  return keys.every((key) => /^[0-9]+$/.test(key)) ? Object.values(fields) : [given];
}
