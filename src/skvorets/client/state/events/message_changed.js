// message.changed, message.deleted, message.liked: something that was said is another thing now.

import { inBackground } from "../background.js";
import { chats, loadChat } from "../directory.js";
import { knownTimeline } from "../timelines.js";
import { loadMessage, put } from "./loading.js";

/** @typedef {import("../directory.js").Message} Message */

/**
 * The message where it is shown: in the timeline, or as the last one of the list.
 * @param {number} chatId
 * @param {number} id
 * @returns {Message | undefined}
 */
function shown(chatId, id) {
  const last = chats.peek(chatId)?.last;
  return knownTimeline(chatId)?.find(id) ?? (last?.id === id ? last : undefined);
}

/**
 * @param {{ id: number, chat_id: number, edited_at: number, text: string, params: Record<string, any> | null }} data
 */
export async function messageChanged(data) {
  const known = shown(data.chat_id, data.id);
  if (!known) return;
  if (data.params?.FILE_ID) await loadMessage(data.id);
  else put({ ...known, text: data.text, params: data.params ?? {}, editedAt: data.edited_at, isDeleted: false });
}

/** @param {{ id: number, chat_id: number, is_complete: boolean }} data */
export function messageDeleted(data) {
  const known = shown(data.chat_id, data.id);
  if (data.is_complete) {
    knownTimeline(data.chat_id)?.remove(data.id);
    inBackground(loadChat(data.chat_id));
  } else if (known) {
    put({ ...known, text: "", params: {}, files: [], isDeleted: true, canEdit: false, canDelete: false });
  }
}

/** @param {{ id: number, chat_id: number, likes: number[] }} data */
export function messageLiked(data) {
  const known = shown(data.chat_id, data.id);
  if (known) put({ ...known, likes: data.likes });
}
