// The day of what is at the upper edge, over the messages.

import { effect, html, useComputed, useEffect, useRef } from "../../ui.js";
import { dayWords } from "./days.js";

/** While the day's own row is so near the upper edge, the floating one would stand upon it, px. */
const OWN = 44;

/** So long after the last move it is shown, ms. */
const RESTS_AFTER = 1_500;

/** @param {{ desk: import("./desk.js").Desk, items: import("../../lib/timeline_items.js").Item[] }} props */
export function FloatingDay({ desk: { scroller }, items }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const words = useComputed(() => {
    scroller.moves.value;
    return wordsAt(scroller, items);
  });
  useEffect(() => {
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    const stop = effect(() => {
      scroller.moves.value;
      box.current?.classList.remove("is-resting");
      clearTimeout(timer);
      timer = setTimeout(() => box.current?.classList.add("is-resting"), RESTS_AFTER);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [scroller]);
  // The computed keeps the first items it saw: what is drawn anew asks again.
  const shown = words.value && wordsAt(scroller, items);
  return html`<div class="floating-day" aria-hidden="true" ref=${box}>${shown && html`<span>${shown}</span>`}</div>`;
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
