// Things by their number, each one a signal: who shows one is drawn anew only when that one changes.

import { signal } from "../ui.js";

/**
 * @template T
 */
export class Keyed {
  constructor() {
    /** @type {Map<number, import("../ui.js").Signal<T | undefined>>} */
    this.signals = new Map();
    /** Grows whenever something comes or goes: lists of all look at it. */
    this.members = signal(0);
  }

  /**
   * The thing; who asks while drawing is told of its changes, also when it comes later.
   * @param {number} id
   */
  get(id) {
    return this.signalOf(id).value;
  }

  /**
   * The thing as it is now.
   * @param {number} id
   */
  peek(id) {
    return this.signals.get(id)?.peek();
  }

  /** All things that are there; told of all changes. */
  all() {
    this.members.value;
    return [...this.signals.values()].map((one) => one.value).filter((value) => value !== undefined);
  }

  /**
   * @param {number} id
   * @param {T} value
   */
  set(id, value) {
    const kept = this.signalOf(id);
    const isNew = kept.peek() === undefined;
    kept.value = value;
    if (isNew) this.members.value += 1;
  }

  /**
   * Change some of a thing that is there; nothing happens when it is not.
   * @param {number} id
   * @param {Partial<T>} changes
   */
  change(id, changes) {
    const value = this.peek(id);
    if (value !== undefined) this.set(id, { ...value, ...changes });
  }

  /** @param {number} id */
  delete(id) {
    const kept = this.signals.get(id);
    if (kept?.peek() === undefined) return;
    kept.value = undefined;
    this.members.value += 1;
  }

  clear() {
    for (const id of this.signals.keys()) this.delete(id);
  }

  /** @param {number} id */
  signalOf(id) {
    let found = this.signals.get(id);
    if (!found) {
      found = signal(/** @type {T | undefined} */ (undefined));
      this.signals.set(id, found);
    }
    return found;
  }
}
