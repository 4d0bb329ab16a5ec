// The head of a panel: its title, and the way out.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { html } from "../../ui.js";
import { closePanel } from "../router.js";

/** @param {{ title: string, children?: unknown, back?: () => void }} props `back`: to what the panel showed before */
export function PanelHead({ title, children, back }) {
  return html`<header class="panel-head">
    ${back
      ? html`<button type="button" class="icon-button" aria-label=${t("back")} onClick=${back}><${Icon} name="arrow-left" /></button>`
      : html`<button type="button" class="icon-button only-phone" aria-label=${t("back")} onClick=${closePanel}><${Icon} name="arrow-left" /></button>`}
    <h2>${title}</h2>
    ${children}
    <button type="button" class="icon-button only-wide" aria-label=${t("close")} title=${`${t("close")} (Esc)`} onClick=${closePanel}><${Icon} name="x" /></button>
  </header>`;
}
