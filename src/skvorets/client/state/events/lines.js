// line.session: a conversation with a customer of an open line is another one now.

import { chats, loadChat } from "../directory.js";
import { loadLinesSoon } from "../lines.js";
import { alertOffer } from "./alerts.js";

/** @param {import("../../shapes.js").LineSessionChanged} data */
export async function lineSession(data) {
  loadLinesSoon();
  const wasOffered = chats.peek(data.chat_id)?.line?.isOffered ?? false;
  const chat = await loadChat(data.chat_id);
  if (data.change === "offered" && chat?.line?.isOffered && !wasOffered) alertOffer(chat);
}
