// What one can do with a message.

import { formatDate, t } from "../../i18n.js";
import { quoteOf } from "../../lib/formatting.js";
import { plain } from "../../lib/markup.js";
import { nameOf } from "../../state/directory.js";
import { deleteMessage, saveFile, shareMessage } from "../../state/messages.js";
import { unreadFrom } from "../../state/reading.js";
import { showOverlay } from "../overlays.js";
import { Question } from "../parts/dialog.js";
import { attempt, toast } from "../parts/toast.js";
import { linkTo } from "../router.js";
import { copy } from "./copying.js";

/** @typedef {import("../../state/directory.js").Message} Message */
/** @typedef {import("./desk.js").Desk} Desk */

/** @param {Desk} desk @param {Message} message */
export function reply(desk, message) {
  if (message.isDeleted || message.isSystem) return;
  desk.composing.reply(message.id);
  desk.focusField();
}

/**
 * Put what is selected in a message, or all of it, into the field as a quote.
 * @param {Desk} desk
 * @param {Message} message
 * @param {string} [selected]
 */
export function quote(desk, message, selected = "") {
  const time = formatDate(message.createdAt, { dateStyle: "short", timeStyle: "short" });
  const made = quoteOf({ author: nameOf(message.authorId), time, text: selected || plain(message.text) });
  const before = desk.composing.text.peek();
  desk.composing.write(`${before}${before && !before.endsWith("\n") ? "\n" : ""}${made}`);
  desk.focusField();
  const end = desk.composing.text.peek().length;
  requestAnimationFrame(() => desk.field?.setSelectionRange(end, end));
}

/** @param {Desk} desk @param {Message} message */
export function edit(desk, message) {
  if (!message.canEdit || message.isDeleted) return;
  desk.composing.edit(message);
  desk.focusField();
}

/** @param {Message} message */
export function remove(message) {
  if (!message.canDelete || message.isDeleted) return;
  showOverlay(Question, {
    title: t("chat.delete?"), text: t("chat.delete.hint"), yes: t("chat.delete"), isDanger: true,
    run: () => attempt(() => deleteMessage(message.id)),
  });
}

/** @param {Message} message */
export function copyText(message) {
  void copy(plain(message.text));
}

/** @param {Message} message */
export function copyLink(message) {
  void copy(linkTo(message.chatId, message.id));
}

/** @param {Desk} desk @param {Message} message */
export function markUnread(desk, message) {
  void attempt(async () => {
    await unreadFrom(desk.chatId, message.id);
    desk.timeline.dividerId.value = message.id;
    toast(t("chat.marked_unread"));
  });
}

/**
 * @param {Message} message
 * @param {"CHAT" | "TASK" | "POST" | "CALEND"} kind
 */
export function share(message, kind) {
  void attempt(async () => {
    await shareMessage(message.id, kind);
    toast(t(`chat.shared.${kind}`));
  });
}

/** @param {Message} message */
export function saveFiles(message) {
  void attempt(async () => {
    for (const file of message.files) await saveFile(file.id);
    toast(t("chat.saved"));
  });
}
