// The messages of one chat that are here: a window of its history without holes.

import { call } from "../api.js";
import { signal } from "../ui.js";
import { take } from "./directory.js";

/** @typedef {import("./directory.js").Message} Message */
/** @typedef {{ messages: Message[], hasOlder: boolean, hasNewer: boolean, seenId: number }} Page */

/** Messages that are asked for at once. */
export const PAGE = 50;
/** So many are kept; more are let go at the far end. */
export const KEPT = 400;
/** Who goes far back, or comes from there, leaves what is so many messages behind. */
export const MOST = 1_000;

export class Timeline {
  /** @param {number} chatId */
  constructor(chatId) {
    this.chatId = chatId;
    /** @type {import("../ui.js").Signal<Message[]>} by id */
    this.messages = signal([]);
    this.hasOlder = signal(true);
    this.hasNewer = signal(false);
    /** Was anything loaded yet? */
    this.isReady = signal(false);
    /** @type {import("../ui.js").Signal<"" | "older" | "newer" | "page">} what is on its way */
    this.loading = signal("");
    /** The first message that was unread when the chat was opened, 0 = none: the line stays there. */
    this.dividerId = signal(0);
    /** Grows whenever the window is another one: a view scrolls anew. */
    this.generation = 0;
    /** @type {Message[]} what came while a page was loaded, which may have been read before */
    this.late = [];
  }

  /** Load the newest messages. */
  async loadNewest() {
    await this.replace({});
  }

  /**
   * Load the surroundings of a message.
   * @param {number} id
   */
  async loadAround(id) {
    await this.replace({ around: id });
  }

  /** Load what is before the window. */
  async loadOlder() {
    const first = this.messages.peek()[0];
    if (!first || !this.hasOlder.peek() || this.loading.peek()) return;
    await this.extend("older", { before: first.id });
  }

  /** Load what is after the window. */
  async loadNewer() {
    const last = this.messages.peek().at(-1);
    if (!last || !this.hasNewer.peek() || this.loading.peek()) return;
    await this.extend("newer", { after: last.id });
  }

  /**
   * A message came or was changed. One behind a window that has not reached the present is not taken.
   * @param {Message} message
   */
  put(message) {
    if (this.loading.peek()) this.late.push(message);
    if (!this.isReady.peek()) return;
    const messages = this.messages.peek();
    const at = place(messages, message.id);
    if (messages[at]?.id === message.id) {
      this.messages.value = messages.with(at, message);
    } else if (at === messages.length ? !this.hasNewer.peek() : at > 0 || !this.hasOlder.peek()) {
      this.messages.value = messages.toSpliced(at, 0, message);
    }
  }

  /**
   * Change some of a message that is here.
   * @param {number} id
   * @param {Partial<Message>} changes
   */
  change(id, changes) {
    const found = this.find(id);
    if (found) this.put({ ...found, ...changes });
  }

  /**
   * A message is gone without trace.
   * @param {number} id
   */
  remove(id) {
    if (this.find(id)) this.messages.value = this.messages.peek().filter((one) => one.id !== id);
  }

  /** @param {number} id */
  find(id) {
    const messages = this.messages.peek();
    const found = messages[place(messages, id)];
    return found?.id === id ? found : undefined;
  }

  /** Let go what is far from the present; called when somebody looks at the newest message. */
  trim() {
    const messages = this.messages.peek();
    if (messages.length <= KEPT || this.hasNewer.peek()) return;
    this.messages.value = messages.slice(-KEPT / 2);
    this.hasOlder.value = true;
  }

  /** What is here may have holes: the next look loads anew. */
  forget() {
    this.isReady.value = false;
  }

  /** @param {Record<string, number>} where */
  async replace(where) {
    this.generation += 1;
    const generation = this.generation;
    this.loading.value = "page";
    try {
      const page = await this.fetch(where);
      if (generation !== this.generation) return;
      this.messages.value = page.messages;
      this.hasOlder.value = page.hasOlder;
      this.hasNewer.value = page.hasNewer;
      this.isReady.value = true;
    } finally {
      if (generation === this.generation) this.finish();
    }
  }

  /**
   * @param {"older" | "newer"} side
   * @param {Record<string, number>} where
   */
  async extend(side, where) {
    const generation = this.generation;
    this.loading.value = side;
    try {
      const page = await this.fetch(where);
      if (generation !== this.generation) return;
      const known = new Set(this.messages.peek().map((one) => one.id));
      const fresh = page.messages.filter((one) => !known.has(one.id));
      const joined = side === "older" ? [...fresh, ...this.messages.peek()] : [...this.messages.peek(), ...fresh];
      this.messages.value = side === "older" ? joined.slice(0, MOST) : joined.slice(-MOST);
      const isCut = joined.length > MOST;
      this.hasOlder.value = side === "older" ? page.hasOlder : this.hasOlder.peek() || isCut;
      this.hasNewer.value = side === "newer" ? page.hasNewer : this.hasNewer.peek() || isCut;
    } finally {
      if (generation === this.generation) this.finish();
    }
  }

  finish() {
    this.loading.value = "";
    for (const message of this.late.splice(0)) this.put(message);
  }

  /**
   * @param {Record<string, number>} where
   * @returns {Promise<Page>}
   */
  async fetch(where) {
    const page = await call("GET", `/api/chats/${this.chatId}/messages`, { ...where, limit: PAGE });
    take(page);
    return page;
  }
}

/**
 * Where a message with this id is or belongs.
 * @param {Message[]} messages
 * @param {number} id
 */
function place(messages, id) {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle].id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
