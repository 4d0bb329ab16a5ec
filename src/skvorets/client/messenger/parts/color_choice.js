// Choosing the colour of a chat.

import { t } from "../../i18n.js";
import { CHAT_COLORS } from "../../lib/chat_colors.js";
import { html, useId } from "../../ui.js";

/** @param {{ value: string, onChange: (name: string) => void }} props name of the colour, empty = none chosen */
export function ColorChoice({ value, onChange }) {
  const id = useId();
  return html`<fieldset class="colors"><legend class="label">${t("color")}</legend>
    ${CHAT_COLORS.map(([name, hex]) => html`<label key=${name} class="color" title=${t(`color.${name}`)}>
      <input type="radio" name=${id} checked=${value === name} aria-label=${t(`color.${name}`)} onChange=${() => onChange(name)} />
      <span class="color-dot" style=${{ "--tint": hex }}></span></label>`)}
  </fieldset>`;
}
