// Which keyboards wait for their bots. It outlives the views: a message scrolled away and back is still waiting.
//
//   click ──▶ waiting ──▶ the message changed, the command was refused, or LOCK_MS passed ──▶ free

import { signal } from "../vendor/signals.js";

/** A bot that has not answered by then will hardly do so: the buttons can be pressed again. */
export const LOCK_MS = 15_000;

/**
 * @typedef {object} Wait
 * @property {string} version of the keyboard that was clicked
 * @property {number} index of the button
 * @property {boolean} isWhole are all buttons locked?
 * @property {boolean} isFailed was it refused?
 */

/** @type {import("../vendor/signals.js").Signal<ReadonlyMap<number, Wait>>} */
const waits = signal(new Map());

/**
 * What a message's keyboard waits for; undefined when it is free, or has become another one.
 * @param {number} messageId
 * @param {string} version
 */
export function waitOf(messageId, version) {
  const wait = waits.value.get(messageId);
  return wait?.version === version ? wait : undefined;
}

/**
 * Press a button that calls a command. A keyboard that is locked stays as it is.
 * @param {number} messageId
 * @param {{ version: string, index: number, isLocking: boolean }} pressed
 * @param {() => unknown} act
 */
export async function press(messageId, { version, index, isLocking }, act) {
  const before = waits.peek().get(messageId);
  if (before && before.version === version && !before.isFailed && (before.isWhole || before.index === index)) return;
  const wait = { version, index, isWhole: isLocking, isFailed: false };
  set(messageId, wait);
  const timer = setTimeout(() => free(messageId, wait), LOCK_MS);
  try {
    await act();
    if (isLocking) return; // until the message changes
    free(messageId, wait);
  } catch {
    if (waits.peek().get(messageId) === wait) set(messageId, { ...wait, isWhole: false, isFailed: true });
  }
  clearTimeout(timer);
}

/** @param {number} messageId @param {Wait} wait */
function free(messageId, wait) {
  if (waits.peek().get(messageId) !== wait) return;
  const rest = new Map(waits.peek());
  rest.delete(messageId);
  waits.value = rest;
}

/** @param {number} messageId @param {Wait} wait */
function set(messageId, wait) {
  waits.value = new Map(waits.peek()).set(messageId, wait);
}
