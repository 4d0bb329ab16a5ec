// Places in the server's event log, "0-17": two decimal numbers without leading zeros, ordered by the first, then by
// the second. They have up to 63 bits, so they are compared as texts.

const FORM = /^(0|[1-9]\d{0,18})-(0|[1-9]\d{0,18})$/;

/**
 * Is this a place in the log?
 * @param {unknown} text
 * @returns {text is string}
 */
export function isPosition(text) {
  return typeof text === "string" && FORM.test(text);
}

/**
 * Negative when the first lies before the second, 0 when they are the same.
 * @param {string} first
 * @param {string} second
 * @returns {number}
 */
export function comparePositions(first, second) {
  const [era, id] = first.split("-");
  const [otherEra, otherId] = second.split("-");
  return compareNumbers(era, otherEra) || compareNumbers(id, otherId);
}

/**
 * The one that lies further on.
 * @param {string} first empty = before everything
 * @param {string} second
 */
export function laterPosition(first, second) {
  return first !== "" && comparePositions(first, second) > 0 ? first : second;
}

/**
 * @param {string} first
 * @param {string} second
 */
function compareNumbers(first, second) {
  if (first.length !== second.length) return first.length - second.length;
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
