// What one has read: told to the server a moment after it was seen, once for many messages.

import { inBackground } from "./background.js";
import { call } from "../api.js";
import { changeMine, chats } from "./directory.js";

/** Milliseconds between two words to the server about one chat. */
const PAUSE = 400;

/** @type {Map<number, { messageId: number, timer: ReturnType<typeof setTimeout> }>} */
const due = new Map();

/**
 * A message was seen: the window has the focus and the message is in sight.
 * @param {number} chatId
 * @param {number} messageId
 */
export function noteSeen(chatId, messageId) {
  const chat = chats.peek(chatId);
  if (!chat?.mine.isMember || (messageId <= chat.mine.readId && !chat.mine.isMarkedUnread)) return;
  const waiting = due.get(chatId);
  if (waiting) waiting.messageId = Math.max(waiting.messageId, messageId);
  else due.set(chatId, { messageId, timer: setTimeout(() => inBackground(tell(chatId)), PAUSE) });
}

/**
 * Everything in a chat is read.
 * @param {number} chatId
 */
export async function readAll(chatId) {
  changeMine(chatId, { unread: 0, firstUnreadId: 0, isMarkedUnread: false });
  await call("POST", `/api/chats/${chatId}/read`, {});
}

/**
 * From this message on everything is unread again.
 * @param {number} chatId
 * @param {number} messageId
 */
export async function unreadFrom(chatId, messageId) {
  clearTimeout(due.get(chatId)?.timer);
  due.delete(chatId);
  const { unread, readId } = await call("POST", `/api/chats/${chatId}/unread`, { messageId });
  changeMine(chatId, { unread, readId, firstUnreadId: messageId });
}

/** @param {number} chatId */
async function tell(chatId) {
  const { messageId } = due.get(chatId) ?? { messageId: 0 };
  due.delete(chatId);
  const { unread, readId } = await call("POST", `/api/chats/${chatId}/read`, { messageId });
  const chat = chats.peek(chatId);
  if (chat && readId >= chat.mine.readId) changeMine(chatId, { unread, readId, isMarkedUnread: false });
}
