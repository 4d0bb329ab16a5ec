// All parts of one open chat know each other by this: the messages, the scroller, what is written, what is marked.

import { keyOf } from "../../lib/timeline_items.js";
import { composingOf } from "../../state/composing.js";
import { timelineOf } from "../../state/timelines.js";
import { signal } from "../../ui.js";
import { contextOf } from "./context.js";
import { Scroller } from "./scroller.js";

/** @typedef {import("../../state/directory.js").Message} Message */

/** How long a message that was jumped to is marked, ms. */
const FLASH = 2_000;
/** Where one was in chats that were left in the middle. @type {WeakMap<object, import("../../lib/virtual.js").Anchor>} */
const left = new WeakMap();

export class Desk {
  /** @param {number} chatId */
  constructor(chatId) {
    this.chatId = chatId;
    this.timeline = timelineOf(chatId);
    this.composing = composingOf(chatId);
    this.scroller = new Scroller();
    /** The message that has the focus, or had it last; 0 = the newest. */
    this.activeId = signal(0);
    /** The message under the mouse, 0 = none. */
    this.hoverId = signal(0);
    /** The message that is marked, because one jumped to it. */
    this.flashId = signal(0);
    /** Could messages not be loaded? */
    this.isFailed = signal(false);
    this.context = contextOf(this);
    /** @type {HTMLTextAreaElement | null} */
    this.field = null;
    /** @type {HTMLElement | null} */
    this.box = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.flashing = undefined;
  }

  /**
   * Show a message of this chat, wherever it is.
   * @param {number} id
   */
  async jumpTo(id) {
    if (!this.timeline.find(id)) await this.load(() => this.timeline.loadAround(id));
    const shown = this.timeline.find(id) ?? this.timeline.messages.peek().find((one) => one.id > id);
    if (!shown) return;
    this.scroller.show(keyOf(shown.id), "middle");
    this.flash(shown.id);
  }

  /** @param {number} id */
  flash(id) {
    clearTimeout(this.flashing);
    this.flashId.value = id;
    this.flashing = setTimeout(() => { this.flashId.value = 0; }, FLASH);
  }

  /** Go to the newest message. */
  async toEnd() {
    if (this.timeline.hasNewer.peek()) await this.load(() => this.timeline.loadNewest());
    this.scroller.toEnd();
  }

  /**
   * Load messages; what cannot be loaded is tried again when the connection is back.
   * @param {() => Promise<void>} run
   */
  async load(run) {
    this.isFailed.value = false;
    try {
      await run();
    } catch {
      this.isFailed.value = true;
    }
  }

  /** Something was sent: one wants to see it. */
  sent() {
    this.timeline.dividerId.value = 0;
    void this.toEnd();
  }

  focusField() {
    this.field?.focus({ preventScroll: true });
  }

  /**
   * Give a message the focus; it is brought into sight.
   * @param {number} id
   */
  focusMessage(id) {
    this.activeId.value = id;
    if (!this.scroller.isInSight(keyOf(id))) this.scroller.show(keyOf(id), "nearest");
    const row = this.rowOf(id);
    if (row) row.focus({ preventScroll: true });
    // It is drawn only now.
    else requestAnimationFrame(() => this.rowOf(id)?.focus({ preventScroll: true }));
  }

  /** @param {number} id @returns {HTMLElement | null} */
  rowOf(id) {
    return this.box?.querySelector(`[data-id="${id}"]`) ?? null;
  }

  /** The chat is left: where one was is remembered. */
  leave() {
    clearTimeout(this.flashing);
    const { position } = this.scroller;
    if (position) left.set(this.timeline, position);
    else left.delete(this.timeline);
  }

  /** Where one was when one left; undefined = at the end. */
  get leftAt() {
    return left.get(this.timeline);
  }
}
