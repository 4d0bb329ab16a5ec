// Applications of a chat: entries that open here, beside the chat, and icons of bots.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { chats } from "../../state/directory.js";
import { atChat, learnPlaces } from "../../state/places.js";
import { html, useEffect, useState } from "../../ui.js";
import { EntryView } from "../apps/frame.js";
import { handsOf, openChatApp } from "../apps/open.js";
import { AppPicture, EntrySign } from "../apps/sign.js";
import { surroundingsOf } from "../apps/surroundings.js";
import { Empty } from "../parts/empty.js";

/** @typedef {import("../../state/places.js").Entry} Entry */

/** @param {{ chat: import("../../state/directory.js").Chat }} props */
export function InfoApps({ chat }) {
  const [shown, setShown] = useState(/** @type {Entry | null} */ (null));
  useEffect(() => learnPlaces(chat.id, chat.dialogId), [chat.id]);
  const { apps, entries } = atChat(chat.id);
  const bound = entries.filter((one) => one.placement === "IM_SIDEBAR");
  if (shown) return html`<${Detail} entry=${shown} chat=${chat} close=${() => setShown(null)} />`;
  if (apps.length + bound.length === 0) return html`<${Empty} icon="layout-grid" title=${t("info_apps.empty")} hint=${t("info_apps.hint")} />`;
  return html`<ul class="info-apps" aria-label=${t("panel.apps")}>
    ${bound.map((entry) => html`<li key=${`entry ${entry.id}`}><button type="button" class="panel-row" onClick=${() => setShown(entry)}>
      <${EntrySign} entry=${entry} /><${Words} title=${entry.title} about=${entry.description || entry.group} /><${Icon} name="chevron-right" /></button></li>`)}
    ${apps.map((app) => html`<li key=${app.id}><button type="button" class="panel-row" title=${calmName(app.copyright) || undefined}
      onClick=${() => void openChatApp(handsOf(chat.id), app.id)}>
      ${app.icon ? html`<${AppPicture} address=${app.icon} isOpen />` : html`<span class="entry-sign"><${Icon} name="app-window" /></span>`}
      <${Words} title=${app.title} about=${app.description} /></button></li>`)}
  </ul>`;
}

/** @param {{ title: string, about: string }} props */
function Words({ title, about }) {
  return html`<span class="panel-row-words"><span class="panel-row-name" dir="auto">${calmName(title)}</span>
    ${about && html`<span class="panel-row-about" dir="auto">${calmName(about)}</span>`}</span>`;
}

/** One that is open. @param {{ entry: Entry, chat: import("../../state/directory.js").Chat, close: () => void }} props */
function Detail({ entry, chat, close }) {
  const [title, setTitle] = useState(entry.title);
  return html`<section class="info-app" aria-label=${calmName(title)}>
    <header><button type="button" class="icon-button" aria-label=${t("info_apps.all")} title=${t("info_apps.all")} onClick=${close}><${Icon} name="arrow-left" /></button>
      <h4 dir="auto">${calmName(title)}</h4></header>
    <${EntryView} id=${entry.id} where=${{ dialogId: chats.peek(chat.id)?.dialogId }}
      around=${(/** @type {() => void} */ reload) => surroundingsOf({ close, reload, setTitle })} />
  </section>`;
}
