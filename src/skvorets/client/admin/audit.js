// Who did what: newest first, filtered by person, action and period; as a table for spreadsheets.

import { call } from "../api.js";
import { Empty } from "../dev/parts.js";
import { Time } from "../dev/status.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { html, useState } from "../ui.js";
import { Head, More, textOf, usePages } from "./lists.js";
import { PickPerson } from "./pick.js";

/** @typedef {import("../shapes.js").AuditEntry} Entry */
/** @typedef {{ actor: number | undefined, name: string, action: string, since: string, until: string }} Filter */

const DAY_MS = 24 * 3600 * 1000;
/** @type {Filter} */
const NOTHING = { actor: undefined, name: "", action: "", since: "", until: "" };

export function Audit() {
  const [filter, setFilter] = useState(NOTHING);
  const query = asked(filter);
  const pages = usePages(
    (before) => call("GET", "/api/admin/audit", { ...query, before: before || undefined }),
    (page) => /** @type {Entry[]} */ (page.entries),
    JSON.stringify(query),
  );
  const actions = /** @type {string[]} */ (/** @type {any} */ (pages.first)?.actions ?? []);
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const csv = `/api/admin/audit/csv?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
  return html`<section class="section">
    <${Head} title=${t("nav.audit")} hint=${t("audit.hint")}><a class="button" href=${csv} download="audit.csv"><${Icon} name="download" />${t("audit.csv")}</a><//>
    <${Tools} filter=${filter} actions=${actions} onFilter=${setFilter} />
    ${!pages.isBusy && pages.items.length === 0 && html`<${Empty} title=${t("audit.none")} hint=${t("audit.none_hint")} />`}
    ${pages.items.length > 0 && html`<ol class="card plain-list log">${pages.items.map((one) => html`<${Fact} key=${one.id} one=${one} />`)}</ol>`}
    <${More} pages=${pages} />
  </section>`;
}

/** @param {{ filter: Filter, actions: string[], onFilter: (filter: Filter) => void }} props */
function Tools({ filter, actions, onFilter }) {
  const [isPicking, setPicking] = useState(false);
  const isFiltered = Object.values(filter).some(Boolean);
  return html`<div class="tools audit-tools">
    <label class="field"><span class="label">${t("audit.action")}</span><select class="input" value=${filter.action}
      onChange=${(/** @type {Event} */ event) => onFilter({ ...filter, action: textOf(event) })}>
      <option value="">${t("audit.any")}</option>${actions.map((one) => html`<option key=${one} value=${one}>${t(`did.${one}`)}</option>`)}</select></label>
    <div class="field"><span class="label" id="actor-label">${t("audit.actor")}</span>
      <button type="button" class="button choose" aria-describedby="actor-label" onClick=${() => setPicking(true)}>${filter.name || t("audit.anybody")}</button></div>
    <label class="field"><span class="label">${t("audit.since")}</span><input class="input" type="date" value=${filter.since}
      onChange=${(/** @type {Event} */ event) => onFilter({ ...filter, since: textOf(event) })} /></label>
    <label class="field"><span class="label">${t("audit.until")}</span><input class="input" type="date" value=${filter.until}
      onChange=${(/** @type {Event} */ event) => onFilter({ ...filter, until: textOf(event) })} /></label>
    ${isFiltered && html`<button type="button" class="button quiet" onClick=${() => onFilter(NOTHING)}>${t("audit.reset")}</button>`}
    ${isPicking && html`<${PickPerson} title=${t("audit.actor")} filter="all" onClose=${() => setPicking(false)}
      onPick=${async (/** @type {import("../shapes.js").PersonLine} */ one) => onFilter({ ...filter, actor: one.id, name: one.name })} />`}
  </div>`;
}

/** @param {{ one: Entry }} props */
function Fact({ one }) {
  const { name, ...more } = /** @type {Record<string, any>} */ (one.details);
  const actor = one.actorName || t(one.action === "session.refused" ? "audit.nobody" : "audit.server");
  const details = Object.entries(more).filter(([, value]) => value !== "" && value !== null).map(([key, value]) => {
    const label = t(`detail.${key}`);
    const values = (Array.isArray(value) ? value : [value]).map((each) => (key === "changed" ? fieldOf(String(each)) : each));
    return `${label === `detail.${key}` ? key : label}: ${values.join(", ")}`;
  });
  return html`<li class="log-line"><div class="log-head"><strong>${actor}</strong> <span>${t(`did.${one.action}`)}</span>
      ${name && html` <q class="subject">${name}</q>`}</div>
    <p class="hint"><${Time} at=${one.at} />${one.address && html` · <span class="mono">${one.address}</span>`}
      ${details.length > 0 && html` · ${details.join(" · ")}`}</p></li>`;
}

/** What a changed field is called. @param {string} name */
function fieldOf(name) {
  const words = t(`field.${name}`);
  return words === `field.${name}` ? name : words;
}

/** What the server is asked for. @param {Filter} filter */
function asked({ actor, action, since, until }) {
  return { actor, action, since: since ? startOf(since) : undefined, until: until ? startOf(until) + DAY_MS : undefined };
}

/** The beginning of a day here. @param {string} day YYYY-MM-DD */
function startOf(day) {
  return new Date(`${day}T00:00:00`).getTime();
}
