// Above the field: what is answered, or what is changed.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { plain } from "../../lib/markup.js";
import { nameOf } from "../../state/directory.js";
import { loadMessage } from "../../state/events/loading.js";
import { html, useEffect } from "../../ui.js";

/** @param {{ desk: import("../chat/desk.js").Desk }} props */
export function Bars({ desk }) {
  const { composing } = desk;
  const edited = composing.edited.value;
  const replyToId = composing.replyToId.value;
  if (edited) {
    return html`<${Bar} icon="pencil" title=${t("composer.editing")} words=${plain(edited.text)} label=${t("composer.stop_editing")}
      show=${() => void desk.jumpTo(edited.id)} close=${() => composing.stopEditing()} desk=${desk} />`;
  }
  return replyToId ? html`<${Answered} key=${replyToId} id=${replyToId} desk=${desk} />` : null;
}

/** @param {{ id: number, desk: import("../chat/desk.js").Desk }} props */
function Answered({ id, desk }) {
  const { timeline, composing } = desk;
  const message = timeline.messages.value.find((one) => one.id === id);
  useEffect(() => {
    // A draft of another browser may answer what is not here yet: its author at least is loaded.
    if (!message) void loadMessage(id).catch(() => undefined);
  }, [id]);
  const words = message ? calmName(plain(message.text)) || t("rich.files", { count: message.files.length }) : "…";
  return html`<${Bar} icon="reply" title=${message ? t("composer.reply_to", { name: calmName(nameOf(message.authorId)) }) : t("chat.reply")}
    words=${words} label=${t("composer.stop_reply")} show=${() => void desk.jumpTo(id)} close=${() => composing.reply(0)} desk=${desk} />`;
}

/**
 * @param {{ icon: string, title: string, words: string, label: string, show: () => void, close: () => void,
 *   desk: import("../chat/desk.js").Desk }} props
 */
function Bar({ icon, title, words, label, show, close, desk }) {
  function end() {
    close();
    desk.focusField();
  }
  return html`<div class="composer-bar">
    <${Icon} name=${icon} />
    <button type="button" class="composer-bar-main" onClick=${show} title=${t("composer.show_message")}>
      <strong dir="auto">${title}</strong><span dir="auto">${words}</span></button>
    <button type="button" class="icon-button" aria-label=${label} title=${`${label} (Esc)`} onClick=${end}><${Icon} name="x" /></button>
  </div>`;
}
