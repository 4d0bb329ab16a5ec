// Buttons for the codes of text.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { html } from "../../ui.js";
import { keyHint } from "../keys.js";
import { format } from "./field.js";

const TOOLS = [["bold", "B"], ["italic", "I"], ["underline", "U"], ["strikethrough", "S"], ["code", "CODE"], ["quote", ">>"], ["link", "URL"]];
/** @type {Record<string, string>} */
const KEYS = { bold: "bold", italic: "italic", underline: "underline", strikethrough: "strike" };

/** @param {{ desk: import("../chat/desk.js").Desk }} props */
export function Toolbar({ desk }) {
  return html`<div class="composer-tools" role="toolbar" aria-label=${t("composer.formatting")}>
    ${TOOLS.map(([name, code]) => {
      const words = t(`composer.${name}`);
      const hint = KEYS[name] ? keyHint(KEYS[name]) : "";
      return html`<button key=${name} type="button" class="icon-button" aria-label=${words} title=${hint ? `${words} (${hint})` : words}
        onPointerDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => format(desk, code)}><${Icon} name=${name} /></button>`;
    })}
  </div>`;
}
