// The timelines of the chats that were opened; those not looked at for long are let go.

import { Timeline } from "./timeline.js";

/** Timelines that are kept: going back to one of these chats shows it at once. */
const KEPT = 30;

/** @type {Map<number, Timeline>} the one looked at last is the last */
const timelines = new Map();

/**
 * The timeline of a chat that somebody looks at.
 * @param {number} chatId
 */
export function timelineOf(chatId) {
  const timeline = timelines.get(chatId) ?? new Timeline(chatId);
  timelines.delete(chatId);
  timelines.set(chatId, timeline);
  for (const oldest of timelines.keys()) {
    if (timelines.size <= KEPT) break;
    timelines.delete(oldest);
  }
  return timeline;
}

/**
 * The timeline of a chat, if it was opened.
 * @param {number} chatId
 */
export function knownTimeline(chatId) {
  return timelines.get(chatId);
}

/** After a gap nothing is sure: everything is loaded when it is looked at again. */
export function forgetTimelines() {
  for (const timeline of timelines.values()) timeline.forget();
}

/** Somebody else may log in. */
export function dropTimelines() {
  timelines.clear();
}
