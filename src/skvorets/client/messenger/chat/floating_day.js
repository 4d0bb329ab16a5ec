// The day of what is at the upper edge, over the messages.

import { html, useComputed } from "../../ui.js";
import { dayWords } from "./days.js";

/** While the day's own row is so near the upper edge, the floating one would stand upon it, px. */
const OWN = 44;

/** @param {{ desk: import("./desk.js").Desk, items: import("../../lib/timeline_items.js").Item[] }} props */
export function FloatingDay({ desk: { scroller }, items }) {
  const words = useComputed(() => {
    scroller.moves.value;
    return wordsAt(scroller, items);
  });
  // The computed keeps the first items it saw: what is drawn anew asks again.
  const shown = words.value && wordsAt(scroller, items);
  return shown && html`<div class="floating-day" aria-hidden="true"><span>${shown}</span></div>`;
}

/**
 * @param {import("./scroller.js").Scroller} scroller
 * @param {import("../../lib/timeline_items.js").Item[]} items
 */
function wordsAt({ track, top, height }, items) {
  if (track.total <= height) return "";
  const at = track.rowAt(top + 8);
  const item = items[at];
  const isDayNear = [at, at + 1].some((one) => items[one]?.kind === "day" && track.offsetAt(one) - top < OWN);
  return item?.at && !isDayNear ? dayWords(item.at) : "";
}
