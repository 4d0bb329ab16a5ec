// One message: who, what, when, and what can be done with it.

import { Icon } from "../../icon.js";
import { formatDate, t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { textColor } from "../../lib/contrast.js";
import { MessageContent } from "../../rich/content.js";
import { chats, myId, people } from "../../state/directory.js";
import { html, useComputed } from "../../ui.js";
import { OperatorsOnly } from "../lines/whisper.js";
import { Avatar } from "../parts/avatar.js";
import { openPerson } from "../router.js";
import { timeWords } from "./days.js";
import { HoverBar } from "./hover_bar.js";
import { Likes } from "./likes.js";
import { spokenOf } from "./speaking.js";

/** @typedef {import("../../state/directory.js").Message} Message */
/** @typedef {import("./desk.js").Desk} Desk */

/** @param {{ item: import("../../lib/timeline_items.js").Item, desk: Desk }} props */
export function MessageRow({ item, desk }) {
  const message = /** @type {Message} */ (item.message);
  const isActive = useComputed(() => desk.activeId.value === message.id || isDefault(desk, message.id));
  const isFlashed = useComputed(() => desk.flashId.value === message.id);
  const isMine = message.authorId === myId.value;
  const look = ["row row-message", isMine && "is-mine", item.isHead && "is-head", item.isTail && "is-tail",
    isFlashed.value && "is-flashed", message.isSystem && "is-system",
    message.isWhisper && "is-whisper"];
  return html`<div class=${look.filter(Boolean).join(" ")} data-key=${item.key} data-id=${message.id} role="article"
      tabindex=${isActive.value ? 0 : -1} aria-label=${spokenOf(message)} onFocus=${() => { desk.activeId.value = message.id; }}>
    ${message.isSystem
      ? html`<div class="system-line"><${MessageContent} message=${message} context=${desk.context} />
          <${When} message=${message} /></div>`
      : html`<${Body} item=${item} message=${message} desk=${desk} isMine=${isMine} />`}
  </div>`;
}

/** @param {{ item: import("../../lib/timeline_items.js").Item, message: Message, desk: Desk, isMine: boolean }} props */
function Body({ item, message, desk, isMine }) {
  const isPrivate = useComputed(() => chats.get(desk.chatId)?.kind === "private");
  const isPointed = useComputed(() => desk.hoverId.value === message.id || desk.activeId.value === message.id);
  return html`
    ${!isMine && html`<div class="message-side">${item.isTail && html`<${Face} id=${message.authorId} />`}</div>`}
    <div class="bubble">
      ${item.isHead && !isMine && !isPrivate.value && html`<${Author} id=${message.authorId} />`}
      ${message.isWhisper && html`<${OperatorsOnly} />`}
      <div class=${hasBlocks(message) ? "bubble-line is-tall" : "bubble-line"}>
        <${MessageContent} message=${message} context=${desk.context} />
        <div class="message-foot">
          <${Likes} message=${message} />
          <span class="message-meta">
            ${message.editedAt > 0 && !message.isDeleted && html`<span class="message-edited"
              title=${formatDate(message.editedAt)}>${t("chat.edited")}</span>`}
            <${When} message=${message} />
            ${isMine && !message.isDeleted && html`<${Ticks} chatId=${desk.chatId} id=${message.id} />`}
          </span>
        </div>
      </div>
      ${isPointed.value && !message.isDeleted && html`<${HoverBar} message=${message} desk=${desk} />`}
    </div>`;
}

/** @param {{ message: Message }} props */
function When({ message }) {
  return html`<time class="message-time" dateTime=${new Date(message.createdAt).toISOString()}
    title=${formatDate(message.createdAt, { dateStyle: "full", timeStyle: "medium" })}>${timeWords(message.createdAt)}</time>`;
}

/** @param {{ id: number }} props */
function Author({ id }) {
  const person = people.get(id);
  const name = calmName(person?.name ?? "") || t("chat.unknown_author");
  return html`<button type="button" class="message-author" tabindex="-1" style=${{ color: textColor(person?.color) ?? "" }}
    onClick=${() => openPerson(id)}><bdi>${name}</bdi>${person?.kind === "bot" && html`<span class="bot-sign">${t("chat.bot_sign")}</span>`}
    </button>`;
}

/** @param {{ id: number }} props */
function Face({ id }) {
  const person = people.get(id);
  return html`<button type="button" class="message-face" tabindex="-1" aria-label=${calmName(person?.name ?? "") || t("chat.unknown_author")}
    onClick=${() => openPerson(id)}><${Avatar} person=${person} size="m" hasDot=${false} /></button>`;
}

/** Sent, or read by somebody. @param {{ chatId: number, id: number }} props */
function Ticks({ chatId, id }) {
  const isSeen = useComputed(() => (chats.get(chatId)?.seenId ?? 0) >= id);
  const words = t(isSeen.value ? "chat.seen" : "chat.sent");
  return html`<span class=${isSeen.value ? "ticks is-seen" : "ticks"} role="img" title=${words} aria-label=${words}>
    <${Icon} name=${isSeen.value ? "check-check" : "check"} /></span>`;
}

/** Is there more than text, so that the time stands below? @param {Message} message */
function hasBlocks({ files, params, isDeleted }) {
  return !isDeleted && (files.length > 0 || Boolean(params.ATTACH) || Boolean(params.KEYBOARD));
}

/** Nothing had the focus yet: Tab leads to the newest message. @param {Desk} desk @param {number} id */
function isDefault({ activeId, timeline }, id) {
  return activeId.value === 0 && timeline.messages.value.at(-1)?.id === id;
}
