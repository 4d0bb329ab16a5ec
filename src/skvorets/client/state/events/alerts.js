// What makes a noise: told to the page, which knows whether somebody looks at it.

import { chats, myId } from "../directory.js";
import { settings } from "../preferences.js";

/** @typedef {import("../directory.js").Message} Message */
/** @typedef {{ chatId: number, messageId: number, author: string, text: string, isOffer?: boolean }} Alert */

/** @type {(alert: Alert) => void} */
let listener = () => undefined;

/** @param {(alert: Alert) => void} hear */
export function onAlert(hear) {
  listener = hear;
}

/**
 * Somebody else has written: is it to be heard?
 * @param {Message} message
 * @param {string} author
 */
export function alert(message, author) {
  const chat = chats.peek(message.chatId);
  if (!chat || chat.mine.isMuted || message.isSystem || message.params.NOTIFY === "N") return;
  const { notifications } = settings.peek();
  const isMeant = chat.kind === "private" || message.text.includes(`[USER=${myId.peek()}]`);
  if (notifications === "none" || (notifications === "mentions" && !isMeant)) return;
  listener({ chatId: message.chatId, messageId: message.id, author, text: message.text });
}

/**
 * A customer of an open line is to be taken: that is heard, whatever one thinks of other news.
 * @param {import("../directory.js").Chat} chat
 */
export function alertOffer(chat) {
  listener({ chatId: chat.id, messageId: 0, author: chat.line?.client.name ?? chat.title, text: chat.last?.text ?? "", isOffer: true });
}
