// The tree of the company, and who is in each department.

import { call } from "../api.js";
import { Field, SmallForm } from "../account/fields.js";
import { attempt, Dialog, Empty } from "../dev/parts.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { html, useEffect, useState } from "../ui.js";
import { Department } from "./department.js";
import { Above } from "./department_above.js";
import { loadDepartments } from "./department_names.js";
import { Head } from "./lists.js";
import { Link, go, pathTo, place } from "./router.js";

/** @typedef {import("../shapes.js").DepartmentLine} Line */

export function Departments() {
  const [found, setFound] = useState(/** @type {Line[] | null} */ (null));
  const [isMaking, setMaking] = useState(false);
  const chosen = found?.find((one) => String(one.id) === place.value[1]);
  async function load() {
    const answer = await attempt(loadDepartments);
    if (answer) setFound(answer);
  }
  useEffect(() => {
    load();
  }, []);
  const make = html`<button type="button" class="button primary" onClick=${() => setMaking(true)}><${Icon} name="plus" />${t("departments.new")}</button>`;
  return html`<section class="section">
    <${Head} title=${t("nav.departments")} hint=${t("departments.hint")}>${found?.length ? make : null}<//>
    ${found === null && html`<p class="loading" role="status">${t("loading")}</p>`}
    ${found?.length === 0 && html`<${Empty} title=${t("departments.none")} hint=${t("departments.none_hint")}>${make}<//>`}
    ${found && found.length > 0 && html`<div class=${chosen ? "tree-split has-choice" : "tree-split"}>
      <div class="card tree"><${Branch} all=${found} above=${0} depth=${0} chosen=${chosen?.id ?? 0} /></div>
      ${chosen ? html`<${Department} key=${chosen.id} one=${chosen} all=${found} onChange=${load} />`
        : html`<p class="hint tree-hint">${t("departments.choose")}</p>`}</div>`}
    ${isMaking && html`<${New} all=${found ?? []} above=${chosen?.id ?? 0} onClose=${() => setMaking(false)} onMade=${load} />`}
  </section>`;
}

/** @param {{ all: Line[], above: number, depth: number, chosen: number }} props */
function Branch({ all, above, depth, chosen }) {
  const here = all.filter((one) => one.parentId === above || (above === 0 && !all.some((other) => other.id === one.parentId)));
  if (here.length === 0 || depth > 50) return null;
  return html`<ul class="plain-list branch">${here.map((one) => html`<li key=${one.id}>
    <${Link} to=${pathTo("departments", one.id)} class="leaf" current=${one.id === chosen && "true"}>
      <span class="who"><strong>${one.name}</strong>${one.headName && html`<small>${one.headName}</small>`}</span>
      <span class="count" title=${t("departments.people", { count: one.people })}>${t("number", { value: one.people })}</span><//>
    <${Branch} all=${all} above=${one.id} depth=${depth + 1} chosen=${chosen} /></li>`)}</ul>`;
}

/** @param {{ all: Line[], above: number, onMade: () => Promise<void>, onClose: () => void }} props */
function New({ all, above, onMade, onClose }) {
  /** @param {Record<string, string>} given */
  async function make({ name, parentId }) {
    const made = await call("POST", "/api/admin/departments", { name, parentId: Number(parentId) });
    await onMade();
    go(pathTo("departments", made.id));
    onClose();
  }
  return html`<${Dialog} title=${t("departments.new")} onClose=${onClose}>
    <${SmallForm} send=${make} button=${t("departments.add")} onCancel=${onClose}>
      <${Field} label=${t("departments.name")} name="name" maxlength="255" required autocomplete="off" />
      <${Above} all=${all} value=${above} />
    <//>
  <//>`;
}
