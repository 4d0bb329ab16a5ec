// The open codes of the parser of message text, and how they end. A part of lib/markup_parser.js.

import { INTERACTIVE } from "./markup_codes.js";
import { Frame } from "./markup_frame.js";

/** @typedef {import("./markup_nodes.js").Make} Make */

/** Codes inside codes; deeper ones are ignored and only their contents are shown. */
const MAX_DEPTH = 20;
export const LINES = ">>"; // frame of a quote made of lines that begin so
export const DASHES = "-"; // frame of a quote between two rows of dashes
const QUOTES = new Set([LINES, DASHES]);

export class OpenCodes {
  /**
   * @param {string} text
   * @param {import("./markup_ahead.js").LookAhead} ahead
   */
  constructor(text, ahead) {
    this.text = text;
    this.ahead = ahead;
    this.stack = [new Frame("", "", 0, null)];
    this.interactive = 0; // open frames that are something to click
  }

  get top() {
    return this.stack[this.stack.length - 1];
  }

  get isDeep() {
    return this.stack.length > MAX_DEPTH;
  }

  /** @param {string} name @param {string} source @param {number} contentsAt @param {Make} make */
  push(name, source, contentsAt, make) {
    this.interactive += INTERACTIVE.has(name) ? 1 : 0;
    this.stack.push(new Frame(name, source, contentsAt, make));
  }

  /** Will there be a closing tag that no open or ignored code of this name needs? @param {string} name */
  hasClosingToSpare(name) {
    const open = this.stack.filter((frame) => frame.name === name).length;
    return this.ahead.closingOf(name) > open + this.ahead.swallowedOf(name);
  }

  /** Where on the stack the code is open. A quote is a wall: what was opened before is not closed in it. @param {string} name */
  depthOf(name) {
    for (let depth = this.stack.length - 1; depth > 0; depth -= 1) {
      if (this.stack[depth].name === name) return depth;
      if (QUOTES.has(this.stack[depth].name)) return undefined;
    }
    return undefined;
  }

  /** End all codes above a depth. @param {number} depth @param {number} contentsEnd */
  endCrossedTo(depth, contentsEnd) {
    while (this.stack.length - 1 > depth) this.endCrossed(contentsEnd);
  }

  /** End a code that an outer closing tag crosses: here, if its own closing tag is to come. @param {number} contentsEnd */
  endCrossed(contentsEnd) {
    const { name } = this.top;
    if (this.ahead.closingOf(name) > this.ahead.swallowedOf(name) && !QUOTES.has(name)) {
      this.ahead.swallow(name);
      this.finishTop(contentsEnd, "");
    } else {
      this.abandonTop();
    }
  }

  /** @param {number} contentsEnd @param {string} closingSource */
  finishTop(contentsEnd, closingSource) {
    const frame = this.pop();
    const node = frame.make?.(frame.children(), this.text.slice(frame.contentsAt, contentsEnd));
    if (node) return this.top.add(node);
    this.spill(frame);
    this.top.addText(closingSource);
  }

  abandonTop() {
    this.spill(this.pop());
  }

  pop() {
    const frame = /** @type {Frame} */ (this.stack.pop());
    this.interactive -= INTERACTIVE.has(frame.name) ? 1 : 0;
    return frame;
  }

  /** Give back a code as text, with its contents behind it. @param {Frame} frame */
  spill(frame) {
    this.top.addText(frame.source);
    this.top.addAll(frame.children());
  }

  /** @param {string} name */
  depthOfQuote(name) {
    for (let depth = this.stack.length - 1; depth > 0; depth -= 1) if (this.stack[depth].name === name) return depth;
    return undefined;
  }

  /** @param {number} depth @param {number} contentsEnd */
  finishQuote(depth, contentsEnd) {
    this.endCrossedTo(depth, contentsEnd);
    this.finishTop(contentsEnd, "");
  }

  /** The nodes of the whole text; what is still open becomes text. */
  end() {
    const depth = this.depthOfQuote(LINES);
    if (depth !== undefined) this.finishQuote(depth, this.text.length);
    while (this.stack.length > 1) this.abandonTop();
    return this.stack[0].children();
  }
}
