// Keeps a long list calm: draws only rows near the window, and holds what one looks at where it is, whatever comes, goes or
// grows around it.
//
//   held by   the end      new rows push the older ones up
//             an anchor    a row stays where it is in the window
//             a goal       a row that is to be shown, until it was drawn and measured; then it is the anchor

import { Track } from "../../lib/virtual.js";
import { signal } from "../../ui.js";

/** @typedef {import("../../lib/virtual.js").Row} Row */
/** @typedef {import("../../lib/virtual.js").Range} Range */
/** @typedef {{ key: string, align: "middle" | "start" | "end" | "nearest" }} Goal */

/** Rows are drawn that far outside the window, px. */
const SPARE = 700;
/** So near to the end one is at the end, px. */
const AT_END = 40;
/** Until the window was measured, px. */
const UNKNOWN_HEIGHT = 800;
/** Room below the last row, px. */
const FOOT = 12;
/** A row that is shown at the start keeps this distance from the window's upper edge, px. */
const HEAD_ROOM = 72;

export class Scroller {
  /** @type {import("../../ui.js").Signal<Range>} rows that are drawn */
  range = signal({ first: 0, end: 0 });
  /** Is the end in sight? */
  isAtEnd = signal(true);
  /** Grows with every move: what depends on what is in sight looks again. */
  moves = signal(0);
  track = new Track();
  top = 0;
  height = 0;
  width = 0;
  /** Are the last rows the last there are? Only then the end holds. */
  isEndReal = true;
  /** @type {import("../../lib/virtual.js").Anchor | null} */
  #anchor = null;
  /** @type {Goal | null} */
  #goal = null;
  #isHeldByEnd = true;
  /** @type {HTMLElement | null} */
  #box = null;
  /** @type {HTMLElement | null} */
  #canvas = null;
  /** @type {HTMLElement | null} */
  #rows = null;
  /** @type {ResizeObserver | null} */
  #observer = null;
  /** @type {Set<Element>} */
  #observed = new Set();

