// The head of what is told of a chat: its name, changed in place; its words; the buttons below.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { inBackground } from "../../state/background.js";
import { arrange, changeChat, removeMember } from "../../state/conversations.js";
import { myId } from "../../state/directory.js";
import { html, useRef, useState } from "../../ui.js";
import { RichText } from "../../rich/text.js";
import { titleOf } from "../chat/titles.js";
import { copy } from "../chat/copying.js";
import { EditChat } from "../dialogs/edit_chat.js";
import { NewChat } from "../dialogs/new_chat.js";
import { keyHint } from "../keys.js";
import { showOverlay } from "../overlays.js";
import { Question } from "../parts/dialog.js";
import { openMenu } from "../parts/menu.js";
import { attempt } from "../parts/toast.js";
import { closeChat, pathOfChat, place } from "../router.js";
import { contextBeside } from "./context.js";
import { openSearch } from "./search_state.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */

/** The name; who may change it, does so in place. @param {{ chat: Chat }} props */
export function Title({ chat }) {
  const [written, setWritten] = useState(/** @type {string | null} */ (null));
  const isOver = useRef(false);
  function begin() {
    isOver.current = false;
    setWritten(chat.title);
  }
  function end() {
    isOver.current = true;
    setWritten(null);
  }
  /** @param {Event} [event] */
  async function keep(event) {
    event?.preventDefault();
    if (isOver.current) return; // the field that goes away says that it has lost the focus
    const title = (written ?? "").trim();
    end();
    if (title && title !== chat.title) await attempt(() => changeChat(chat.id, { title }));
  }
  if (written === null) {
    return html`<h3 class="info-title" dir="auto">${titleOf(chat)}
      ${chat.rights.canRename && html`<button type="button" class="icon-button small" aria-label=${t("panel.rename")} title=${t("panel.rename")}
        onClick=${begin}><${Icon} name="pencil" /></button>`}</h3>`;
  }
  /** @param {KeyboardEvent} event */
  function leave(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end();
  }
  return html`<form class="info-rename" onSubmit=${keep}>
    <input class="input" aria-label=${t("panel.title")} value=${written} maxlength="255" autocomplete="off" onKeyDown=${leave}
      ref=${(/** @type {HTMLInputElement | null} */ field) => field && document.activeElement !== field && field.select()}
      onInput=${(/** @type {InputEvent} */ event) => setWritten(/** @type {HTMLInputElement} */ (event.currentTarget).value)} onBlur=${keep} />
    <button type="submit" class="icon-button" aria-label=${t("save")} onPointerDown=${(/** @type {Event} */ event) => event.preventDefault()}><${Icon} name="check" /></button>
  </form>`;
}

/** @param {{ chat: Chat }} props */
export function Description({ chat }) {
  if (chat.description) return html`<${RichText} class="info-words" text=${chat.description} context=${contextBeside()} />`;
  if (!chat.rights.canRename) return null;
  return html`<button type="button" class="button quiet small" onClick=${() => showOverlay(EditChat, { chatId: chat.id })}>${t("panel.describe")}</button>`;
}

/** @param {{ chat: Chat }} props */
export function InfoActions({ chat }) {
  const { mine } = chat;
  const isNotes = chat.kind === "private" && chat.partnerId === myId.value;
  return html`<div class="info-actions" role="group" aria-label=${t("panel.actions")}>
    ${mine.isMember && chat.rights.canMute && !isNotes && html`<${Action} icon=${mine.isMuted ? "bell" : "bell-off"}
      text=${t(mine.isMuted ? "panel.unmute" : "panel.mute")} run=${() => set(chat, { isMuted: !mine.isMuted })} />`}
    ${mine.isMember && html`<${Action} icon=${mine.pinnedAt ? "pin-off" : "pin"} text=${t(mine.pinnedAt ? "row.unpin" : "row.pin")}
      run=${() => set(chat, { isPinned: !mine.pinnedAt })} />`}
    <${Action} icon="search" text=${t("panel.search")} hint=${keyHint("search_here")} run=${() => openSearch(chat.id)} />
    <${Action} icon="ellipsis" text=${t("more")} hasMenu run=${(/** @type {Element} */ anchor) => openMore(chat, anchor)} />
  </div>`;
}

/** @param {{ icon: string, text: string, hint?: string, hasMenu?: boolean, run: (button: Element) => void }} props */
export function Action({ icon, text, hint, hasMenu, run }) {
  return html`<button type="button" class="info-action" title=${hint || undefined} aria-haspopup=${hasMenu ? "menu" : undefined}
    onClick=${(/** @type {MouseEvent} */ event) => run(/** @type {Element} */ (event.currentTarget))}><${Icon} name=${icon} /><span>${text}</span></button>`;
}

/** @param {Chat} chat @param {{ isMuted?: boolean, isPinned?: boolean }} changes */
function set(chat, changes) {
  inBackground(attempt(() => arrange(chat.id, changes)));
}

/** @param {Chat} chat @param {Element} anchor */
function openMore(chat, anchor) {
  const { rights, mine } = chat;
  const isPrivate = chat.kind === "private";
  openMenu({
    anchor, label: titleOf(chat),
    items: [
      ...(rights.canRename ? [{ id: "edit", icon: "pencil", text: t("panel.edit"), run: () => void showOverlay(EditChat, { chatId: chat.id }) }] : []),
      ...(isPrivate && chat.partnerId !== myId.peek() ? [{ id: "with", icon: "users", text: t("panel.chat_with"),
        run: () => void showOverlay(NewChat, { memberIds: [chat.partnerId] }) }] : []),
      { id: "link", icon: "link", text: t("panel.copy_link"), run: () => void copy(`${location.origin}${pathOfChat(chat.id)}`) },
      ...(mine.isMember ? [{ id: "hide", icon: "eye-off", text: t("row.hide"), run: () => void hide(chat) }] : []),
      ...(rights.canLeave && !isPrivate ? [null, { id: "leave", icon: "log-out", text: t("panel.leave"), isDanger: true, run: () => leave(chat) }] : []),
    ],
  });
}

/** @param {Chat} chat */
async function hide(chat) {
  if (place.peek().chatId === chat.id) closeChat();
  await attempt(() => arrange(chat.id, { isHidden: true }));
}

/** @param {Chat} chat */
function leave(chat) {
  showOverlay(Question, {
    title: t("panel.leave?", { title: calmName(chat.title) }),
    text: t(chat.mine.role === "owner" && chat.memberCount > 1 ? "panel.leave.owner" : chat.kind === "open" ? "panel.leave.open" : "panel.leave.hint"),
    yes: t("panel.leave"), isDanger: true,
    run: () => attempt(async () => {
      await removeMember(chat.id, myId.peek());
      if (chat.kind !== "open" && place.peek().chatId === chat.id) closeChat();
    }),
  });
}
