// What one can do with a conversation in the list.

import { t } from "../../i18n.js";
import { inBackground } from "../../state/background.js";
import { arrange } from "../../state/conversations.js";
import { chats } from "../../state/directory.js";
import { readAll } from "../../state/reading.js";
import { openMenu } from "../parts/menu.js";
import { attempt, toast } from "../parts/toast.js";
import { closeChat, place } from "../router.js";

/**
 * @param {number} chatId
 * @param {{ anchor?: Element | null, at?: { x: number, y: number } }} where
 */
export function openRowMenu(chatId, where) {
  const chat = chats.peek(chatId);
  if (!chat) return;
  const { mine } = chat;
  const isUnread = mine.unread > 0 || mine.isMarkedUnread;
  openMenu({
    ...where,
    label: chat.title,
    items: [
      isUnread
        ? { id: "read", icon: "mail-open", text: t("row.read"), run: () => markRead(chatId) }
        : { id: "unread", icon: "mail", text: t("row.unread"), run: () => markUnread(chatId) },
      mine.pinnedAt
        ? { id: "unpin", icon: "pin-off", text: t("row.unpin"), run: () => pin(chatId, false) }
        : { id: "pin", icon: "pin", text: t("row.pin"), run: () => pin(chatId, true) },
      mine.isMuted
        ? { id: "unmute", icon: "bell", text: t("row.unmute"), run: () => mute(chatId, false) }
        : { id: "mute", icon: "bell-off", text: t("row.mute"), run: () => mute(chatId, true) },
      null,
      { id: "hide", icon: "eye-off", text: t("row.hide"), run: () => hide(chatId) },
    ],
  });
}

/** @param {number} chatId */
export function toggleRead(chatId) {
  const mine = chats.peek(chatId)?.mine;
  if (mine && (mine.unread > 0 || mine.isMarkedUnread)) markRead(chatId);
  else markUnread(chatId);
}

/** @param {number} chatId */
export function togglePin(chatId) {
  pin(chatId, !chats.peek(chatId)?.mine.pinnedAt);
}

/** @param {number} chatId */
function markRead(chatId) {
  inBackground(attempt(() => readAll(chatId)));
}

/** @param {number} chatId */
function markUnread(chatId) {
  inBackground(attempt(() => arrange(chatId, { isMarkedUnread: true })));
}

/** @param {number} chatId @param {boolean} isPinned */
function pin(chatId, isPinned) {
  inBackground(attempt(() => arrange(chatId, { isPinned })));
}

/** @param {number} chatId @param {boolean} isMuted */
function mute(chatId, isMuted) {
  inBackground(attempt(() => arrange(chatId, { isMuted })));
}

/** It comes back with the next message; or at once, if that was a slip. @param {number} chatId */
async function hide(chatId) {
  if (place.peek().chatId === chatId) closeChat();
  await attempt(() => arrange(chatId, { isHidden: true }));
  const back = () => inBackground(attempt(() => arrange(chatId, { isHidden: false })));
  toast(t("row.hidden"), { action: { text: t("undo"), run: back } });
}
