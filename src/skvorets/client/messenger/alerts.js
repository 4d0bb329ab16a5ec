// Somebody has written while nobody looks: a sound, a notification of the system. And the page's name.

import { setTitle } from "../badge.js";
import { t } from "../i18n.js";
import { plain } from "../lib/markup.js";
import { inBackground } from "../state/background.js";
import { chats, me } from "../state/directory.js";
import { onAlert } from "../state/events/alerts.js";
import { settings } from "../state/preferences.js";
import { playTone } from "../sound.js";
import { effect } from "../ui.js";
import { toast } from "./parts/toast.js";
import { openChat, pathOfChat, place } from "./router.js";

/** @typedef {import("../state/events/alerts.js").Alert} Alert */

/** Characters of a message that a notification shows. */
const PREVIEW = 200;

/** Begin to listen; the page does it once. */
export function listenToAlerts() {
  effect(() => {
    const title = chats.get(place.value.chatId)?.title;
    setTitle(title ? `${title} · Skvorets` : "Skvorets");
  });
  onAlert(hear);
}

/** @param {Alert} alert */
function hear(alert) {
  if (document.hasFocus() && place.peek().chatId === alert.chatId) return;
  if (me.peek()?.status === "dnd") return;
  if (alert.isOffer) toast(t("line.offered", { name: alert.author }), { action: { text: t("line.open"), run: () => openChat(alert.chatId) } });
  if (settings.peek().sound) inBackground(playTone());
  if (!document.hasFocus()) inBackground(show(alert));
}

/**
 * Through the service worker where there is one: phones know no other way.
 * @param {Alert} alert
 */
async function show({ chatId, messageId, author, text, isOffer }) {
  if (!("Notification" in globalThis) || Notification.permission !== "granted") return;
  const chat = chats.peek(chatId);
  const title = isOffer ? t("line.offered", { name: author }) : chat && chat.kind !== "private" ? `${author} · ${chat.title}` : author;
  const body = settings.peek().showsPreview ? plain(text).slice(0, PREVIEW) : t("alert.hidden");
  const options = { body, tag: `chat${chatId}`, silent: true, icon: chat?.avatar || "/client/icons/starling.svg" };
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker?.active) return void (await worker.showNotification(title, { ...options, data: { url: pathOfChat(chatId) } }));
  const notification = new Notification(title, options);
  notification.onclick = () => {
    focus();
    notification.close();
    openChat(chatId, messageId);
  };
}
