// Texts that would spoil the page around them, calmed.

/** Marks upon one letter that are kept: no living language needs more. */
const TOWER = /(\p{M}{4})\p{M}+/gu;
/** Signs that turn the direction of everything behind them, and are not ended in the same text. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text whose letters carry no towers of marks that would cover the lines above.
 * @param {string} text
 */
export function calm(text) {
  return text.replace(TOWER, "$1");
}

/**
 * A name or title in one line, as written, that cannot turn what is beside it.
 * @param {string} text
 */
export function calmName(text) {
  return calm(text).replace(TURNS, "").replace(/\s+/g, " ");
}
