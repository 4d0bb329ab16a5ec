// No chat is open: what one can do now. For somebody new: the first steps.

import { t } from "../i18n.js";
import { listed } from "../state/recents.js";
import { computed, html } from "../ui.js";
import { NewChat } from "./dialogs/new_chat.js";
import { keyHint } from "./keys.js";
import { showOverlay } from "./overlays.js";
import { Empty } from "./parts/empty.js";
import { session } from "./session.js";
import { Switcher } from "./switcher/switcher.js";

/** Has nobody said anything yet? That somebody came is nothing said. */
export const isQuiet = computed(() => listed.value.every((chat) => chat.last === null || chat.last.isSystem));

/** @param {{ spoken: string }} _props */
export function Start(_props) {
  if (isQuiet.value) return html`<${FirstSteps} isAdmin=${session.value?.me.isAdmin ?? false} />`;
  return html`<${Empty} icon="message-circle" title=${t("start.choose")} hint=${t("start.keys", { key: keyHint("switcher") })}>
    <button type="button" class="button" onClick=${() => showOverlay(Switcher)}>${t("start.find")}</button>
    <button type="button" class="button" onClick=${() => showOverlay(NewChat)}>${t("new_chat")}</button>
  <//>`;
}

/** @param {{ isAdmin: boolean }} props */
export function FirstSteps({ isAdmin }) {
  return html`<div class="first-steps">
    <img src="/client/icons/starling.svg" width="72" height="72" alt="" />
    <h1>${t("first.title")}</h1>
    <p>${t("first.hint")}</p>
    <ul>
      <li><button type="button" class="button primary" onClick=${() => showOverlay(NewChat)}>${t("first.chat")}</button></li>
      <li><button type="button" class="button" onClick=${() => showOverlay(Switcher)}>${t("first.write")}</button></li>
      ${isAdmin && html`<li><a class="button" href="/admin/people">${t("first.invite")}</a></li>`}
      <li><a class="button" href="/dev/apps">${t("first.bot")}</a></li>
    </ul>
  </div>`;
}
