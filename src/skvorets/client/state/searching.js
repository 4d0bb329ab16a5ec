// Finding messages by words and conditions: in one chat, or in all of one's own.

import { call } from "../api.js";
import { signal } from "../ui.js";
import { inBackground } from "./background.js";
import { take } from "./directory.js";
import { Pages } from "./pages.js";

/** @typedef {import("./directory.js").Message} Message */

/** Milliseconds without a stroke after which the server is asked. */
const PAUSE = 250;
const PAGE = 30;

export class Searching {
  constructor() {
    this.text = signal("");
    /** Only in this chat; 0 = everywhere. */
    this.chatId = signal(0);
    /** Words to be marked, in the forms that stand in the texts. @type {import("../ui.js").Signal<string[]>} */
    this.words = signal([]);
    this.found = new Pages((/** @type {Message | undefined} */ last) => this.ask(last));
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.due = undefined;
  }

  /**
   * @param {string} text
   * @param {boolean} [isDone] nothing more will be typed: ask at once
   */
  look(text, isDone = false) {
    this.text.value = text;
    clearTimeout(this.due);
    if (!text.trim()) return this.found.clear();
    this.due = setTimeout(() => inBackground(this.found.restart()), isDone ? 0 : PAUSE);
  }

  /** @param {number} chatId 0 = everywhere */
  within(chatId) {
    if (chatId === this.chatId.peek()) return;
    this.chatId.value = chatId;
    this.found.clear();
    this.look(this.text.peek(), true);
  }

  stop() {
    clearTimeout(this.due);
    this.found.clear();
  }

  /** @param {Message | undefined} last */
  async ask(last) {
    const given = { find: this.text.peek().trim(), chatId: this.chatId.peek() || undefined, beforeId: last?.id, limit: PAGE };
    const page = await call("GET", "/api/search/messages", given);
    take(page);
    this.words.value = page.words;
    return { items: /** @type {Message[]} */ (page.messages), hasMore: page.hasMore };
  }
}
