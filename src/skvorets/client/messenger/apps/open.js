// Opening what bots and applications put into a chat: by an icon above the field, by a button of a message.
//
//   a command ──► done at once      a frame ──► above the field, or a window that stays when one goes to another chat

import { t } from "../../i18n.js";
import { inBackground } from "../../state/background.js";
import { composingOf } from "../../state/composing.js";
import { chats } from "../../state/directory.js";
import { Keyed } from "../../state/keyed.js";
import { send } from "../../state/outbox.js";
import { openApp } from "../../state/places.js";
import { shownDesk } from "../chat/shown.js";
import { showOverlay } from "../overlays.js";
import { attempt, toast } from "../parts/toast.js";
import { openChat, place } from "../router.js";
import { AppWindow } from "./window.js";

/** @typedef {import("../../state/places.js").ChatApp} ChatApp */
/** @typedef {import("../../state/places.js").Entry} Entry */
/**
 * What is open above the field of a chat: a chat application, or an entry.
 * @typedef {{ opened?: import("../../shapes.js").Opened, entry?: Entry, hands: Hands }} Shown
 */
/**
 * What an application may do in a chat.
 * @typedef {object} Hands
 * @property {number} chatId
 * @property {string} dialogId
 * @property {(text: string) => void} send as the person's message
 * @property {(text: string) => void} put into the field
 * @property {(text: string) => void} write the field anew
 * @property {() => string} read the field
 */

/** @type {Keyed<Shown>} by chat */
export const aboveField = new Keyed();
/** @type {Map<number, () => void>} windows by their application: each is open once */
const windows = new Map();

/**
 * What an application may do in a chat, also when one has gone to another chat meanwhile.
 * @param {number} chatId
 * @returns {Hands}
 */
export function handsOf(chatId) {
  const composing = composingOf(chatId);
  return {
    chatId,
    dialogId: chats.peek(chatId)?.dialogId ?? `chat${chatId}`,
    send(text) {
      const desk = shownDesk(chatId);
      if (desk) desk.context.send?.(text);
      else inBackground(send(chatId, { text, isWhisper: composing.isWhisper.peek() }));
    },
    put(text) {
      const desk = shownDesk(chatId);
      if (desk) return void desk.context.put?.(text);
      const written = composing.text.peek();
      composing.write(written && !/\s$/.test(written) ? `${written} ${text}` : written + text);
      openChat(chatId);
    },
    write: (text) => composing.write(text),
    read: () => composing.text.peek(),
  };
}

/**
 * Open a chat application: by its icon, or by a button of a message.
 * @param {Hands} hands
 * @param {number} appId
 * @param {{ messageId?: number, buttonParams?: string }} [button]
 */
export async function openChatApp(hands, appId, button = {}) {
  const opened = await attempt(() => openApp(appId, { dialogId: hands.dialogId, ...button }));
  if (!opened) return;
  const { app } = opened;
  if (app.isCommand) return runCommand(hands, app);
  const isWindow = app.isPopup && !opened.isInContext;
  if (!isWindow && place.peek().chatId === hands.chatId) return aboveField.set(hands.chatId, { opened, hands });
  windows.get(app.id)?.();
  const close = showOverlay(AppWindow, { opened, hands }, () => {
    if (windows.get(app.id) === close) windows.delete(app.id);
  });
  windows.set(app.id, close);
}

/**
 * Open an entry above the field.
 * @param {Hands} hands
 * @param {Entry} entry
 */
export function openAboveField(hands, entry) {
  aboveField.set(hands.chatId, { entry, hands });
}

/**
 * @param {Hands} hands
 * @param {ChatApp} app
 */
function runCommand(hands, { jsMethod, jsParam }) {
  if (jsMethod === "SEND") hands.send(jsParam);
  else if (jsMethod === "PUT") hands.put(jsParam);
  else if (jsMethod === "CALL") toast(t("chat.no_calls", { number: jsParam }));
  else toast(t("apps.no_lines"));
}
