// A message as the server shows it, when an event does not say enough.

import { call } from "../../api.js";
import { chats, take } from "../directory.js";
import { knownTimeline } from "../timelines.js";

/** @param {number} id */
export async function loadMessage(id) {
  const answer = await call("GET", `/api/messages/${id}`);
  take(answer);
  put(answer.message);
}

/**
 * Show a message wherever it is shown.
 * @param {import("../directory.js").Message} message
 */
export function put(message) {
  knownTimeline(message.chatId)?.put(message);
  const chat = chats.peek(message.chatId);
  if (chat?.last?.id === message.id) chats.set(chat.id, { ...chat, last: message });
}
