// Which rows of a long list with rows of one height must be drawn.

/** Rows drawn beyond what can be seen, so that a quick turn of the wheel shows no gap. */
const BEYOND = 6;

/**
 * Numbers of rows, ascending; `also` (the one with the focus) is among them wherever it is.
 * @param {{ top: number, height: number, row: number, count: number, also?: number }} view pixels, except count and also
 * @returns {number[]}
 */
export function rowsToDraw({ top, height, row, count, also = -1 }) {
  const first = Math.max(0, Math.floor(top / row) - BEYOND);
  const last = Math.min(count - 1, Math.ceil((top + height) / row) + BEYOND);
  /** @type {number[]} */
  const rows = [];
  if (also >= 0 && also < first) rows.push(also);
  for (let number = first; number <= last; number += 1) rows.push(number);
  if (also > last && also < count) rows.push(also);
  return rows;
}

/**
 * How far the list must be scrolled that a row can be seen whole.
 * @param {{ top: number, height: number, row: number }} view pixels
 * @param {number} number
 */
export function scrolledTo({ top, height, row }, number) {
  const at = number * row;
  if (at < top) return at;
  return at + row > top + height ? at + row - height : top;
}
