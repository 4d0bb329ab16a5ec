// What was begun to be written, per chat: here at once, on the server a moment later, so that it is in every browser.

import { call } from "../api.js";
import { changeMine, chats } from "./directory.js";

/** Milliseconds without a stroke after which a draft goes to the server. */
const PAUSE = 1500;

/** @type {Map<number, ReturnType<typeof setTimeout>>} */
const due = new Map();

/**
 * @param {number} chatId
 * @param {string} text
 * @param {number} replyToId 0 = none
 */
export function keepDraft(chatId, text, replyToId) {
  const draft = text.trim() || replyToId ? { text, replyToId, changedAt: Date.now() } : null;
  const known = chats.peek(chatId)?.mine.draft ?? null;
  if (draft?.text === known?.text && draft?.replyToId === known?.replyToId) return;
  changeMine(chatId, { draft });
  clearTimeout(due.get(chatId));
  due.set(chatId, setTimeout(() => void tell(chatId), draft ? PAUSE : 0));
}

/**
 * Is a draft of this browser not on the server yet? Then what comes from there is older.
 * @param {number} chatId
 */
export function isDraftDue(chatId) {
  return due.has(chatId);
}

/** Send what is due at once: the page goes away. */
export function flushDrafts() {
  for (const [chatId, timer] of due) {
    clearTimeout(timer);
    void tell(chatId);
  }
}

/** @param {number} chatId */
async function tell(chatId) {
  due.delete(chatId);
  const draft = chats.peek(chatId)?.mine.draft;
  const given = { text: draft?.text ?? "", replyToId: draft?.replyToId ?? 0 };
  await call("PUT", `/api/chats/${chatId}/draft`, given).catch(() => undefined);
}
