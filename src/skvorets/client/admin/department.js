// One department: name, place, head, people.

import { call } from "../api.js";
import { Field } from "../account/fields.js";
import { Asking, attempt, Heading } from "../dev/parts.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { tell } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";
import { Above } from "./department_above.js";
import { Face } from "./lists.js";
import { PickPerson } from "./pick.js";
import { Link, go, pathTo } from "./router.js";

/** @typedef {import("../shapes.js").DepartmentLine} Line */
/** @typedef {import("../shapes.js").PersonLine} PersonLine */

/** @param {{ one: Line, all: Line[], onChange: () => Promise<void> }} props */
export function Department({ one, all, onChange }) {
  const path = `/api/admin/departments/${one.id}`;
  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const given = { name: String(form.get("name")), parentId: Number(form.get("parentId")) };
    if ((await attempt(() => call("PATCH", path, given))) === null) tell(t("saved"));
    await onChange();
  }
  async function remove() {
    const answer = await attempt(() => call("DELETE", path));
    if (answer === null) go(pathTo("departments"));
    await onChange();
  }
  return html`<div class="tree-detail">
    <${Link} to=${pathTo("departments")} class="back-link only-phone"><${Icon} name="arrow-left" />${t("nav.departments")}<//>
    <form class="card panel" onSubmit=${save}><${Heading} name=${one.id}>${one.name}<//>
      <div class="two"><${Field} label=${t("departments.name")} name="name" maxlength="255" required defaultValue=${one.name} />
        <${Above} all=${all} value=${one.parentId} without=${one.id} /></div>
      <div class="actions spread"><button class="button primary">${t("save")}</button>
        <${Asking} label=${t("departments.remove")} question=${t("departments.remove_ask", { name: one.name })} isDanger=${true}
          class="danger-text" onYes=${remove} /></div>
    </form>
    <${Crew} one=${one} path=${path} onChange=${onChange} />
  </div>`;
}

/** @param {{ one: Line, path: string, onChange: () => Promise<void> }} props */
function Crew({ one, path, onChange }) {
  const [people, setPeople] = useState(/** @type {PersonLine[] | null} */ (null));
  const [isAdding, setAdding] = useState(false);
  async function load() {
    setPeople((await attempt(() => call("GET", `${path}/people`))) ?? []);
  }
  useEffect(() => {
    load();
  }, [one.id]);
  /** @param {() => Promise<unknown>} act */
  async function change(act) {
    await attempt(act);
    await load();
    await onChange();
  }
  /** @param {PersonLine} person */
  async function add(person) {
    await call("POST", `${path}/people`, { personId: person.id });
    await load();
    await onChange();
  }
  return html`<section class="card panel"><div class="block-head"><h2>${t("departments.crew")}</h2><span class="space"></span>
      <button type="button" class="button small" onClick=${() => setAdding(true)}><${Icon} name="user-plus" />${t("departments.put")}</button></div>
    ${people?.length === 0 && html`<p class="hint">${t("departments.nobody")}</p>`}
    <ul class="plain-list crew">${(people ?? []).map((person) => html`<li key=${person.id} class="crew-line">
      <${Link} to=${pathTo("people", person.id)} class="row-name"><${Face} src=${person.avatar} name=${person.name} />
        <span class="who"><strong>${person.name}</strong><small>${one.headId === person.id ? t("departments.head") : person.position}</small></span><//>
      <div class="actions">${one.headId === person.id
        ? html`<button type="button" class="button small quiet" onClick=${() => change(() => call("PATCH", path, { headId: 0 }))}>${t("departments.unhead")}</button>`
        : html`<button type="button" class="button small quiet" onClick=${() => change(() => call("PATCH", path, { headId: person.id }))}>${t("departments.make_head")}</button>`}
        <button type="button" class="button small quiet" aria-label=${t("departments.take_out", { name: person.name })} title=${t("departments.take_out", { name: person.name })}
          onClick=${() => change(() => call("DELETE", `${path}/people/${person.id}`))}><${Icon} name="x" /></button></div></li>`)}</ul>
    ${isAdding && html`<${PickPerson} title=${t("departments.put")} without=${(people ?? []).map((person) => person.id)}
      onPick=${add} onClose=${() => setAdding(false)} />`}
  </section>`;
}
