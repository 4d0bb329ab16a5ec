// What an operator does with a conversation; refusals are told in words.

import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { act } from "../../state/lines.js";
import { showOverlay } from "../overlays.js";
import { Question } from "../parts/dialog.js";
import { openMenu } from "../parts/menu.js";
import { attempt, toast } from "../parts/toast.js";
import { openChat } from "../router.js";
import { Transfer } from "./transfer.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */

/** @param {number} chatId */
export async function take(chatId) {
  await attempt(async () => {
    await act(chatId, "take");
    openChat(chatId);
  });
}

/** @param {Chat} chat */
export async function skip(chat) {
  const isMine = Boolean(chat.line?.operatorId);
  await attempt(async () => {
    await act(chat.id, "skip");
    toast(t(isMine ? "line.returned" : "line.skipped"));
  });
}

/** @param {Chat} chat */
export async function finish(chat) {
  await attempt(() => act(chat.id, "finish"));
}

/** @param {Chat} chat */
export async function reopen(chat) {
  await attempt(() => act(chat.id, "reopen"));
}

/** @param {Chat} chat @param {boolean} isOn */
export async function setSilent(chat, isOn) {
  await attempt(() => act(chat.id, "silent", { isOn }));
}

/** @param {Chat} chat */
export function transfer(chat) {
  showOverlay(Transfer, { chatId: chat.id });
}

/** @param {Chat} chat */
function askSpam(chat) {
  showOverlay(Question, {
    title: t("line.spam?", { name: calmName(chat.line?.client.name ?? "") }), text: t("line.spam.hint"), yes: t("line.spam"), isDanger: true,
    run: () => attempt(() => act(chat.id, "spam")),
  });
}

/**
 * What is not needed all the time.
 * @param {Chat} chat
 * @param {Element} anchor
 */
export function openMoreDeeds(chat, anchor) {
  const line = /** @type {import("../../state/line_talks.js").LineChat} */ (chat.line);
  const isMine = Boolean(line.operatorId) && line.can.skip;
  const { can } = line;
  openMenu({
    anchor, side: "above", label: t("more"),
    items: [
      ...(can.transfer && !isMine ? [{ id: "transfer", icon: "forward", text: t("line.transfer"), run: () => transfer(chat) }] : []),
      ...(isMine ? [{ id: "skip", icon: "corner-up-left", text: t("line.return"), run: () => void skip(chat) }] : []),
      ...(can.whisper && !line.closedAt ? [
        { id: "silent", icon: "eye-off", text: t(line.isSilent ? "line.speak" : "line.silent"), run: () => void setSilent(chat, !line.isSilent) },
        { id: "pin", icon: line.isPinned ? "pin-off" : "pin", text: t(line.isPinned ? "line.unpin" : "line.pin"),
          run: () => void attempt(() => act(chat.id, "pin", { isOn: !line.isPinned })) }] : []),
      ...(can.finish && !isMine ? [{ id: "finish", icon: "check", text: t("line.finish"), run: () => void finish(chat) }] : []),
      ...(can.spam ? [null, { id: "spam", icon: "thumbs-down", text: t("line.spam"), isDanger: true, run: () => askSpam(chat) }] : []),
    ],
  });
}
