// What one does with conversations: open, make, arrange, invite, leave.

import { call } from "../api.js";
import { changeMine, chats, loadChat, take } from "./directory.js";

/** @typedef {import("./directory.js").Chat} Chat */

/**
 * The private dialog with a person; with oneself: notes.
 * @param {number} personId
 * @returns {Promise<Chat>}
 */
export async function openPrivate(personId) {
  const known = chats.all().find((chat) => chat.kind === "private" && chat.partnerId === personId);
  if (known) return known;
  const answer = await call("PUT", `/api/people/${personId}/chat`);
  take(answer);
  return answer.chat;
}

/**
 * @param {{ title: string, kind: "group" | "open", memberIds: number[], description?: string, color?: string }} given
 * @returns {Promise<Chat>}
 */
export async function createChat(given) {
  const answer = await call("POST", "/api/chats", given);
  take(answer);
  return answer.chat;
}

/**
 * @param {number} id
 * @param {{ title?: string, description?: string, color?: string, ownerId?: number }} changes
 */
export async function changeChat(id, changes) {
  take(await call("PATCH", `/api/chats/${id}`, changes));
}

/**
 * @param {number} id
 * @param {string} data base64; empty = none any more
 */
export async function changePicture(id, data) {
  take(await (data ? call("PUT", `/api/chats/${id}/avatar`, { data }) : call("DELETE", `/api/chats/${id}/avatar`)));
}

/**
 * Pin, mute, hide, mark; shown at once, taken back when refused.
 * @param {number} id
 * @param {{ isPinned?: boolean, isMuted?: boolean, isHidden?: boolean, isMarkedUnread?: boolean }} changes
 */
export async function arrange(id, changes) {
  const before = chats.peek(id)?.mine;
  const { isPinned, ...others } = changes;
  changeMine(id, isPinned === undefined ? others : { ...others, pinnedAt: isPinned ? Date.now() : 0 });
  try {
    changeMine(id, await call("PATCH", `/api/chats/${id}/mine`, changes));
  } catch (error) {
    if (before) changeMine(id, before);
    throw error;
  }
}

/**
 * @param {number} id
 * @param {number[]} ids
 * @param {boolean} showsHistory
 */
export async function invite(id, ids, showsHistory = true) {
  take(await call("POST", `/api/chats/${id}/members`, { ids, showsHistory }));
}

/**
 * @param {number} id
 * @param {number} personId oneself = leave
 */
export async function removeMember(id, personId) {
  await call("DELETE", `/api/chats/${id}/members/${personId}`);
}

/**
 * @param {number} id
 * @param {number} personId
 * @param {boolean} isManager
 */
export async function appoint(id, personId, isManager) {
  await call("PATCH", `/api/chats/${id}/members/${personId}`, { isManager });
}

/** @param {number} id */
export async function join(id) {
  take(await call("POST", `/api/chats/${id}/join`));
  await loadChat(id);
}

/** Everything is read. */
export async function readEverything() {
  await call("POST", "/api/read-all");
  for (const chat of chats.all()) {
    if (chat.mine.unread || chat.mine.isMarkedUnread) changeMine(chat.id, { unread: 0, isMarkedUnread: false, firstUnreadId: 0 });
  }
}
