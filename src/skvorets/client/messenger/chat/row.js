// One row of the timeline.

import { formatDate, t } from "../../i18n.js";
import { html } from "../../ui.js";
import { Spinner } from "../parts/spinner.js";
import { Beginning } from "./beginning.js";
import { dayWords } from "./days.js";
import { EntryRow } from "./entry.js";
import { MessageRow } from "./message.js";

/** @typedef {import("../../lib/timeline_items.js").Item} Item */

/** @param {{ item: Item, desk: import("./desk.js").Desk }} props */
export function Row({ item, desk }) {
  switch (item.kind) {
    case "message": return html`<${MessageRow} item=${item} desk=${desk} />`;
    case "entry": return html`<${EntryRow} item=${item} desk=${desk} />`;
    case "day": return html`<div class="row row-day" data-key=${item.key} role="separator">
      <time dateTime=${new Date(item.at).toISOString().slice(0, 10)} title=${formatDate(item.at, { dateStyle: "full" })}>
        ${dayWords(item.at)}</time></div>`;
    case "divider": return html`<div class="row row-divider" data-key=${item.key} role="separator">
      <span>${t("chat.new_messages")}</span></div>`;
    case "older": return html`<div class="row row-older" data-key=${item.key}><${Spinner} label=${t("loading")} /></div>`;
    default: return html`<${Beginning} item=${item} chatId=${desk.chatId} />`;
  }
}
