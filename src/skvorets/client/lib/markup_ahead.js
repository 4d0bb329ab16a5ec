// What the parser of message text knows of the rest of it: what closes, and where. An opening tag without a closing one
// to come is text at once.

import { isBreak } from "./markup_tokens.js";

/** @typedef {import("./markup_tokens.js").Token} Token */

export class LookAhead {
  /**
   * @param {string} text
   * @param {Token[]} tokens
   */
  constructor(text, tokens) {
    /** @type {Map<string, number>} closing tags that must come and mean nothing */
    this.swallowed = new Map();
    /** @type {Map<string, number>} closing tags not reached yet */
    this.closing = new Map();
    /** @type {Set<number>} where rows of dashes not reached yet begin */
    this.dashRows = new Set();
    /** @type {Token[]} [/CODE] tags, the next one last */
    this.codeEnds = [];
    tokens.forEach((token, at) => {
      if (token.kind === "tag" && token.isClosing) {
        add(this.closing, token.name, 1);
        if (token.name === "code") this.codeEnds.push(token);
      } else if (token.kind === "dashes" && isRow(text, token, tokens[at - 1], tokens[at + 1])) {
        this.dashRows.add(token.start);
      }
    });
    this.codeEnds.reverse();
  }

  /** @param {string} name */
  closingOf(name) {
    return this.closing.get(name) ?? 0;
  }

  /** @param {string} name */
  swallowedOf(name) {
    return this.swallowed.get(name) ?? 0;
  }

  /** One closing tag of this name is to mean nothing. @param {string} name */
  swallow(name) {
    add(this.swallowed, name, 1);
  }

  /** A closing tag is reached; does it mean nothing? @param {string} name */
  passClosing(name) {
    add(this.closing, name, -1);
    if (this.swallowedOf(name) === 0) return false;
    add(this.swallowed, name, -1);
    return true;
  }

  /** The first [/CODE] behind a place. @param {number} place */
  endOfCode(place) {
    while (this.codeEnds.length && this.codeEnds[this.codeEnds.length - 1].start < place) this.codeEnds.pop();
    return this.codeEnds.pop();
  }

  /** Is here a row of dashes? It counts as reached. @param {number} start */
  takeDashRow(start) {
    return this.dashRows.delete(start);
  }

  hasDashRows() {
    return this.dashRows.size > 0;
  }
}

/** @param {Map<string, number>} counts @param {string} name @param {number} step */
function add(counts, name, step) {
  counts.set(name, (counts.get(name) ?? 0) + step);
}

/**
 * Does a row of dashes fill its line?
 * @param {string} text
 * @param {Token} token
 * @param {Token | undefined} before
 * @param {Token | undefined} after
 */
function isRow(text, token, before, after) {
  const begins = token.start === 0 || (isBreak(before) && before?.end === token.start);
  const ends = token.end === text.length || (isBreak(after) && after?.start === token.end);
  return begins && ends;
}
