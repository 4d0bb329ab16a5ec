// Everybody: search, filters, a table; a person's page and the invitations lie below.

import { call } from "../api.js";
import { Badge, Empty } from "../dev/parts.js";
import { Time } from "../dev/status.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { html, signal, useEffect } from "../ui.js";
import { departmentNames, loadDepartments } from "./department_names.js";
import { Invitations } from "./invitations.js";
import { Face, Filters, Head, More, Search, usePages } from "./lists.js";
import { Person } from "./person.js";
import { States } from "./person_states.js";
import { Link, pathTo, place } from "./router.js";

/** @typedef {import("../shapes.js").PersonLine} PersonLine */

const FILTERS = ["all", "active", "disabled", "outside", "admins", "bots"];
// Kept while a person's page is looked at.
const wanted = signal({ find: "", filter: "all" });

export function People() {
  const [, below] = place.value;
  if (below === "invitations") return html`<${Invitations} spoken=${t("title")} />`;
  if (below) return html`<${Person} key=${below} id=${Number(below) || 0} />`;
  return html`<${Everybody} spoken=${t("title")} />`;
}

/** @param {{ spoken: string }} _props */
function Everybody(_props) {
  const { find, filter } = wanted.value;
  const pages = usePages(
    (after) => call("GET", "/api/admin/people", { find, filter, after: after || undefined }),
    (page) => /** @type {PersonLine[]} */ (page.people),
    `${filter} ${find}`,
  );
  useEffect(() => {
    loadDepartments().catch(() => {});
  }, []);
  const counts = /** @type {any} */ (pages.first)?.counts ?? {};
  const options = /** @type {[string, string, number?][]} */ (FILTERS.map((one) => [one, t(`people.filter.${one}`), counts[one]]));
  return html`<section class="section">
    <${Head} title=${t("nav.people")}>
      <${Link} to=${pathTo("people", "invitations")} class="button primary"><${Icon} name="user-plus" />${t("people.invite")}<//><//>
    <div class="tools"><${Search} label=${t("people.find")} value=${find} onText=${(/** @type {string} */ text) => { wanted.value = { filter, find: text }; }} />
      <${Filters} name=${t("people.filter")} options=${options} value=${filter}
        onChoose=${(/** @type {string} */ one) => { wanted.value = { find, filter: one }; }} /></div>
    ${pages.items.length > 0 && html`<${Table} people=${pages.items} />`}
    ${!pages.isBusy && pages.items.length === 0 && html`<${Empty} title=${t("people.none")} hint=${t("people.none_hint")} />`}
    <${More} pages=${pages} />
  </section>`;
}

/** @param {{ people: PersonLine[] }} props */
function Table({ people }) {
  const heads = ["name", "login", "departments", "state", "seen"];
  return html`<div class="table-card"><table class="table"><thead><tr>${heads.map((one) => html`<th key=${one} scope="col">${t(`people.${one}`)}</th>`)}</tr></thead>
    <tbody>${people.map((one) => html`<${Row} key=${one.id} one=${one} />`)}</tbody></table></div>`;
}

/** @param {{ one: PersonLine }} props */
function Row({ one }) {
  const name = one.name || t("people.unnamed");
  const face = html`<${Face} src=${one.avatar} name=${name} /><span class="who"><strong>${name}</strong>
    ${one.position && html`<small>${one.position}</small>`}</span>`;
  const departments = one.departments.map((id) => departmentNames.value[id]).filter(Boolean).join(", ");
  return html`<tr class=${one.isActive ? "" : "is-off"}>
    <th scope="row">${one.kind === "human"
      ? html`<${Link} to=${pathTo("people", one.id)} class="row-name">${face}<//>`
      : html`<${Link} to=${pathTo("bots")} class="row-name">${face}<//>`}</th>
    <td data-label=${t("people.login")}>${one.login || one.email || html`<span class="none">${t("people.no_login")}</span>`}</td>
    <td data-label=${t("people.departments")}>${departments || html`<span class="none">${t("none")}</span>`}</td>
    <td data-label=${t("people.state")}><span class="badges"><${States} one=${one} /></span></td>
    <td data-label=${t("people.seen")}>${one.lastSeenAt ? html`<${Time} at=${one.lastSeenAt} isShort=${true} />` : html`<span class="none">${t("never")}</span>`}</td>
  </tr>`;
}
