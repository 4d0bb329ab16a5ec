// What is beside the chat: about the chat, a person's card, the search, notifications. On a phone it fills the screen.

import { t } from "../../i18n.js";
import { html, useEffect, useRef } from "../../ui.js";
import { closePanel, place } from "../router.js";
import { ChatInfo } from "./info.js";
import { Notifications } from "./notifications.js";
import { PersonPanel } from "./person.js";
import { SearchPanel } from "./search.js";

/** @param {{ spoken: string }} props */
export function SidePanel({ spoken }) {
  const { panel, chatId, personId } = place.value;
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    return () => {
      // What had the focus goes with the panel: back to where one came from.
      const isLost = !document.activeElement || document.activeElement === document.body;
      if (isLost && before?.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    // On a phone nothing else is there; the search takes the focus itself.
    if (panel !== "search" && !box.current?.contains(document.activeElement)) box.current?.focus({ preventScroll: true });
  }, [panel, chatId, personId]);
  /** @param {KeyboardEvent} event */
  function leave(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    closePanel();
  }
  return html`<div class="side-panel" tabindex="-1" ref=${box} onKeyDown=${leave}>${contentOf({ panel, chatId, personId, spoken })}</div>`;
}

/** @param {{ panel: string, chatId: number, personId: number, spoken: string }} shown */
function contentOf({ panel, chatId, personId, spoken }) {
  if (panel === "search") return html`<${SearchPanel} spoken=${spoken} />`;
  if (panel === "notifications") return html`<${Notifications} spoken=${spoken} />`;
  if (panel === "person" && personId) return html`<${PersonPanel} key=${personId} personId=${personId} />`;
  if (panel === "info" && chatId) return html`<${ChatInfo} key=${chatId} chatId=${chatId} />`;
  return html`<p class="panel-nothing">${t("panel.nothing")}</p>`;
}
