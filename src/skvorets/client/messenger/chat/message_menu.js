// Everything that can be done with a message, as a menu: by the right button, a long touch, Shift+F10.

import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { menuItems } from "../../rich/menu.js";
import { chats, myId } from "../../state/directory.js";
import { canWrite } from "../../state/messages.js";
import { entriesAt } from "../../state/places.js";
import { html } from "../../ui.js";
import { slideEntry } from "../apps/surroundings.js";
import { openForward } from "../dialogs/forward.js";
import { keyHint } from "../keys.js";
import { openMenu } from "../parts/menu.js";
import { EntrySign } from "../apps/sign.js";
import { copyLink, copyText, edit, markUnread, quote, remove, reply, saveFiles, share } from "./actions.js";
import { like } from "./likes.js";
import { openReaders } from "./readers.js";

/** @typedef {import("../../state/directory.js").Message} Message */
/** @typedef {import("../parts/menu.js").Item} Item */
/** @typedef {import("./desk.js").Desk} Desk */

/**
 * @param {Desk} desk
 * @param {Message} message
 * @param {{ anchor?: Element, at?: import("../parts/popover.js").Point }} where
 */
export function openMessageMenu(desk, message, where) {
  if (message.isDeleted) return;
  const selected = selectedIn(desk, message);
  const isOpen = canWrite(desk.chatId) && !message.isSystem;
  const items = [...common(desk, message, { selected, isOpen }), ...made(message, Boolean(chats.peek(desk.chatId)?.mine.isMember)),
    ...ofBots(desk, message), ...own(desk, message)];
  openMenu({ ...where, items, label: t("chat.message_menu") });
}

/**
 * @param {Desk} desk
 * @param {Message} message
 * @param {{ selected: string, isOpen: boolean }} given
 * @returns {Item[]}
 */
function common(desk, message, { selected, isOpen }) {
  const isLiked = message.likes.includes(myId.peek());
  return [
    isOpen && { id: "reply", icon: "reply", text: t("chat.reply"), hint: keyHint("reply"), run: () => reply(desk, message) },
    isOpen && { id: "quote", icon: "quote", text: t(selected ? "chat.quote_selected" : "chat.quote"), hint: keyHint("quote"),
      run: () => quote(desk, message, selected) },
    { id: "like", icon: "thumbs-up", text: t(isLiked ? "chat.unlike" : "chat.like"), hint: keyHint("like"), run: () => like(message) },
    { id: "forward", icon: "forward", text: t("chat.forward"), hint: keyHint("forward"), run: () => openForward(message) },
    null,
    message.text && { id: "copy", icon: "copy", text: t("chat.copy_text"), run: () => copyText(message) },
    { id: "link", icon: "link", text: t("chat.copy_link"), run: () => copyLink(message) },
    message.files.length > 0 && { id: "save", icon: "bookmark", text: t("chat.save_files", { count: message.files.length }),
      run: () => saveFiles(message) },
  ].filter((one) => one !== false && one !== "");
}

/**
 * @param {Message} message
 * @param {boolean} isMember
 * @returns {Item[]}
 */
function made(message, isMember) {
  if (!isMember || message.isSystem) return [];
  const kinds = /** @type {const} */ ([["CHAT", "message-square-plus"], ["TASK", "list-checks"], ["POST", "newspaper"],
    ["CALEND", "calendar"]]);
  return [null, ...kinds.map(([kind, icon]) => ({ id: kind, icon, text: t(`chat.share.${kind}`), run: () => share(message, kind) }))];
}

/** @param {Desk} desk @param {Message} message @returns {Item[]} */
function ofBots(desk, message) {
  const items = menuItems(message.params, desk.context, message.id);
  const own = items.flatMap((one, at) => (at === 0 || one.startsGroup ? [null, one] : [one]));
  const where = { dialogId: chats.peek(desk.chatId)?.dialogId, messageId: message.id };
  const bound = (message.isSystem ? [] : entriesAt(desk.chatId, "IM_CONTEXT_MENU")).map((entry) => ({
    id: `entry-${entry.id}`, text: calmName(entry.title), picture: html`<${EntrySign} entry=${entry} />`,
    run: () => void slideEntry(entry, where),
  }));
  return bound.length > 0 ? [...own, null, ...bound] : own;
}

/** @param {Desk} desk @param {Message} message @returns {Item[]} */
function own(desk, message) {
  const isMember = chats.peek(desk.chatId)?.mine.isMember;
  return [
    null,
    isMember && { id: "unread", icon: "mail", text: t("chat.mark_unread"), hint: keyHint("unread_from"), run: () => markUnread(desk, message) },
    { id: "readers", icon: "check-check", text: t("chat.readers"), hint: keyHint("readers"), run: () => openReaders(message) },
    message.canEdit && { id: "edit", icon: "pencil", text: t("chat.edit"), run: () => edit(desk, message) },
    message.canDelete && { id: "delete", icon: "trash-2", text: t("chat.delete"), hint: keyHint("delete"), isDanger: true,
      run: () => remove(message) },
  ].filter((one) => one !== false && one !== undefined);
}

/** What is selected within a message. @param {Desk} desk @param {Message} message */
function selectedIn(desk, message) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.anchorNode) return "";
  return desk.rowOf(message.id)?.querySelector(".content")?.contains(selection.anchorNode) ? selection.toString().trim() : "";
}
