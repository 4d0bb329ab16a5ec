// The messages that are known, in their order.

/** @typedef {import("./types.js").Message} Message */

export class Messages {
  /** @type {readonly Message[]} by id, oldest first */
  list = [];

  /** The id of the newest one, 0 = none. */
  get newest() {
    return this.list[this.list.length - 1]?.id ?? 0;
  }

  /** The id of the oldest one, 0 = none. */
  get oldest() {
    return this.list[0]?.id ?? 0;
  }

  /**
   * Take messages in; those that are known already are replaced.
   * @param {readonly Message[]} found
   */
  take(found) {
    if (found.length === 0) return;
    const all = new Map(this.list.map((one) => [one.id, one]));
    for (const one of found) all.set(one.id, one);
    this.list = [...all.values()].sort((one, other) => one.id - other.id);
  }

  /** @param {number} id */
  drop(id) {
    this.list = this.list.filter((one) => one.id !== id);
  }

  clear() {
    this.list = [];
  }

  /** @param {number} id */
  has(id) {
    return this.list.some((one) => one.id === id);
  }

  /** How many of others came after one. @param {number} id */
  unreadAfter(id) {
    return this.list.filter((one) => one.id > id && one.author !== "me" && !one.isDeleted).length;
  }
}
