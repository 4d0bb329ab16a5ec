// What stands before the first message of a chat.

import { formatDate, t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { chats } from "../../state/directory.js";
import { html } from "../../ui.js";
import { Avatar } from "../parts/avatar.js";
import { titleOf } from "./titles.js";

/** @param {{ item: { key: string }, chatId: number }} props */
export function Beginning({ item, chatId }) {
  const chat = chats.get(chatId);
  if (!chat) return html`<div class="row row-beginning" data-key=${item.key}></div>`;
  const words = chat.kind === "private" ? "" : t("chat.begun", { date: formatDate(chat.createdAt, { dateStyle: "long" }) });
  return html`<div class="row row-beginning" data-key=${item.key}>
    <${Avatar} chat=${chat} size="l" hasDot=${false} />
    <strong dir="auto">${titleOf(chat)}</strong>
    ${words && html`<span>${words}</span>`}
    ${chat.description && html`<span dir="auto">${calmName(chat.description)}</span>`}
  </div>`;
}
