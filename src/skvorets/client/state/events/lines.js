// line.session: a conversation with a customer of an open line is another one now.

import { loadChat } from "../directory.js";
import { loadLinesSoon } from "../lines.js";
import { alertOffer } from "./alerts.js";

/** Chats of which was told already that they are to be taken: an offer is told once. @type {Set<number>} */
const told = new Set();

/** @param {import("../../shapes.js").LineSessionChanged} data */
export async function lineSession(data) {
  loadLinesSoon();
  const chat = await loadChat(data.chat_id);
  if (!chat?.line?.isOffered) return void told.delete(data.chat_id);
  if (data.change !== "offered" || told.has(chat.id)) return undefined;
  told.add(chat.id);
  return alertOffer(chat);
}
