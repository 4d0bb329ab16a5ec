// One conversation in the list. It is drawn anew only when something of it changes.

import { Icon } from "../../icon.js";
import { formatDate, t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { chats, myId } from "../../state/directory.js";
import { html, useRef } from "../../ui.js";
import { Sign } from "../lines/standing.js";
import { Avatar } from "../parts/avatar.js";
import { openChat, pathOfChat } from "../router.js";
import { useGestures } from "./gestures.js";
import { isMentioned, previewOf, shortTime } from "./preview.js";
import { openRowMenu, togglePin, toggleRead } from "./row_menu.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */

const MARKS = { sent: "check", read: "check-check", pending: "clock", failed: "circle-alert" };

/**
 * @param {{ chatId: number, number: number, count: number, top: number, isActive: boolean, isReached: boolean }} props
 *   `isReached`: the one of all rows to which Tab comes
 */
export function Row({ chatId, number, count, top, isActive, isReached }) {
  const row = useRef(/** @type {HTMLElement | null} */ (null));
  useGestures(row, {
    press: (at) => openRowMenu(chatId, { at }),
    toLeft: () => togglePin(chatId),
    toRight: () => toggleRead(chatId),
  });
  const chat = chats.get(chatId);
  if (!chat) return null;
  /** @param {MouseEvent} event */
  function open(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openChat(chatId);
  }
  /** @param {MouseEvent} event */
  function showMenu(event) {
    event.preventDefault();
    openRowMenu(chatId, { at: { x: event.clientX, y: event.clientY } });
  }
  return html`<li class="list-row-place" style=${{ top }} aria-setsize=${count} aria-posinset=${number + 1}>
    <span class="list-row-swipe" aria-hidden="true"><${Icon} name="mail-open" /><${Icon} name="pin" /></span>
    <a class=${isActive ? "list-row active" : "list-row"} href=${pathOfChat(chatId)} ref=${row} data-chat=${chatId} draggable=${false}
      tabindex=${isReached ? 0 : -1} aria-current=${isActive ? "page" : undefined} onClick=${open} onContextMenu=${showMenu}>
      <${Avatar} chat=${chat} size="l" />
      <${Words} chat=${chat} />
    </a>
  </li>`;
}

/** @param {{ chat: Chat }} props */
function Words({ chat }) {
  const preview = previewOf(chat);
  const { mine } = chat;
  const name = chat.partnerId && chat.partnerId === myId.value ? t("notes") : calmName(chat.title) || "…";
  const at = mine.draft && preview.kind === "draft" ? mine.draft.changedAt : chat.lastAt;
  return html`<span class="list-row-words">
    <span class="list-row-line">
      <span class="list-row-name" dir="auto">${name}</span>
      ${mine.pinnedAt > 0 && html`<span class="list-row-sign"><${Icon} name="pin" /><span class="hidden-visually">${t("row.is_pinned")}</span></span>`}
      ${mine.isMuted && html`<span class="list-row-sign"><${Icon} name="bell-off" /><span class="hidden-visually">${t("row.is_muted")}</span></span>`}
      ${preview.mark && html`<span class=${`list-row-mark ${preview.mark}`}><${Icon} name=${MARKS[preview.mark]} />
        <span class="hidden-visually">${t(`mark.${preview.mark}`)}</span></span>`}
      ${chat.line && html`<${Sign} line=${chat.line} />`}
      <time class="list-row-time" datetime=${new Date(at).toISOString()} title=${formatDate(at, { dateStyle: "long", timeStyle: "short" })}>
        ${shortTime(at)}</time>
    </span>
    <span class="list-row-line">
      <span class=${`list-row-text ${preview.kind}`} dir="auto">
        ${preview.author && html`<span class="list-row-author">${preview.author}: </span>`}${preview.text}</span>
      <${Counts} chat=${chat} />
    </span>
  </span>`;
}

/** @param {{ chat: Chat }} props */
function Counts({ chat }) {
  const { unread, isMuted, isMarkedUnread } = chat.mine;
  const tone = isMuted ? "badge-count muted" : "badge-count";
  if (unread > 0) {
    return html`${isMentioned(chat) && html`<span class="badge-count">@<span class="hidden-visually">${t("row.mentioned")}</span></span>`}
      <span class=${tone}>${unread > 999 ? "999+" : unread}<span class="hidden-visually">${t("row.unread_count", { count: unread })}</span></span>`;
  }
  if (isMarkedUnread) return html`<span class=${`${tone} dot`}><span class="hidden-visually">${t("row.is_unread")}</span></span>`;
  return null;
}
