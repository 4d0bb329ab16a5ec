// Lines that the company's people can write to, found by words of their names or by a code, and joined.

import { call } from "../api.js";
import { signal } from "../ui.js";
import { inBackground } from "./background.js";
import { me } from "./directory.js";

/** @typedef {import("../shapes.js").LineOffer} LineOffer */

/** Milliseconds without a stroke after which the server is asked: later than for people, whom one looks for more often. */
const PAUSE = 250;
/** Characters of the shortest text that is looked for, and of the longest that may be sent. */
const [SHORTEST, LONGEST] = [3, 300];

export class LineOffers {
  constructor() {
    this.lines = signal(/** @type {LineOffer[]} */ ([]));
    this.text = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.due = undefined;
  }

  /** @param {string} text */
  look(text) {
    this.text = text.trim();
    this.lines.value = [];
    clearTimeout(this.due);
    if (this.text.length < SHORTEST || this.text.length > LONGEST || me.peek()?.isExtranet) return;
    this.due = setTimeout(() => inBackground(this.ask(this.text)), PAUSE);
  }

  /** @param {string} text */
  async ask(text) {
    const { lines } = await call("GET", "/api/lines/find", { text });
    if (this.text === text) this.lines.value = lines;
  }
}

/**
 * Join a line; the id of the bot to write to.
 * @param {LineOffer} line
 * @returns {Promise<number>}
 */
export async function joinLine(line) {
  return line.botId || (await call("POST", "/api/lines/join", { code: line.code })).botId;
}
