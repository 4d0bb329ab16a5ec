// Codes around what is selected in a field: bold, a quote … and off again when they are there.

/** @typedef {{ text: string, start: number, end: number }} Selected the field's text and what is selected in it */

/**
 * Put a code around the selection, or take it away.
 * @param {Selected} selected
 * @param {string} code B, I, U, S, CODE
 * @returns {Selected}
 */
export function wrapped({ text, start, end }, code) {
  const [open, close] = [`[${code}]`, `[/${code}]`];
  const inner = text.slice(start, end);
  if (text.slice(0, start).endsWith(open) && text.slice(end).startsWith(close)) {
    return {
      text: text.slice(0, start - open.length) + inner + text.slice(end + close.length),
      start: start - open.length, end: end - open.length,
    };
  }
  if (inner.startsWith(open) && inner.endsWith(close) && inner.length >= open.length + close.length) {
    const bare = inner.slice(open.length, -close.length);
    return { text: text.slice(0, start) + bare + text.slice(end), start, end: start + bare.length };
  }
  return { text: text.slice(0, start) + open + inner + close + text.slice(end), start: start + open.length, end: end + open.length };
}

/**
 * Make quotes of the lines that are selected, or take the signs away.
 * @param {Selected} selected
 * @returns {Selected}
 */
export function quotedLines({ text, start, end }) {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const to = text.indexOf("\n", end) < 0 ? text.length : text.indexOf("\n", end);
  const lines = text.slice(from, to).split("\n");
  const isQuoted = lines.every((line) => line.startsWith(">>"));
  const made = lines.map((line) => (isQuoted ? line.slice(2) : `>>${line}`)).join("\n");
  return { text: text.slice(0, from) + made + text.slice(to), start: from, end: from + made.length };
}

/**
 * Make a link of the selection; the address is what is to be written next.
 * @param {Selected} selected
 * @returns {Selected}
 */
export function linked({ text, start, end }) {
  const inner = text.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(inner);
  const open = isAddress ? `[URL=${inner}]` : "[URL=https://]";
  const label = isAddress ? "" : inner;
  const caret = isAddress ? start + open.length : start + open.length - 1;
  return { text: `${text.slice(0, start)}${open}${label}[/URL]${text.slice(end)}`, start: caret, end: caret };
}

/**
 * Put words in place of the selection; blanks around them where words would run into each other.
 * @param {Selected} selected
 * @param {string} words
 * @returns {Selected}
 */
export function inserted({ text, start, end }, words) {
  const caret = start + words.length;
  return { text: text.slice(0, start) + words + text.slice(end), start: caret, end: caret };
}

/** Dashes of a quote's rows, as documented. */
const ROW = "-".repeat(54);

/**
 * A quote as Bitrix24 writes it: author and time between rows of dashes.
 * @param {{ author: string, time: string, text: string }} quoted
 */
export function quoteOf({ author, time, text }) {
  const words = text.replaceAll(/-{54,}/g, "—");
  return `${ROW}\n${author} [${time}]\n${words}\n${ROW}\n`;
}
