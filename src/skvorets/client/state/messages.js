// What one does with messages: change, delete, like, pass on, press their buttons.

import { call } from "../api.js";
import { chats, myId, take } from "./directory.js";
import { put } from "./events/loading.js";
import { knownTimeline } from "./timelines.js";

/** @typedef {import("./directory.js").Message} Message */

/**
 * @param {number} id
 * @param {string} text
 */
export async function editMessage(id, text) {
  const answer = await call("PATCH", `/api/messages/${id}`, { text });
  take(answer);
  put(answer.message);
}

/** @param {number} id */
export async function deleteMessage(id) {
  await call("DELETE", `/api/messages/${id}`);
}

/**
 * Like a message or take it back; shown at once.
 * @param {Message} message
 * @param {boolean} isLiked
 */
export async function likeMessage(message, isLiked) {
  const others = message.likes.filter((one) => one !== myId.peek());
  put({ ...message, likes: isLiked ? [...others, myId.peek()] : others });
  const { likes } = await call("PUT", `/api/messages/${message.id}/like`, { isLiked });
  put({ ...(knownTimeline(message.chatId)?.find(message.id) ?? message), likes });
}

/** @param {number} id */
export async function readersOf(id) {
  const answer = await call("GET", `/api/messages/${id}/readers`);
  take(answer);
  return /** @type {{ readers: { personId: number, readAt: number }[], total: number }} */ (answer);
}

/**
 * Press a button of a keyboard or an item of a menu that calls a bot's command.
 * @param {number} id
 * @param {{ botId: number, command: string, params: string, context: "KEYBOARD" | "MENU" }} pressed
 */
export async function callCommand(id, pressed) {
  await call("POST", `/api/messages/${id}/command`, pressed);
}

/**
 * Pass a message on.
 * @param {number} id
 * @param {number[]} chatIds
 * @param {string} text said before it, may be empty
 */
export async function forwardMessage(id, chatIds, text) {
  const answer = await call("POST", `/api/messages/${id}/forward`, { chatIds, text, clientId: crypto.randomUUID() });
  take(answer);
}

/**
 * Make something of a message.
 * @param {number} id
 * @param {"CHAT" | "TASK" | "POST" | "CALEND"} kind
 */
export async function shareMessage(id, kind) {
  await call("POST", `/api/messages/${id}/share`, { kind });
}

/** Put a file among one's saved ones. @param {number} id */
export async function saveFile(id) {
  await call("POST", `/api/files/${id}/save`);
}

/** The newest own message of a chat that can be changed: ↑ in the empty field edits it. @param {number} chatId */
export function lastEditable(chatId) {
  const messages = knownTimeline(chatId)?.messages.peek() ?? [];
  return messages.findLast((one) => one.authorId === myId.peek() && one.canEdit && !one.isDeleted);
}

/** May one write there as one is? Who only reads an open chat joins it first. @param {number} chatId */
export function canWrite(chatId) {
  const chat = chats.get(chatId);
  return Boolean(chat?.rights.canWrite && chat.mine.isMember);
}
