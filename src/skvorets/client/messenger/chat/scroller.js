// Keeps a long list calm: draws only rows near the window, and holds what one looks at where it is, whatever comes, goes or
// grows around it.
//
//   held by   the end      new rows push the older ones up
//             an anchor    a row stays where it is in the window
//             a goal       a row that is to be shown, until it was drawn and measured; then it is the anchor

import { Track } from "../../lib/virtual.js";
import { signal } from "../../ui.js";
import { Measures } from "./measures.js";

/** @typedef {import("../../lib/virtual.js").Row} Row */
/** @typedef {import("../../lib/virtual.js").Range} Range */
/** @typedef {{ key: string, align: import("../../lib/virtual.js").Align }} Goal */

/** Rows are drawn that far outside the window, px. */
const SPARE = 700;
/** So near to the end one is at the end, px. */
const AT_END = 40;
/** Until the window was measured, px. */
const UNKNOWN_HEIGHT = 800;
/** Room below the last row, px. */
const FOOT = 12;

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
  #measures = new Measures(() => this.settle());

  /**
   * @param {HTMLElement} box what scrolls
   * @param {HTMLElement} canvas as high as everything
   * @param {HTMLElement} rows the drawn rows
   * @returns {() => void} ends it
   */
  attach(box, canvas, rows) {
    [this.#box, this.#canvas, this.#rows] = [box, canvas, rows];
    this.#measures.begin(box);
    const move = () => this.#moved();
    box.addEventListener("scroll", move, { passive: true });
    this.settle();
    return () => {
      box.removeEventListener("scroll", move);
      this.#measures.end();
      this.#box = this.#canvas = this.#rows = null;
    };
  }

  /** @param {Row[]} rows */
  setRows(rows) {
    this.#catchUp();
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
    this.#catchUp();
    if (box.clientWidth !== this.width && this.width) this.track.forget();
    [this.width, this.height] = [box.clientWidth, box.clientHeight];
    this.track.measure(this.#measures.take(this.#rows));
    const total = Math.max(this.track.total + FOOT, this.height);
    this.#canvas.style.height = `${total}px`;
    // What does not fill the window stands at its lower edge.
    const start = total - FOOT - this.track.total + this.track.offsetAt(this.range.peek().first);
    this.#rows.style.transform = `translateY(${start}px)`;
    const top = this.#wantedTop(total);
    // Nothing is read from here on: that would have everything laid out once more.
    if (top !== null && Math.abs(top - this.top) >= 0.5) {
      box.scrollTop = top;
      this.top = top;
    }
    this.#look();
  }

  /** @param {number} total */
  #wantedTop(total) {
    const end = total - this.height;
    if (this.#goal && this.track.has(this.#goal.key)) {
      const top = Math.max(0, Math.min(end, this.#topOf(this.#goal)));
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

  /** The person has moved the window, or we have. */
  #moved() {
    if (this.#catchUp()) this.#look();
  }

  /** Take notice of a move that nobody was told of yet: what holds the window is seen from where it is now. */
  #catchUp() {
    const box = this.#box;
    if (!box || Math.abs(box.scrollTop - this.top) < 1) return false;
    this.top = box.scrollTop;
    // The window may have another height by now, which has moved it.
    const isNearEnd = this.track.total - this.top - box.clientHeight < AT_END;
    this.#goal = null;
    this.#isHeldByEnd = isNearEnd && this.isEndReal;
    this.#anchor = this.track.anchorAt(this.top, this.height);
    return true;
  }

  #look() {
    if (!this.#goal) this.#anchor ??= this.track.anchorAt(this.top, this.height);
    this.isAtEnd.value = this.isEndReal && this.track.total - this.top - this.height < AT_END;
    this.moves.value += 1;
    this.#choose();
  }

  /** @param {Goal} goal */
  #topOf(goal) {
    return this.track.topToShow(goal.key, goal.align, this);
  }

  #choose() {
    const goal = this.#goal && this.track.has(this.#goal.key) ? this.#topOf(this.#goal) : this.top;
    const top = this.#isHeldByEnd ? this.track.total - this.height : goal;
    const { first, end } = this.track.rangeOf(top, this.height || UNKNOWN_HEIGHT, SPARE);
    const now = this.range.peek();
    if (now.first !== first || now.end !== end) this.range.value = { first, end };
  }
}
