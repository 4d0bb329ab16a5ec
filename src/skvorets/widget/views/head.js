// The top of the window: who answers, the sound, the way out.

import { t } from "../../client/i18n.js";
import { calmName } from "../../client/lib/calm.js";
import { html } from "../ui.js";
import { Icon } from "./icon.js";
import { Face } from "./person.js";

/**
 * @param {{ talk: import("../state/talk.js").Talk, isFramed: boolean, hasSound: boolean, onSound: () => void,
 *   onClose: () => void }} props
 */
export function Head({ talk, isFramed, hasSound, onSound, onClose }) {
  const { line, operator } = talk;
  const name = calmName(operator?.name || line?.name || t("line"));
  return html`<header class="head">
    <${Face} name=${name} address=${operator ? operator.avatar : line?.avatar} isBot=${operator?.isBot} />
    <div class="head-words">
      <h1 dir="auto">${name}</h1>
      <p dir="auto">${subtitleOf(talk)}</p>
    </div>
    <button type="button" class="head-button" aria-pressed=${String(hasSound)} onClick=${onSound}
      aria-label=${t(hasSound ? "sound_off" : "sound_on")} title=${t(hasSound ? "sound_off" : "sound_on")}>
      <${Icon} name=${hasSound ? "sound" : "mute"} /></button>
    ${isFramed && html`<button type="button" class="head-button" onClick=${onClose} aria-label=${t("close")}
      title=${t("close")}><${Icon} name="close" /></button>`}
  </header>`;
}

/** @param {import("../state/talk.js").Talk} talk */
function subtitleOf({ line, operator, session }) {
  if (operator) return calmName(operator.position || (operator.isBot ? t("bot") : (line?.name ?? "")));
  if (line && !line.isOpen) return t("closed_now");
  if (session?.status === "waiting" || session?.status === "new") return t("waiting");
  return calmName(line?.description ?? "");
}
