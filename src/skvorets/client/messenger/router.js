// Where one is: the address says it, so that going back, links and a second window work.
//
//   /                  the list
//   /im/chat5          a chat          /im/7   the dialog with a person
//   /im/chat5/1234     a message in it
//   ?panel=info        what is open beside it

import { openPrivate } from "../state/conversations.js";
import { chats } from "../state/directory.js";
import { signal } from "../ui.js";

/** @typedef {"" | "info" | "person" | "search" | "notifications"} Panel */
/**
 * @typedef {object} Place
 * @property {number} chatId 0 = none is open
 * @property {number} messageId the message to be shown, 0 = where one left off
 * @property {Panel} panel
 * @property {number} personId of the panel "person"
 */

/** @type {import("../ui.js").Signal<Place>} */
export const place = signal({ chatId: 0, messageId: 0, panel: "", personId: 0 });

addEventListener("popstate", () => void readAddress());

/** Take the address for where one is; a dialog with a person is opened for that. */
export async function readAddress() {
  const [, dialog = "", message = ""] = location.pathname.split("/").filter(Boolean);
  const query = new URLSearchParams(location.search);
  const wanted = dialog || query.get("IM_DIALOG") || "";
  place.value = {
    chatId: await chatOf(wanted),
    messageId: Number(message || query.get("IM_MESSAGE")) || 0,
    panel: /** @type {Panel} */ (query.get("panel") ?? ""),
    personId: Number(query.get("person")) || 0,
  };
}

/**
 * @param {number} chatId
 * @param {number} [messageId] the message to be shown
 */
export function openChat(chatId, messageId = 0) {
  const panel = place.peek().panel === "info" ? "info" : "";
  go({ chatId, messageId, panel, personId: 0 });
}

/**
 * Write to a person.
 * @param {number} personId
 */
export async function openDialogWith(personId) {
  openChat((await openPrivate(personId)).id);
}

/**
 * Show a person's card beside the chat.
 * @param {number} personId
 */
export function openPerson(personId) {
  go({ ...place.peek(), panel: "person", personId });
}

/** @param {Panel} panel */
export function openPanel(panel) {
  go({ ...place.peek(), panel, personId: 0 });
}

export function closePanel() {
  go({ ...place.peek(), panel: "", personId: 0 });
}

/** Back to the list: what a phone's back does, too. */
export function closeChat() {
  go({ chatId: 0, messageId: 0, panel: "", personId: 0 });
}

/**
 * The address of a message, to be copied.
 * @param {number} chatId
 * @param {number} messageId
 */
export function linkTo(chatId, messageId) {
  return `${location.origin}${pathOf(chatId, messageId)}`;
}

/**
 * The address of a chat, for links to it.
 * @param {number} chatId
 */
export function pathOfChat(chatId) {
  return pathOf(chatId, 0);
}

/** @param {Place} wanted */
function go(wanted) {
  const query = new URLSearchParams();
  if (wanted.panel) query.set("panel", wanted.panel);
  if (wanted.personId) query.set("person", String(wanted.personId));
  const path = pathOf(wanted.chatId, wanted.messageId) + (query.size ? `?${query}` : "");
  if (path !== location.pathname + location.search) history.pushState(null, "", path);
  place.value = wanted;
}

/**
 * @param {number} chatId
 * @param {number} messageId
 */
function pathOf(chatId, messageId) {
  if (!chatId) return "/";
  const dialog = chats.peek(chatId)?.dialogId ?? `chat${chatId}`;
  return `/im/${dialog}${messageId ? `/${messageId}` : ""}`;
}

/** @param {string} dialog chat5, or the number of a person */
async function chatOf(dialog) {
  if (/^chat\d+$/.test(dialog)) return Number(dialog.slice(4));
  if (!/^\d+$/.test(dialog)) return 0;
  return (await openPrivate(Number(dialog)).catch(() => null))?.id ?? 0;
}
