// A list that comes page by page: members of a chat, its files, what a search found.

import { signal } from "../ui.js";

/**
 * One page: what is on it, and whether there is more behind it.
 * @template T
 * @typedef {{ items: T[], hasMore: boolean }} Page
 */

/**
 * @template T
 */
export class Pages {
  /** @param {(last: T | undefined) => Promise<Page<T>>} load what comes behind the last one; the first page without it */
  constructor(load) {
    this.load = load;
    /** @type {import("../ui.js").Signal<T[]>} */
    this.items = signal([]);
    this.hasMore = signal(true);
    this.isLoading = signal(false);
    this.isFailed = signal(false);
    /** Was a page loaded yet? */
    this.isReady = signal(false);
    /** Grows whenever the list begins anew: answers to older questions do not count. */
    this.round = 0;
  }

  /** Begin anew; what is there stays until the first page has come. */
  async restart() {
    this.round += 1;
    this.hasMore.value = true;
    this.isLoading.value = false;
    await this.fetch(undefined);
  }

  /** Load the next page. */
  async more() {
    if (this.isLoading.peek() || !this.hasMore.peek()) return;
    await this.fetch(this.items.peek().at(-1));
  }

  /** Nothing is wanted any more. */
  clear() {
    this.round += 1;
    this.items.value = [];
    this.isReady.value = false;
    this.isLoading.value = false;
    this.isFailed.value = false;
  }

  /** @param {T | undefined} last */
  async fetch(last) {
    const { round } = this;
    this.isLoading.value = true;
    this.isFailed.value = false;
    try {
      const page = await this.load(last);
      if (round !== this.round) return;
      this.items.value = last === undefined ? page.items : [...this.items.peek(), ...page.items];
      this.hasMore.value = page.hasMore;
      this.isReady.value = true;
    } catch (error) {
      if (round !== this.round) return;
      console.warn(error);
      this.isFailed.value = true;
    } finally {
      if (round === this.round) this.isLoading.value = false;
    }
  }
}
