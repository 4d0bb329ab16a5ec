// Writing what the customer does not get: a switch beside the field, and a sign above it while it is on.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { chats } from "../../state/directory.js";
import { html } from "../../ui.js";
import { keyHint, useKey } from "../keys.js";

/** @typedef {import("../chat/desk.js").Desk} Desk */

/** Is what is written now for operators only? Told of changes. @param {Desk} desk */
export function isWhispering(desk) {
  const line = chats.get(desk.chatId)?.line;
  return Boolean(line && (line.isSilent || desk.composing.isWhisper.value));
}

/** @param {{ desk: Desk }} props */
export function WhisperSwitch({ desk }) {
  const line = chats.get(desk.chatId)?.line;
  const { isWhisper } = desk.composing;
  function turn() {
    isWhisper.value = !isWhisper.peek();
    desk.focusField();
  }
  useKey("line_whisper", () => (line?.can.whisper && !line.isSilent ? turn() : false));
  if (!line?.can.whisper) return null;
  const isOn = line.isSilent || isWhisper.value;
  const words = t(line.isSilent ? "line.is_silent" : "line.whisper");
  return html`<button type="button" class=${isOn ? "icon-button composer-whisper is-on" : "icon-button composer-whisper"} aria-pressed=${isOn ? "true" : "false"}
    aria-label=${t("line.whisper")} title=${`${words} (${keyHint("line_whisper")})`} disabled=${line.isSilent} onClick=${turn}><${Icon} name="eye-off" /></button>`;
}

/** @param {{ desk: Desk }} props */
export function WhisperSign({ desk }) {
  return isWhispering(desk) ? html`<${OperatorsOnly} isNews=${true} />` : null;
}

/** In the bubble of such a message, and above the field. @param {{ isNews?: boolean }} props */
export function OperatorsOnly({ isNews = false }) {
  return html`<p class="whisper-sign" role=${isNews ? "status" : undefined}><${Icon} name="eye-off" />${t("line.operators_only")}</p>`;
}