  /**
   * @param {HTMLElement} box what scrolls
   * @param {HTMLElement} canvas as high as everything
   * @param {HTMLElement} rows the drawn rows
   * @returns {() => void} ends it
   */
  attach(box, canvas, rows) {
    [this.#box, this.#canvas, this.#rows] = [box, canvas, rows];
    this.#observer = new ResizeObserver(() => this.settle());
    this.#observer.observe(box);
    const move = () => this.#moved();
    box.addEventListener("scroll", move, { passive: true });
    this.settle();
    return () => {
      box.removeEventListener("scroll", move);
      this.#observer?.disconnect();
      this.#observed.clear();
      this.#box = this.#canvas = this.#rows = null;
    };
  }

  /** @param {Row[]} rows */
  setRows(rows) {
    this.track.setRows(rows);
    if (this.#anchor && !this.track.has(this.#anchor.key)) this.#anchor = null;
    this.#choose();
  }

  /** Hold the end. */
  toEnd() {
    [this.#goal, this.#anchor, this.#isHeldByEnd] = [null, null, true];
    this.settle();
  }

  /**
   * Show a row.
   * @param {string} key
   * @param {Goal["align"]} align
   */
  show(key, align) {
    this.#goal = { key, align };
    this.#isHeldByEnd = false;
    this.settle();
  }

  /** Is a row wholly in sight, as far as it can be? @param {string} key */
  isInSight(key) {
    if (!this.track.has(key)) return false;
    const top = this.track.topOf(key) - this.top;
    return top >= 0 && top + this.track.heightOf(key) <= this.height + 1;
  }

  /** Where the window is, to come back to it later; null = at the end. */
  get position() {
    return this.#isHeldByEnd ? null : this.track.anchorAt(this.top, this.height);
  }

  /** @param {import("../../lib/virtual.js").Anchor} anchor */
  restore(anchor) {
    [this.#goal, this.#anchor, this.#isHeldByEnd] = [null, anchor, false];
    this.settle();
  }

  /** The last row of which the end is in sight. */
  get lastSeen() {
    const at = this.track.rowAt(this.top + this.height);
    const isWhole = this.track.offsetAt(at + 1) <= this.top + this.height + 2;
    return isWhole ? at : at - 1;
  }

  /** Measure what is drawn, and move the window so that what holds it is where it was. */
  settle() {
    const box = this.#box;
    if (!box || !this.#canvas || !this.#rows || box.clientHeight === 0) return;
    if (box.clientWidth !== this.width && this.width) this.track.forget();
    [this.width, this.height] = [box.clientWidth, box.clientHeight];
    this.#measure(this.#rows);
    const total = Math.max(this.track.total + FOOT, this.height);
    this.#canvas.style.height = `${total}px`;
    // What does not fill the window stands at its lower edge.
    const start = total - FOOT - this.track.total + this.track.offsetAt(this.range.peek().first);
    this.#rows.style.transform = `translateY(${start}px)`;
    const top = this.#wantedTop(total);
    if (top !== null && Math.abs(top - box.scrollTop) >= 0.5) box.scrollTop = top;
    this.top = box.scrollTop;
    this.#look();
  }

  /** @param {HTMLElement} rows */
  #measure(rows) {
    /** @type {[string, number][]} */
    const measured = [];
    const there = new Set(rows.children);
    for (const row of there) {
      if (!this.#observed.has(row)) this.#observer?.observe(row);
      measured.push([/** @type {HTMLElement} */ (row).dataset.key ?? "", row.getBoundingClientRect().height]);
    }
    for (const row of this.#observed) if (!there.has(row)) this.#observer?.unobserve(row);
    this.#observed = there;
    this.track.measure(measured);
  }

  /** @param {number} total */
  #wantedTop(total) {
    const end = total - this.height;
    if (this.#goal && this.track.has(this.#goal.key)) {
      const top = Math.max(0, Math.min(end, this.#topOfGoal(this.#goal)));
      if (this.track.isMeasured(this.#goal.key)) {
        this.#anchor = { key: this.#goal.key, shift: this.track.topOf(this.#goal.key) - top };
        this.#goal = null;
        this.#isHeldByEnd = this.isEndReal && top >= end - 1;
      }
      return top;
    }
    if (this.#isHeldByEnd) return end;
    const top = this.#anchor && this.track.topFor(this.#anchor);
    return top === null ? null : Math.max(0, Math.min(end, top));
  }

  /** @param {Goal} goal */
  #topOfGoal({ key, align }) {
    const [top, height] = [this.track.topOf(key), this.track.heightOf(key)];
    if (align === "start" || height > this.height) return top - HEAD_ROOM;
    if (align === "end") return top + height - this.height;
    if (align === "middle") return top - (this.height - height) / 2;
    if (top < this.top + HEAD_ROOM) return top - HEAD_ROOM;
    return top + height > this.top + this.height ? top + height - this.height : this.top;
  }

  /** The person has moved the window, or we have. */
  #moved() {
    const box = this.#box;
    if (!box || Math.abs(box.scrollTop - this.top) < 1) return;
    this.top = box.scrollTop;
    const isNearEnd = this.track.total - this.top - this.height < AT_END;
    this.#goal = null;
    this.#isHeldByEnd = isNearEnd && this.isEndReal;
    this.#anchor = this.track.anchorAt(this.top, this.height);
    this.#look();
  }

  #look() {
    if (!this.#goal) this.#anchor ??= this.track.anchorAt(this.top, this.height);
    this.isAtEnd.value = this.isEndReal && this.track.total - this.top - this.height < AT_END;
    this.moves.value += 1;
    this.#choose();
  }

  #choose() {
    const goal = this.#goal && this.track.has(this.#goal.key) ? this.#topOfGoal(this.#goal) : this.top;
    const top = this.#isHeldByEnd ? this.track.total - this.height : goal;
    const { first, end } = this.track.rangeOf(top, this.height || UNKNOWN_HEIGHT, SPARE);
    const now = this.range.peek();
    if (now.first !== first || now.end !== end) this.range.value = { first, end };
  }
}
