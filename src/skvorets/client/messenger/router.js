// Where one is: the address says it, so that going back, links and a second window work.
//
//   /                  the list
//   /im/chat5          a chat          /im/7   the dialog with a person
//   /im/chat5/1234     a message in it
//   /im/app8           an application that fills the place of the chat
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
 * @property {number} appId the entry of an application that is open instead of a chat, 0 = none
 * @property {number} turn grows whenever a message is to be shown, also the same one again
 */

/** @type {import("../ui.js").Signal<Place>} */
export const place = signal({ chatId: 0, messageId: 0, panel: "", personId: 0, appId: 0, turn: 0 });
/** Below this width only one region is shown, px. */
const NARROW_PX = 768;
const NOWHERE = { chatId: 0, messageId: 0, appId: 0, personId: 0 };

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
    appId: Number(/^app(\d{1,15})$/.exec(wanted)?.[1]) || 0,
    turn: place.peek().turn,
  };
}

/**
 * @param {number} chatId
 * @param {number} [messageId] the message to be shown
 */
export function openChat(chatId, messageId = 0) {
  const panel = place.peek().panel === "info" ? "info" : "";
  go({ ...NOWHERE, chatId, messageId, panel }, messageId > 0);
}

/**
 * Show a message that the panel beside the chat speaks of: the panel stays, where there is room for both.
 * @param {number} chatId
 * @param {number} messageId
 */
export function showMessage(chatId, messageId) {
  const { panel, personId } = place.peek();
  go({ ...NOWHERE, chatId, messageId, ...(innerWidth < NARROW_PX ? { panel: "", personId: 0 } : { panel, personId }) }, true);
}

/**
 * Show an application in the place of the chat.
 * @param {number} appId of the entry
 */
export function openEntryAt(appId) {
  go({ ...NOWHERE, appId, panel: "" });
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
  go({ ...NOWHERE, panel: "" });
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

/** @param {Omit<Place, "turn">} wanted @param {boolean} [isJump] a message is to be shown */
function go(wanted, isJump = false) {
  const query = new URLSearchParams();
  if (wanted.panel) query.set("panel", wanted.panel);
  if (wanted.personId) query.set("person", String(wanted.personId));
  const base = wanted.appId ? `/im/app${wanted.appId}` : pathOf(wanted.chatId, wanted.messageId);
  const path = base + (query.size ? `?${query}` : "");
  if (path !== location.pathname + location.search) history.pushState(null, "", path);
  place.value = { ...wanted, turn: place.peek().turn + Number(isJump) };
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
