// Applications beside the list of chats: their signs above the list, and one that fills the place of the chat.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { inBackground } from "../../state/background.js";
import { loadNavigation, navigation } from "../../state/places.js";
import { html, useEffect, useRef, useState } from "../../ui.js";
import { closeChat, openEntryAt, place } from "../router.js";
import { EntryView } from "./frame.js";
import { EntrySign } from "./sign.js";
import { surroundingsOf } from "./surroundings.js";

/** @param {{ spoken: string }} _props */
export function NavigationApps(_props) {
  useEffect(() => inBackground(loadNavigation()), []);
  if (navigation.value.length === 0) return null;
  return html`<ul class="navigation-apps" aria-label=${t("apps.navigation")}>${navigation.value.map((entry) => {
    const title = calmName(entry.title);
    const isOpen = place.value.appId === entry.id;
    return html`<li key=${entry.id}><button type="button" class="app-button" aria-label=${title} aria-current=${isOpen ? "page" : undefined}
      title=${[title, calmName(entry.description)].filter(Boolean).join("\n")} onClick=${() => openEntryAt(entry.id)}>
      <${EntrySign} entry=${entry} /></button></li>`;
  })}</ul>`;
}

/** @param {{ id: number }} props */
export function NavigationEntry({ id }) {
  const [title, setTitle] = useState("");
  const reload = useRef(() => {});
  return html`<section class="app-page">
    <header class="app-page-head">
      <button type="button" class="icon-button only-phone" aria-label=${t("back")} onClick=${closeChat}><${Icon} name="arrow-left" /></button>
      <h1>${calmName(title)}</h1>
      <button type="button" class="icon-button" aria-label=${t("apps.reload")} title=${t("apps.reload")} onClick=${() => reload.current()}><${Icon} name="refresh-cw" /></button>
      <button type="button" class="icon-button only-wide" aria-label=${t("close")} onClick=${closeChat}><${Icon} name="x" /></button>
    </header>
    <${EntryView} id=${id} onOpened=${(/** @type {import("../../frames/host.js").Opened} */ opened) => setTitle(opened.title)}
      around=${(/** @type {() => void} */ again) => {
        reload.current = again;
        return surroundingsOf({ close: closeChat, reload: again, setTitle });
      }} />
  </section>`;
}
