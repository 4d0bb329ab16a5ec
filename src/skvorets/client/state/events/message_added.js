// message.added: somebody has written.

import { inBackground } from "../background.js";
import { changeMine, chats, knowPeople, loadChat, myId, nameOf } from "../directory.js";
import { arrived } from "../outbox.js";
import { knownTimeline } from "../timelines.js";
import { stopTyping } from "../typing.js";
import { loadMessage } from "./loading.js";
import { alert } from "./alerts.js";

/** @typedef {import("../directory.js").Message} Message */
/**
 * As core/events.py writes it.
 * @typedef {{ id: number, chat_id: number, seq: number, author_id: number, actor_id: number, created_at: number, text: string,
 *   params: Record<string, any> | null, client_id: string | null }} Added
 */

/** Params that are shown as something that the event does not hold. */
const LOADED = ["FILE_ID", "REPLY_ID", "FORWARD_ID"];

/** CLASS of what operators of a line say among themselves. */
const HIDDEN = "bx-messenger-content-item-system";

/** @param {Added} data */
export async function messageAdded(data) {
  const message = messageOf(data);
  stopTyping(message.chatId, message.authorId);
  if (LOADED.some((name) => data.params?.[name])) await loadMessage(message.id);
  else show(message);
  count(data, message);
  arrived(message);
  inBackground(knowPeople([message.authorId]));
  if (data.actor_id !== myId.peek()) alert(message, nameOf(message.authorId));
}

/** @param {Message} message */
function show(message) {
  const chat = chats.peek(message.chatId);
  if (!chat) inBackground(loadChat(message.chatId));
  knownTimeline(message.chatId)?.put(message);
}

/**
 * What is unread is counted here as the server counts it: see core/reads.py.
 * @param {Added} data
 * @param {Message} message
 */
function count(data, message) {
  const chat = chats.peek(message.chatId);
  if (!chat || data.seq <= chat.lastSeq) return;
  const shown = knownTimeline(message.chatId)?.find(message.id) ?? message;
  chats.set(chat.id, { ...chat, last: shown, lastSeq: message.seq, lastAt: message.createdAt });
  const isMine = data.actor_id === myId.peek();
  if (isMine) {
    changeMine(chat.id, { unread: 0, readId: message.id, firstUnreadId: 0, isMarkedUnread: false, isHidden: false });
  } else {
    const isCounted = data.params?.NOTIFY !== "N";
    const { unread, firstUnreadId } = chat.mine;
    changeMine(chat.id, {
      unread: unread + Number(isCounted), firstUnreadId: firstUnreadId || message.id, isHidden: false,
    });
  }
}

/**
 * The shape of GET /api/messages made of what the event says.
 * @param {Added} data
 * @returns {Message}
 */
function messageOf(data) {
  const isMine = data.author_id === myId.peek();
  const isWhisper = data.author_id > 0 && chats.peek(data.chat_id)?.kind === "line" && data.params?.CLASS === HIDDEN;
  return {
    id: data.id, chatId: data.chat_id, seq: data.seq, authorId: data.author_id, createdAt: data.created_at, editedAt: 0,
    isDeleted: false, isSystem: data.author_id === 0, isWhisper, text: data.text, params: data.params ?? {}, files: [], likes: [],
    replyTo: null, forwarded: null, clientId: isMine ? (data.client_id ?? "") : "", canEdit: isMine, canDelete: isMine,
  };
}
