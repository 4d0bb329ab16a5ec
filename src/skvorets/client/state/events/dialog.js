// dialog.read, dialog.changed, draft.changed, typing.started: what people do in a chat besides writing.

import { changeMine, chats, knowPeople, loadChat, myId } from "../directory.js";
import { isDraftDue } from "../drafts.js";
import { startTyping } from "../typing.js";

/** @param {{ chat_id: number, reader_id: number, message_id: number, unread: number }} data */
export function dialogRead(data) {
  const chat = chats.peek(data.chat_id);
  if (!chat) return;
  if (data.reader_id === myId.peek()) {
    const firstUnreadId = data.unread === 0 ? 0 : chat.mine.firstUnreadId;
    changeMine(chat.id, { readId: data.message_id, unread: data.unread, firstUnreadId, isMarkedUnread: false });
  } else if (data.message_id > chat.seenId) {
    chats.set(chat.id, { ...chat, seenId: data.message_id });
  }
}

/** @param {{ chat_id: number }} data */
export async function dialogChanged(data) {
  await loadChat(data.chat_id);
}

/** @param {{ chat_id: number, text: string, reply_to_id: number, changed_at: number }} data */
export function draftChanged(data) {
  if (isDraftDue(data.chat_id)) return;
  const { text, reply_to_id: replyToId, changed_at: changedAt } = data;
  changeMine(data.chat_id, { draft: text || replyToId ? { text, replyToId, changedAt } : null });
}

/** @param {{ chat_id: number, actor_id: number }} data */
export async function typingStarted(data) {
  if (data.actor_id === myId.peek()) return;
  await knowPeople([data.actor_id]);
  startTyping(data.chat_id, data.actor_id);
}
