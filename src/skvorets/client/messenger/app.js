// The messenger as it stands on the screen: the list, the chat, and what is beside it.

import { t } from "../i18n.js";
import { neighbour } from "../state/recents.js";
import { html, useRef } from "../ui.js";
import { NavigationEntry } from "./apps/navigation.js";
import { Banner } from "./banner.js";
import { Chat } from "./chat/chat.js";
import { Help } from "./dialogs/help.js";
import { useKey } from "./keys.js";
import { closeOverlay, overlays, showOverlay } from "./overlays.js";
import { SidePanel } from "./panel/panel.js";
import { openSearch } from "./panel/search_state.js";
import { Toasts } from "./parts/toast.js";
import { openChat, openPanel, place } from "./router.js";
import { Sidebar } from "./sidebar/sidebar.js";
import { Start } from "./start.js";
import { Switcher } from "./switcher/switcher.js";

/** @param {{ spoken: string }} props */
export function App({ spoken }) {
  const { chatId, messageId, panel, appId, turn } = place.value;
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  useShellKeys(frame);
  return html`
    <div class=${["messenger", (chatId || appId) && "has-chat", panel && "has-panel"].filter(Boolean).join(" ")} ref=${frame}>
      <${Banner} spoken=${spoken} />
      <nav class="region sidebar" aria-label=${t("region.chats")} tabindex="-1" data-region><${Sidebar} spoken=${spoken} /></nav>
      <main class="region chat" aria-label=${t("region.chat")} tabindex="-1" data-region>
        ${appId > 0 && html`<${NavigationEntry} key=${appId} id=${appId} />`}
        ${chatId > 0 && html`<${Chat} key=${chatId} chatId=${chatId} messageId=${messageId} turn=${turn} />`}
        ${!chatId && !appId && html`<${Start} spoken=${spoken} />`}
      </main>
      ${panel && html`<aside class="region panel" aria-label=${t("region.panel")} tabindex="-1" data-region>
        <${SidePanel} spoken=${spoken} /></aside>`}
    </div>
  `;
}

/** What lies over everything; it stays when the language changes. @param {{ spoken: string }} props */
export function Overlays({ spoken }) {
  return html`${overlays.value.map(({ key, component, props }) => html`
    <${component} key=${key} spoken=${spoken} ...${props} close=${() => closeOverlay(key)} />`)}
    <${Toasts} label=${t("region.news")} />`;
}

/** @param {{ current: HTMLElement | null }} frame */
function useShellKeys(frame) {
  useKey("switcher", () => void showOverlay(Switcher));
  useKey("help", () => void showOverlay(Help));
  useKey("next_chat", () => step(1, false));
  useKey("previous_chat", () => step(-1, false));
  useKey("next_unread", () => step(1, true));
  useKey("previous_unread", () => step(-1, true));
  useKey("notifications", () => openPanel("notifications"));
  useKey("search_all", () => openSearch(0));
  useKey("search_here", () => openSearch(place.peek().chatId));
  useKey("info", () => Boolean(place.peek().chatId) && openPanel("info"));
  useKey("next_region", () => moveBetween(frame.current, 1));
  useKey("previous_region", () => moveBetween(frame.current, -1));
}

/**
 * @param {1 | -1} by
 * @param {boolean} isUnreadOnly
 */
function step(by, isUnreadOnly) {
  const next = neighbour(place.peek().chatId, by, isUnreadOnly);
  if (next) openChat(next);
}

/**
 * The focus goes to the region before or after; there to what had it last, or to what is meant to be used first.
 * @param {HTMLElement | null} frame
 * @param {1 | -1} by
 */
function moveBetween(frame, by) {
  const regions = /** @type {HTMLElement[]} */ ([...(frame?.querySelectorAll("[data-region]") ?? [])])
    .filter((one) => one.offsetParent !== null);
  const now = regions.findIndex((one) => one.contains(document.activeElement));
  const next = regions[(now + by + regions.length) % regions.length];
  const first = /** @type {HTMLElement | null} */ (next?.querySelector("[data-first], [tabindex='0']"));
  (first ?? next)?.focus();
}
