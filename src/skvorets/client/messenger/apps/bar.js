// Above the field: icons of what bots and applications put there, and what is open of it.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { atChat } from "../../state/places.js";
import { html } from "../../ui.js";
import { openMenu } from "../parts/menu.js";
import { ChatAppView, EntryView } from "./frame.js";
import { actionsOf } from "./actions.js";
import { aboveField, handsOf, openAboveField, openChatApp } from "./open.js";
import { AppPicture, EntrySign } from "./sign.js";
import { surroundingsOf } from "./surroundings.js";

/** @typedef {import("./open.js").Hands} Hands */

/** @param {{ chatId: number }} props */
export function ChatAppBar({ chatId }) {
  const hands = handsOf(chatId);
  const { apps, entries } = atChat(chatId);
  const shown = aboveField.get(chatId);
  const close = () => aboveField.delete(chatId);
  const pictured = apps.filter((one) => one.icon);
  const others = apps.filter((one) => !one.icon);
  const bound = entries.filter((one) => one.placement === "IM_TEXTAREA");
  if (!shown && apps.length + bound.length === 0) return null;
  return html`<section class="app-bar" aria-label=${t("apps.bar")}>
    ${shown && html`<${Above} key=${`${shown.opened?.app.id ?? ""} ${shown.entry?.id ?? ""} ${shown.opened?.url ?? ""}`} shown=${shown} close=${close} />`}
    <div class="app-icons">
      ${pictured.map((app) => html`<${AppButton} key=${app.id} app=${app} hands=${hands} isOpen=${shown?.opened?.app.id === app.id} close=${close} />`)}
      ${bound.map((entry) => html`<${EntryButton} key=${`entry ${entry.id}`} entry=${entry} hands=${hands} isOpen=${shown?.entry?.id === entry.id} close=${close} />`)}
      ${others.length > 0 && html`<button type="button" class="button quiet small app-others" aria-haspopup="menu"
        onClick=${(/** @type {MouseEvent} */ event) => openOthers(hands, others, /** @type {Element} */ (event.currentTarget))}>
        <${Icon} name="layout-grid" />${t("apps.all")}</button>`}
    </div>
  </section>`;
}

/**
 * @param {{ app: import("../../state/places.js").ChatApp, hands: Hands, isOpen: boolean, close: () => void }} props
 */
function AppButton({ app, hands, isOpen, close }) {
  const title = calmName(app.title);
  return html`<button type="button" class="app-button" aria-label=${title} aria-pressed=${app.isCommand ? undefined : isOpen}
    title=${[title, calmName(app.description)].filter(Boolean).join("\n")}
    onClick=${() => (isOpen ? close() : void openChatApp(hands, app.id))}><${AppPicture} address=${app.icon} isOpen=${isOpen} /></button>`;
}

/**
 * @param {{ entry: import("../../state/places.js").Entry, hands: Hands, isOpen: boolean, close: () => void }} props
 */
function EntryButton({ entry, hands, isOpen, close }) {
  const title = calmName(entry.title);
  return html`<button type="button" class="app-button" aria-label=${title} aria-pressed=${isOpen}
    title=${[title, calmName(entry.description)].filter(Boolean).join("\n")}
    onClick=${() => (isOpen ? close() : openAboveField(hands, entry))}><${EntrySign} entry=${entry} /></button>`;
}

/**
 * @param {Hands} hands
 * @param {import("../../state/places.js").ChatApp[]} apps
 * @param {Element} anchor
 */
function openOthers(hands, apps, anchor) {
  openMenu({
    anchor, side: "above", label: t("apps.all"),
    items: apps.map((app) => ({ id: String(app.id), icon: "app-window", text: calmName(app.title), run: () => openChatApp(hands, app.id) })),
  });
}

/** What is open above the field. @param {{ shown: import("./open.js").Shown, close: () => void }} props */
function Above({ shown, close }) {
  const { opened, entry, hands } = shown;
  const title = calmName(opened?.app.title ?? entry?.title ?? "");
  /** @param {KeyboardEvent} event */
  function leave(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  }
  const size = entry ? { width: entry.width, height: entry.height } : { width: opened?.app.width, height: opened?.app.height };
  return html`<div class="app-above" role="group" aria-label=${title} onKeyDown=${leave}>
    <header><h2>${title}</h2><button type="button" class="icon-button" aria-label=${t("apps.close", { title })} onClick=${close}><${Icon} name="x" /></button></header>
    <div class="app-above-body" style=${size}>
      ${opened && html`<${ChatAppView} opened=${opened} actions=${actionsOf(hands, close)} />`}
      ${entry && html`<${EntryView} id=${entry.id} where=${{ dialogId: hands.dialogId }} around=${(/** @type {() => void} */ reload) =>
        surroundingsOf({ close, reload, placementCommands: fieldCommands(hands) })} />`}
    </div>
  </div>`;
}

/**
 * What an entry above the field may do with it. Source: spec bitrix24-imbot §12.3.
 * @param {Hands} hands
 * @returns {Record<string, (params: any) => unknown>}
 */
export function fieldCommands(hands) {
  return {
    "im:setImTextareaContent": (params) => hands.write(String(params?.text ?? "")),
    "im:getImTextareaContent": () => ({ text: hands.read() }),
  };
}
