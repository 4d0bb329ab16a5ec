// What one does most with a message, beside it while the mouse is there. The keyboard has keys for all of it.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { myId } from "../../state/directory.js";
import { canWrite } from "../../state/messages.js";
import { html, useComputed } from "../../ui.js";
import { keyHint } from "../keys.js";
import { reply } from "./actions.js";
import { like } from "./likes.js";
import { openMessageMenu } from "./message_menu.js";

/** @param {{ message: import("../../state/directory.js").Message, desk: import("./desk.js").Desk }} props */
export function HoverBar({ message, desk }) {
  const isOpen = useComputed(() => canWrite(desk.chatId));
  const isLiked = message.likes.includes(myId.value);
  /** @param {MouseEvent} event */
  function more(event) {
    openMessageMenu(desk, message, { anchor: /** @type {Element} */ (event.currentTarget) });
  }
  return html`<div class="hover-bar">
    <button type="button" tabindex="-1" class=${isLiked ? "is-on" : ""} aria-pressed=${isLiked ? "true" : "false"}
      aria-label=${t("chat.like")} title=${`${t("chat.like")} (${keyHint("like")})`} onClick=${() => like(message)}>
      <${Icon} name="thumbs-up" /></button>
    ${isOpen.value && html`<button type="button" tabindex="-1" aria-label=${t("chat.reply")}
      title=${`${t("chat.reply")} (${keyHint("reply")})`} onClick=${() => reply(desk, message)}><${Icon} name="reply" /></button>`}
    <button type="button" tabindex="-1" aria-label=${t("chat.more")} title=${t("chat.more")} aria-haspopup="menu" onClick=${more}>
      <${Icon} name="ellipsis" /></button>
  </div>`;
}
