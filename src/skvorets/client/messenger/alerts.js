// Somebody has written while nobody looks: a notification of the system.

import { t } from "../i18n.js";
import { plain } from "../lib/markup.js";
import { chats } from "../state/directory.js";
import { onAlert } from "../state/events/alerts.js";
import { settings } from "../state/preferences.js";
import { openChat, place } from "./router.js";

/** @typedef {import("../state/events/alerts.js").Alert} Alert */

/** Characters of a message that a notification shows. */
const PREVIEW = 200;

/** Begin to listen; the page does it once. */
export function listenToAlerts() {
  onAlert(hear);
}

/** @param {Alert} alert */
function hear(alert) {
  const isLooking = document.hasFocus() && place.peek().chatId === alert.chatId;
  if (isLooking) return;
  if (!document.hasFocus()) void show(alert);
}

/**
 * Through the service worker where there is one: phones know no other way.
 * @param {Alert} alert
 */
async function show({ chatId, messageId, author, text }) {
  if (!("Notification" in globalThis) || Notification.permission !== "granted") return;
  const chat = chats.peek(chatId);
  const title = chat && chat.kind !== "private" ? `${author} · ${chat.title}` : author;
  const body = settings.peek().showsPreview ? plain(text).slice(0, PREVIEW) : t("alert.hidden");
  const tag = `chat${chatId}`;
  const options = { body, tag, renotify: true, silent: true, icon: chat?.avatar || "/client/icons/starling.svg" };
  const notification = new Notification(title, options);
  notification.onclick = () => {
    focus();
    notification.close();
    openChat(chatId, messageId);
  };
}
