// What happens when something in a message is clicked.

import { t } from "../../i18n.js";
import { Lightbox } from "../../rich/lightbox.js";
import { call } from "../../api.js";
import { take, myId, nameOf } from "../../state/directory.js";
import { callCommand } from "../../state/messages.js";
import { send } from "../../state/outbox.js";
import { html } from "../../ui.js";
import { handsOf, openChatApp } from "../apps/open.js";
import { showOverlay } from "../overlays.js";
import { attempt, toast } from "../parts/toast.js";
import { openChat, openDialogWith, openPerson } from "../router.js";
import { copy } from "./copying.js";

/** @typedef {import("../../rich/types.js").Context} Context */

/** Below this width the page is shown as on a phone, px: keyboards have buttons for phones and for desks. */
const PHONE_PX = 768;

/**
 * @param {import("./desk.js").Desk} desk
 * @returns {Context}
 */
export function contextOf(desk) {
  return {
    get me() { return myId.peek(); },
    get device() { return innerWidth < PHONE_PX ? "mobile" : "desktop"; },
    nameOf,
    send: (text) => {
      void send(desk.chatId, { text, isWhisper: desk.composing.isWhisper.peek() });
      desk.sent();
    },
    put: (text) => putWords(desk, text),
    call: (number) => toast(t("chat.no_calls", { number })),
    copy,
    openPerson,
    openChat: (id) => openChat(id),
    openDialog: (dialogId) => openDialog(dialogId),
    openMessage: (messageId, chatId) => openMessage(desk, messageId, chatId),
    openImage,
    openChatApp: (appId, params, messageId) => openChatApp(handsOf(desk.chatId), appId, { messageId, buttonParams: params }),
    openHelp: () => toast(t("chat.no_help")),
    openLivechat: () => toast(t("chat.cannot_open")),
    command: ({ messageId, ...pressed }) => callCommand(messageId, pressed),
  };
}

/**
 * Words go into the field, where the caret is.
 * @param {import("./desk.js").Desk} desk
 * @param {string} words
 */
export function putWords(desk, words) {
  const text = desk.composing.text.peek();
  const field = desk.field;
  const at = field && document.activeElement === field ? field.selectionStart : text.length;
  const gap = at > 0 && !/\s$/.test(text.slice(0, at)) ? " " : "";
  desk.composing.write(text.slice(0, at) + gap + words + text.slice(at));
  desk.focusField();
  const caret = at + gap.length + words.length;
  requestAnimationFrame(() => field?.setSelectionRange(caret, caret));
}

/** @param {string} dialogId chat5, or the number of a person */
export function openDialog(dialogId) {
  if (/^chat\d+$/.test(dialogId)) openChat(Number(dialogId.slice(4)));
  else if (/^\d+$/.test(dialogId)) void attempt(() => openDialogWith(Number(dialogId)));
  else toast(t("chat.cannot_open"), { isBad: true });
}

/**
 * @param {import("./desk.js").Desk} desk
 * @param {number} messageId
 * @param {number} chatId 0 = it is looked up
 */
async function openMessage(desk, messageId, chatId) {
  if (chatId === desk.chatId) return desk.jumpTo(messageId);
  if (chatId) return openChat(chatId, messageId);
  return attempt(async () => {
    const answer = await call("GET", `/api/messages/${messageId}`);
    take(answer);
    if (answer.message.chatId === desk.chatId) await desk.jumpTo(messageId);
    else openChat(answer.message.chatId, messageId);
  });
}

/**
 * Show a picture over everything.
 * @param {string} address
 * @param {string} label
 * @param {import("../../rich/types.js").Shown[]} [all] its neighbours, itself included
 */
export function openImage(address, label, all = [{ address, label }]) {
  showOverlay(Viewer, { images: all, at: Math.max(0, all.findIndex((one) => one.address === address)) });
}

/** @param {{ images: import("../../rich/types.js").Shown[], at: number, close: () => void }} props */
function Viewer({ images, at, close }) {
  return html`<${Lightbox} images=${images} at=${at} onClose=${close} />`;
}
