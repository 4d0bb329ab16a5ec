// What is beside the chat.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { html } from "../../ui.js";
import { closePanel } from "../router.js";

/** @param {{ spoken: string }} _props */
export function SidePanel(_props) {
  return html`<button type="button" class="icon-button" aria-label=${t("close")} onClick=${closePanel}><${Icon} name="x" /></button>`;
}
