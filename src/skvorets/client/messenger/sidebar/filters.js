// What the list shows: everything, what is unread, people, groups, bots.

import { t } from "../../i18n.js";
import { filter, unreadChats } from "../../state/recents.js";
import { html } from "../../ui.js";

/** @type {import("../../state/recents.js").Filter[]} */
const FILTERS = ["all", "unread", "people", "groups", "bots"];

/** @param {{ spoken: string }} _props */
export function Filters(_props) {
  const waiting = unreadChats.value.length;
  return html`<div class="filters" role="group" aria-label=${t("filters")}>
    ${FILTERS.map((one) => html`<button type="button" key=${one} class="chip" aria-pressed=${filter.value === one}
      onClick=${() => { filter.value = one; }}>${t(`filter.${one}`)}
      ${one === "unread" && waiting > 0 && html`<span class="chip-count">${waiting}</span>`}</button>`)}
  </div>`;
}
