// Buttons over the messages that lead to the unread ones and to the end.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { chats } from "../../state/directory.js";
import { html, useComputed } from "../../ui.js";

/** @param {{ desk: import("./desk.js").Desk }} props */
export function Pills({ desk }) {
  const { scroller, timeline } = desk;
  const unread = useComputed(() => chats.get(desk.chatId)?.mine.unread ?? 0);
  const isAway = timeline.isReady.value && (!scroller.isAtEnd.value || timeline.hasNewer.value);
  if (!isAway) return null;
  const count = unread.value;
  /** The line before the unread when it is further down, or else the end. */
  function go() {
    const line = scroller.track.placeOf("divider");
    if (count && line >= 0 && scroller.track.offsetAt(line) > scroller.top + scroller.height) scroller.show("divider", "start");
    else void desk.toEnd();
  }
  const words = count ? t("chat.new_below", { count }) : t("chat.to_end");
  return html`<button type="button" class=${count ? "to-end with-count" : "to-end"} onClick=${go} title=${words} aria-label=${words}>
    ${count > 0 && html`<span>${t("chat.new_count", { count })}</span>`}<${Icon} name="arrow-down" /></button>`;
}
