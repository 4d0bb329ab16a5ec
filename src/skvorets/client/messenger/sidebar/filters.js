// What the list shows: everything, customers of lines for who serves any, what is unread, people, groups, bots.

import { t } from "../../i18n.js";
import { hasLines, waitingCount } from "../../state/lines.js";
import { filter, unreadChats } from "../../state/recents.js";
import { html } from "../../ui.js";

/** @type {import("../../state/recents.js").Filter[]} */
const FILTERS = ["all", "lines", "unread", "people", "groups", "bots"];

/** @param {{ spoken: string }} _props */
export function Filters(_props) {
  const waiting = unreadChats.value.length;
  const customers = waitingCount.value;
  return html`<div class="filters" role="group" aria-label=${t("filters")}>
    ${FILTERS.filter((one) => one !== "lines" || hasLines.value || filter.value === "lines").map((one) => html`<button type="button" key=${one} class="chip" aria-pressed=${filter.value === one}
      onClick=${() => { filter.value = one; }}>${t(`filter.${one}`)}
      ${one === "unread" && waiting > 0 && html`<span class="chip-count">${waiting}</span>`}
      ${one === "lines" && customers > 0 && html`<span class="chip-count is-urgent">${customers}<span class="hidden-visually">${t("filter.lines.count", { count: customers })}</span></span>`}</button>`)}
  </div>`;
}
