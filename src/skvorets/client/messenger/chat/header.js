// The head of a chat: what it is, who is there, what can be opened beside it.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { chats } from "../../state/directory.js";
import { html } from "../../ui.js";
import { keyHint } from "../keys.js";
import { Avatar } from "../parts/avatar.js";
import { openSearch } from "../panel/search_state.js";
import { closeChat, closePanel, openPanel, place } from "../router.js";
import { statusOf, titleOf, typingWords } from "./titles.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */

/** @param {{ chatId: number }} props */
export function ChatHeader({ chatId }) {
  const chat = chats.get(chatId);
  if (!chat) return html`<header class="chat-head"><${Back} label=${t("back")} /></header>`;
  return html`<header class="chat-head">
    <${Back} label=${t("back")} />
    <button type="button" class="chat-head-main" onClick=${() => toggle("info")} title=${t("chat.info")}>
      <${Avatar} chat=${chat} />
      <span class="chat-head-words">
        <h1 class="chat-title" dir="auto">${titleOf(chat)}${chat.mine.isMuted && html` <${Icon} name="bell-off" class="chat-muted" />`}</h1>
        <${Status} chat=${chat} />
      </span>
    </button>
    <${Button} icon="search" panel="search" text=${t("chat.search")} hint=${keyHint("search_here")} />
    <${Button} icon="info" panel="info" text=${t("chat.info")} hint=${keyHint("info")} />
  </header>`;
}

/** @param {{ chat: Chat }} props */
function Status({ chat }) {
  const words = typingWords(chat);
  if (!words) return html`<span class="chat-status" dir="auto">${statusOf(chat)}</span>`;
  return html`<span class="chat-status is-typing" dir="auto">${words}<span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span></span>`;
}

/** Back to the list, on phones. @param {{ label: string }} props */
function Back({ label }) {
  return html`<button type="button" class="icon-button chat-back" aria-label=${label} onClick=${closeChat}><${Icon} name="arrow-left" /></button>`;
}

/** @param {{ icon: string, panel: "search" | "info", text: string, hint: string }} props */
function Button({ icon, panel, text, hint }) {
  const isOpen = place.value.panel === panel;
  return html`<button type="button" class=${isOpen ? "icon-button is-on" : "icon-button"} aria-label=${text} title=${hint ? `${text} (${hint})` : text}
    aria-expanded=${isOpen ? "true" : "false"} onClick=${() => toggle(panel)}><${Icon} name=${icon} /></button>`;
}

/** @param {"search" | "info"} panel */
function toggle(panel) {
  if (place.peek().panel === panel) closePanel();
  else if (panel === "search") openSearch(place.peek().chatId);
  else openPanel(panel);
}
