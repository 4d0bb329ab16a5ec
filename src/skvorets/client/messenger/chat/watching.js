// What happens by itself while one looks at a chat: more is loaded, what was seen is read.

import { noteSeen } from "../../state/reading.js";
import { connection } from "../../state/sync.js";
import { useEffect, useRef } from "../../ui.js";
import { effect } from "../../ui.js";
import { divideUnseen, reopen } from "./opening.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../../lib/timeline_items.js").Item} Item */

/** More is loaded when so little is left on a side, px. */
const NEAR = 1_500;

/** Load older and newer messages before they are needed, and everything again after a gap. @param {Desk} desk */
export function useLoading(desk) {
  const { timeline, scroller } = desk;
  useEffect(() => effect(() => {
    scroller.moves.value;
    if (!timeline.isReady.value || timeline.loading.value || !scroller.height) return;
    const rest = scroller.track.total - scroller.top - scroller.height;
    // Older ones first: what fills no window has nothing newer to scroll to.
    if (timeline.hasOlder.value && scroller.top < NEAR) void desk.load(() => timeline.loadOlder());
    else if (timeline.hasNewer.value && rest < NEAR) void desk.load(() => timeline.loadNewer());
  }), [desk]);
  const wasReady = useRef(false);
  useEffect(() => effect(() => {
    const isLost = wasReady.current && !timeline.isReady.value;
    wasReady.current ||= timeline.isReady.value;
    const isDue = isLost || desk.isFailed.value;
    if (isDue && connection.value === "live" && !timeline.loading.peek()) void reopen(desk);
  }), [desk]);
}

/**
 * What is in sight while somebody looks is read.
 * @param {Desk} desk
 * @param {Item[]} items
 */
export function useReading(desk, items) {
  const shown = useRef(items);
  shown.current = items;
  const last = useRef(0);
  const newest = items.findLast((one) => one.id)?.id ?? 0;
  useEffect(() => {
    if (last.current && newest > last.current) divideUnseen(desk);
    last.current = newest;
  }, [newest, desk]);
  useEffect(() => {
    const look = () => see(desk, shown.current);
    const stop = effect(() => {
      desk.scroller.moves.value;
      look();
    });
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      stop();
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [desk]);
}

/**
 * @param {Desk} desk
 * @param {Item[]} items
 */
function see({ chatId, scroller, timeline }, items) {
  if (!timeline.isReady.peek() || !scroller.height || document.visibilityState !== "visible" || !document.hasFocus()) return;
  for (let at = Math.min(scroller.lastSeen, items.length - 1); at >= 0; at -= 1) {
    if (!items[at].id) continue;
    noteSeen(chatId, items[at].id);
    break;
  }
  if (scroller.isAtEnd.peek()) timeline.trim();
}
