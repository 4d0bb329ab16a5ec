// A small picture of the chat on a site: its side, colour and words as they are being chosen.

import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { buttonColors } from "../lib/contrast.js";
import { html } from "../ui.js";
import { settingsOf } from "./line-parts.js";
import { Face } from "./lists.js";

/** @param {{ looks: import("./line-parts.js").Looks, card: import("./line-parts.js").Card }} props */
export function Preview({ looks, card }) {
  const colors = buttonColors(looks.color, undefined);
  const { welcomeText } = settingsOf(card);
  return html`<figure class="widget-preview" data-side=${looks.side} aria-label=${t("lines.preview")}>
    <div class="preview-page" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
    <div class="preview-window"><div class="preview-head" style=${colors}><${Face} src=${card.line.avatar} name=${card.line.name} />
        <strong>${looks.title || card.line.name}</strong></div>
      <div class="preview-talk">${welcomeText && html`<p class="preview-says">${welcomeText}</p>`}
        <p class="preview-mine" style=${colors}>${t("lines.preview_asks")}</p></div></div>
    <span class="preview-button" style=${colors}><${Icon} name="message-circle" /></span>
  </figure>`;
}
