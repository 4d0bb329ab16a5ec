// Frames of the push socket as the server writes them (realtime/frames.py).

import { isPosition } from "./positions.js";

/**
 * An event: its kind, its place in the log, when it happened (unix milliseconds), data as core/events*.py has them.
 * `hello`, `reset` and `heartbeat` have a place alone.
 * @typedef {{ type: string, position: string, chatId: number, at: number, data: any }} Frame
 */

/**
 * Read a frame; null for what is none.
 * @param {string} text
 * @returns {Frame | null}
 */
export function readFrame(text) {
  try {
    const frame = JSON.parse(text);
    return typeof frame?.type === "string" && isPosition(frame.position) ? frame : null;
  } catch {
    return null;
  }
}
