// The open chat.

import { chats } from "../../state/directory.js";
import { html } from "../../ui.js";

/** @param {{ chatId: number, messageId: number }} props */
export function Chat({ chatId }) {
  return html`<header class="chat-head"><h1>${chats.get(chatId)?.title}</h1></header>`;
}
