// The log of events: the list on the left, the chosen one on the right; on a phone one or the other.

import { call } from "../api.js";
import { t } from "../i18n.js";
import {
  filterBy, filters, isFiltered, isOffline, lines, loadMore, nextBelow, NO_FILTERS, renew, tick, ticked,
} from "../state/deliveries.js";
import { apps, loadApps, tell } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";
import { NothingYet } from "./applications.js";
import { Delivery } from "./event.js";
import { Filters } from "./filters.js";
import { Asking, attempt, Empty, splitClass } from "./parts.js";
import { Link, pathTo, place } from "./router.js";
import { Status, Time } from "./status.js";

/** How often new events are asked for, milliseconds. */
const RENEW_MS = 2000;

export function Events() {
  const chosen = Number(place.value[1]) || 0;
  useEffect(() => {
    renew();
    const timer = setInterval(() => document.hidden || renew(), RENEW_MS);
    return () => clearInterval(timer);
  }, []);
  const isEmpty = lines.value?.length === 0 && nextBelow.value === 0 && !isFiltered();
  return html`<div class=${splitClass(chosen > 0, isEmpty)}>
    <section class="pane list-pane" aria-label=${t("nav.events")}>
      ${!isEmpty && html`<${Filters} />`}
      ${isOffline.value && html`<p class="error" role="alert">${t("offline")}</p>`}
      <${Selected} />
      <${List} chosen=${chosen} />
    </section>
    <section class="pane detail-pane" aria-label=${t("event.payload")}>
      ${chosen ? html`<${Delivery} key=${chosen} id=${chosen} />`
        : html`<${Empty} title=${t("events.choose")} hint=${t("events.choose_hint")} />`}
    </section>
  </div>`;
}

/** @param {{ chosen: number }} props */
function List({ chosen }) {
  const shown = lines.value;
  if (shown === null) return html`<p class="loading" role="status">${t("loading")}</p>`;
  if (shown.length === 0 && nextBelow.value === 0) {
    if (!isFiltered()) return html`<${NothingYet} title=${t("events.none")} hint=${t("events.none_hint")} />`;
    return html`<${Empty} title=${t("events.none_found")}>
      <button type="button" class="button" onClick=${() => filterBy(NO_FILTERS)}>${t("events.reset")}</button>
    <//>`;
  }
  return html`<ul class="list" aria-label=${t("events.list")} onKeyDown=${walk}>
    ${shown.map((line) => html`<${Row} key=${line.id} line=${line} isChosen=${line.id === chosen} />`)}
  </ul>
  ${nextBelow.value > 0 && html`<div class="more">
    ${shown.length === 0 && html`<p>${t("events.looked")}</p>`}
    <button type="button" class="button" onClick=${loadMore}>${t("events.more")}</button>
  </div>`}`;
}

/** @param {{ line: import("../state/deliveries.js").Line, isChosen: boolean }} props */
function Row({ line, isChosen }) {
  const app = apps.value?.find((one) => one.id === line.applicationId)?.name ?? "";
  /** @param {Event} event */
  const change = (event) => tick(line.id, /** @type {HTMLInputElement} */ (event.currentTarget).checked);
  return html`<li class=${isChosen ? "row chosen" : "row"}>
    <label class="tick"><input type="checkbox" checked=${ticked.value.has(line.id)} onChange=${change}
      aria-label=${t("events.select", { id: String(line.id) })} /></label>
    <${Link} to=${pathTo("events", line.id)} class="row-link" current=${isChosen && "true"}>
      <span class="row-top"><span class="event-name">${line.event}</span><${Time} at=${line.createdAt} isShort=${true} /></span>
      ${line.words && html`<span class="row-words">${line.words}</span>`}
      <span class="row-middle">${[line.chat, app].filter(Boolean).join(" · ")}</span>
      <span class="row-bottom"><span><${Status} line=${line} /></span><span class="number">${t("number", { id: String(line.id) })}</span></span>
    <//>
  </li>`;
}

function Selected() {
  const count = ticked.value.size;
  const application = Number(filters.value.application) || 0;
  const dead = apps.value?.find((one) => one.id === application)?.dead ?? 0;
  const [isBusy, setBusy] = useState(false);
  if (!count && !dead) return null;
  /** @param {Record<string, unknown>} given */
  async function replay(given) {
    setBusy(true);
    const done = await attempt(() => call("POST", "/api/dev/deliveries/replay", given));
    setBusy(false);
    if (!done) return;
    ticked.value = new Set();
    tell(t("event.replayed", { count: done.count }));
    await Promise.all([renew(), attempt(loadApps)]);
  }
  if (!count) {
    return html`<div class="selected"><span>${t("apps.dead", { count: dead })}</span>
      <${Asking} label=${t("events.replay_dead")} question=${`${t("events.replay_dead")}: ${dead}?`}
        onYes=${() => replay({ application })} /></div>`;
  }
  return html`<div class="selected"><span>${t("events.selected", { count })}</span>
    <button type="button" class="button small primary" disabled=${isBusy}
      onClick=${() => replay({ ids: [...ticked.value] })}>${t("events.replay_selected")}</button></div>`;
}

/** Arrows go through the list. @param {KeyboardEvent} event */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const links = [...list.querySelectorAll("a")];
  const at = links.findIndex((one) => one === document.activeElement);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  links[at + step]?.focus();
}

