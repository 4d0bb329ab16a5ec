// Arithmetic of a list of which only the rows in sight are drawn: how high rows are, where they begin, which are in sight.
//
// Heights are guessed until a row was drawn and measured. What keeps the eye calm is the anchor: a row in sight, and how
// far its top is from the top of the window. Whatever changes above it, the window is moved so that this stays the same.

/**
 * A row before it is drawn.
 * @typedef {object} Row
 * @property {string} key
 * @property {number} guess its likely height, px
 * @property {boolean} isFirm does it stay when other rows come? Only such rows are anchors
 */
/** @typedef {{ key: string, shift: number }} Anchor `shift`: px from the window's top to the row's, may be negative */
/** @typedef {"middle" | "start" | "nearest"} Align where in the window a row is to be shown */
/** @typedef {{ first: number, end: number }} Range rows from `first` up to, not including, `end` */

/** A row that is shown at the start keeps this distance from the window's upper edge, px. */
export const HEAD_ROOM = 72;

export class Track {
  /** @type {Row[]} */
  #rows = [];
  /** @type {Map<string, number>} */
  #places = new Map();
  /** @type {Map<string, number>} measured heights; those of rows that went away are kept, they may come again */
  #heights = new Map();
  /** @type {number[]} where rows begin; the last is where all end */
  #offsets = [0];

  /** @param {Row[]} rows */
  setRows(rows) {
    this.#rows = rows;
    this.#places = new Map(rows.map((row, at) => [row.key, at]));
    this.#add();
  }

  /**
   * Rows were measured.
   * @param {Iterable<[string, number]>} measured
   * @returns {boolean} is anything otherwise than before?
   */
  measure(measured) {
    let isChanged = false;
    for (const [key, height] of measured) {
      if (this.#heights.get(key) === height) continue;
      this.#heights.set(key, height);
      isChanged = true;
    }
    if (isChanged) this.#add();
    return isChanged;
  }

  /** Forget all heights: the rows have another width. */
  forget() {
    this.#heights.clear();
    this.#add();
  }

  /** Height of everything, px. */
  get total() {
    return this.#offsets[this.#rows.length];
  }

  get count() {
    return this.#rows.length;
  }

  /** @param {string} key */
  has(key) {
    return this.#places.has(key);
  }

  /** @param {string} key */
  isMeasured(key) {
    return this.#heights.has(key);
  }

  /** @param {string} key −1 = it is not there */
  placeOf(key) {
    return this.#places.get(key) ?? -1;
  }

  /** @param {number} at */
  offsetAt(at) {
    return this.#offsets[Math.max(0, Math.min(at, this.#rows.length))];
  }

  /** @param {string} key */
  topOf(key) {
    return this.offsetAt(this.placeOf(key));
  }

  /** @param {string} key */
  heightOf(key) {
    const at = this.placeOf(key);
    return at < 0 ? 0 : this.#offsets[at + 1] - this.#offsets[at];
  }

  /**
   * The row in which a place lies; the nearest one when it is outside.
   * @param {number} y px
   */
  rowAt(y) {
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#offsets[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  /**
   * Rows in sight, and those within `spare` px around.
   * @param {number} top
   * @param {number} height
   * @param {number} spare
   * @returns {Range}
   */
  rangeOf(top, height, spare) {
    if (this.#rows.length === 0) return { first: 0, end: 0 };
    return { first: this.rowAt(top - spare), end: this.rowAt(top + height + spare) + 1 };
  }

  /**
   * What holds the window: the first firm row that begins in it, or else the one that fills it.
   * @param {number} top
   * @param {number} height
   * @returns {Anchor | null}
   */
  anchorAt(top, height) {
    const start = this.rowAt(top);
    for (let at = start; at < this.#rows.length && this.#offsets[at] < top + height; at += 1) {
      if (this.#rows[at].isFirm && this.#offsets[at] >= top) return this.#anchor(at, top);
    }
    for (let at = start; at >= 0; at -= 1) if (this.#rows[at]?.isFirm) return this.#anchor(at, top);
    return this.#rows[start] ? this.#anchor(start, top) : null;
  }

  /**
   * Where the window's top must be that the anchor is where it was; null when its row is gone.
   * @param {Anchor} anchor
   */
  topFor(anchor) {
    return this.has(anchor.key) ? this.topOf(anchor.key) - anchor.shift : null;
  }

  /**
   * Where the window's top must be that a row is shown. One that does not fit begins at the start.
   * @param {string} key
   * @param {Align} align
   * @param {{ top: number, height: number }} now the window
   */
  topToShow(key, align, now) {
    const [top, height] = [this.topOf(key), this.heightOf(key)];
    if (align === "start" || height > now.height) return top - HEAD_ROOM;
    if (align === "middle") return top - (now.height - height) / 2;
    if (top < now.top + HEAD_ROOM) return top - HEAD_ROOM;
    return Math.max(now.top, top + height - now.height);
  }

  /**
   * @param {number} at
   * @param {number} top
   */
  #anchor(at, top) {
    return { key: this.#rows[at].key, shift: this.#offsets[at] - top };
  }

  #add() {
    const offsets = new Array(this.#rows.length + 1);
    let sum = 0;
    for (let at = 0; at < this.#rows.length; at += 1) {
      offsets[at] = sum;
      sum += this.#heights.get(this.#rows[at].key) ?? this.#rows[at].guess;
    }
    offsets[this.#rows.length] = sum;
    this.#offsets = offsets;
  }
}
