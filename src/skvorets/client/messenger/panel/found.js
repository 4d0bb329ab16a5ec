// One message that was found: where, by whom, when, and the words around.

import { formatDate, t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { excerptOf } from "../../lib/excerpts.js";
import { plain } from "../../lib/markup.js";
import { marked } from "../../rich/text.js";
import { chats, nameOf, people } from "../../state/directory.js";
import { html } from "../../ui.js";
import { titleOf } from "../chat/titles.js";
import { Avatar } from "../parts/avatar.js";
import { linkTo, showMessage } from "../router.js";
import { shortTime, wordsOf } from "../sidebar/preview.js";

/** Characters that are shown of a message. */
const SHOWN = 220;

/** @param {{ message: import("../../state/directory.js").Message, words: string[], isHere: boolean }} props `isHere`: all are of one chat */
export function Found({ message, words, isHere }) {
  const chat = chats.get(message.chatId);
  const author = calmName(nameOf(message.authorId));
  const where = !isHere && chat ? titleOf(chat) : "";
  const text = calmName(plain(message.text));
  /** @param {MouseEvent} event */
  function open(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    showMessage(message.chatId, message.id);
  }
  const name = where && chat?.kind !== "private" ? where : author;
  return html`<li><a class="found" data-found href=${linkTo(message.chatId, message.id)} onClick=${open}>
    <${Avatar} person=${people.get(message.authorId)} chat=${message.authorId ? undefined : chat} hasDot=${false} />
    <span class="found-words">
      <span class="found-head"><span class="found-name" dir="auto">${name || where}</span>
        <time title=${formatDate(message.createdAt, { dateStyle: "full", timeStyle: "short" })}>${shortTime(message.createdAt)}</time></span>
      ${where && name === where && author && html`<span class="found-author"><bdi>${author}</bdi></span>`}
      ${where && chat?.kind === "private" && where !== author && html`<span class="found-author">${t("search.dialog_with", { name: where })}</span>`}
      <span class="found-text" dir="auto">${text ? marked(excerptOf(text, words, SHOWN), words) : wordsOf(message)}</span>
      ${message.files.length > 0 && text && html`<span class="found-files" dir="auto">${message.files.map((file) => calmName(file.name)).join(", ")}</span>`}
    </span></a></li>`;
}
