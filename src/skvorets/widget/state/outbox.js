// What the visitor has sent and the server has not taken yet. It outlives the page; a repeated send is taken once, by
// its clientId.
//
//   send ──► waiting ──► taken (gone from here)
//              │ ▲
//   refused,   ▼ │ retry, or the connection is back
//   no network: failed

import { Refusal, isPassing } from "./api.js";

/** @typedef {import("./types.js").Pending} Pending */

/** Between attempts, ms; after so many in vain a message is shown as failed. */
const PAUSES = [2_000, 5_000, 10_000];

/**
 * @typedef {object} Parts
 * @property {(pending: Pending) => Promise<import("./types.js").Message>} post
 * @property {(message: import("./types.js").Message) => void} onTaken
 * @property {() => void} onChange
 * @property {import("./types.js").Memory} memory
 * @property {(ms: number, run: () => void) => () => void} later
 */

export class Outbox {
  /** @type {readonly Pending[]} */
  items = [];
  #parts;
  #isBusy = false;
  #tries = 0;
  #cancel = () => {};

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    const kept = parts.memory.get("outbox");
    this.items = Array.isArray(kept) ? kept.filter((one) => one?.clientId && one.text) : [];
  }

  /** @param {Pending} pending */
  add(pending) {
    this.#set([...this.items, pending]);
    void this.flush();
  }

  /** @param {string} clientId */
  drop(clientId) {
    if (this.items.some((one) => one.clientId === clientId)) this.#set(this.items.filter((one) => one.clientId !== clientId));
  }

  /** @param {string} clientId @param {Partial<Pending>} values */
  change(clientId, values) {
    this.#set(this.items.map((one) => (one.clientId === clientId ? { ...one, ...values } : one)));
  }

  /** Try one again that failed. @param {string} clientId */
  retry(clientId) {
    this.change(clientId, { state: "waiting", reason: undefined });
    this.#tries = 0;
    void this.flush();
  }

  /** The network is back: what failed for want of it goes now. */
  wake() {
    this.#tries = 0;
    const items = this.items.map((one) => (one.reason === "offline" ? { ...one, state: /** @type {const} */ ("waiting") } : one));
    if (items.some((one) => one.state === "waiting")) this.#set(items);
    void this.flush();
  }

  /** Send what waits, one after the other. */
  async flush() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#cancel();
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (!(await this.#send(next))) break;
      }
    } finally {
      this.#isBusy = false;
    }
  }

  #next() {
    return this.items.find((one) => one.state === "waiting");
  }

  /** @param {Pending} pending @returns {Promise<boolean>} go on with the next one? */
  async #send(pending) {
    try {
      const message = await this.#parts.post(pending);
      this.#tries = 0;
      this.drop(pending.clientId);
      this.#parts.onTaken(message);
      return true;
    } catch (error) {
      const reason = error instanceof Refusal ? error.code : "failure";
      if (reason === "cancelled") {
        this.drop(pending.clientId);
        return true;
      }
      const pause = error instanceof Refusal && error.retryAfter > 0 ? error.retryAfter * 1_000 : PAUSES[this.#tries];
      this.#tries += 1;
      if (!isPassing(error) || pause === undefined || pending.upload) {
        this.change(pending.clientId, { state: "failed", reason: isPassing(error) && reason !== "too_many" ? "offline" : reason });
        return !isPassing(error);
      }
      this.#cancel = this.#parts.later(pause, () => void this.flush());
      return false;
    }
  }

  /** @param {readonly Pending[]} items */
  #set(items) {
    this.items = items;
    const texts = items.filter((one) => !one.upload);
    this.#parts.memory.set("outbox", texts.length > 0 ? texts : null);
    this.#parts.onChange();
  }
}
