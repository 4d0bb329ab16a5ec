// Heights of the drawn rows, and word of it when one of them changes by itself: a picture came, a text was unfolded.

export class Measures {
  /** @type {ResizeObserver | null} */
  #observer = null;
  /** @type {Set<Element>} */
  #observed = new Set();

  /** @param {() => void} hear told of changes */
  constructor(hear) {
    this.hear = hear;
  }

  /** @param {HTMLElement} box the window around the rows */
  begin(box) {
    this.#observer = new ResizeObserver(() => this.hear());
    this.#observer.observe(box);
  }

  end() {
    this.#observer?.disconnect();
    this.#observed.clear();
  }

  /**
   * Key and height of each row.
   * @param {HTMLElement} rows
   * @returns {[string, number][]}
   */
  take(rows) {
    const there = /** @type {Set<HTMLElement>} */ (new Set(rows.children));
    for (const row of there) if (!this.#observed.has(row)) this.#observer?.observe(row);
    for (const row of this.#observed) if (!there.has(/** @type {HTMLElement} */ (row))) this.#observer?.unobserve(row);
    this.#observed = there;
    return [...there].map((row) => [row.dataset.key ?? "", row.getBoundingClientRect().height]);
  }
}
