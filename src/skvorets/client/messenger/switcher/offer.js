// A line among what was found: one press joins it and opens the dialog with it.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { html } from "../../ui.js";
import { Avatar } from "../parts/avatar.js";
import { Marked } from "../parts/marked.js";

/** @typedef {import("../../shapes.js").LineOffer} LineOffer */

/** @param {{ id: string, line: LineOffer, isActive: boolean, wanted: string, choose: () => void }} props */
export function Offer({ id, line, isActive, wanted, choose }) {
  const name = line.name || line.server.replace(/^https?:\/\//, "");
  const face = /** @type {any} */ ({ kind: "network", name, avatar: line.avatar, color: "", isActive: true });
  return html`<div class="finder-result" role="option" id=${id} aria-selected=${isActive}
      onPointerDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${choose}>
    <${Avatar} person=${face} size="m" hasDot=${false} />
    <span class="finder-words">
      <span class="finder-name"><${Marked} text=${name} wanted=${wanted} /></span>
      <span class="finder-about">${line.description || t("offer.line")}</span>
    </span>
    <span class="finder-offer"><${Icon} name=${line.botId ? "message-circle" : "plus"} /> ${t(line.botId ? "offer.write" : "offer.join")}</span>
  </div>`;
}
