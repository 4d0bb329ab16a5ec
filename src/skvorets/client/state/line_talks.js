// How a conversation with a customer of an open line stands, for the one who looks at it.

import { myId } from "./directory.js";

/**
 * @typedef {import("../shapes.js").LineChatView} LineChat
 * @typedef {import("./directory.js").Chat} Chat
 * @typedef {"offered" | "waiting" | "bot" | "asked" | "answered" | "taken" | "other" | "ending" | "closed"} Tone
 */

/** Status codes of the server from which on a customer waits for an answer, has it, or is about to go. */
const [ASKED, ANSWERED, ENDING] = [20, 40, 50];

/**
 * How a conversation stands, for me.
 * @param {LineChat} line
 * @returns {Tone}
 */
export function toneOf(line) {
  if (line.closedAt) return "closed";
  if (line.status >= ENDING) return "ending";
  if (isWaiting(line)) return line.isOffered ? "offered" : "waiting";
  if (!line.operatorId) return "bot";
  if (line.operatorId !== myId.value) return "other";
  if (line.status >= ANSWERED) return "answered";
  return line.status >= ASKED ? "asked" : "taken";
}

/**
 * Has nobody taken it, and no bot serves it?
 * @param {LineChat | null | undefined} line
 */
export function isWaiting(line) {
  return Boolean(line && !line.closedAt && !line.operatorId && line.queuedAt);
}

/**
 * Since when the customer waits for a word of an operator, 0 = he does not.
 * @param {LineChat | null | undefined} line
 */
export function waitsSince(line) {
  if (!line || line.closedAt || line.status >= ENDING) return 0;
  if (isWaiting(line)) return line.queuedAt;
  return line.operatorId && line.status < ANSWERED ? Math.max(line.clientWroteAt, line.queuedAt) : 0;
}

/**
 * Is it me for whom the customer waits?
 * @param {LineChat | null | undefined} line
 */
export function isForMe(line) {
  if (!line) return false;
  return isWaiting(line) || (line.operatorId === myId.value && waitsSince(line) > 0);
}

/**
 * The order in which conversations are to be dealt with: who waits longest, then what goes on, then what is over.
 * @param {Chat} one
 * @param {Chat} other
 */
export function compareLines(one, other) {
  const [mine, others] = [rankOf(one.line), rankOf(other.line)];
  if (mine !== others) return mine - others;
  if (mine === 0) return waitsSince(one.line) - waitsSince(other.line);
  return other.lastAt - one.lastAt || other.id - one.id;
}

/** @param {LineChat | null} line */
function rankOf(line) {
  if (!line || line.closedAt) return 2;
  return isForMe(line) ? 0 : 1;
}
