// Open lines: who serves customers, how much is waiting; each line's settings lie below.

import { call } from "../api.js";
import { Field, SmallForm } from "../account/fields.js";
import { attempt, Badge, Dialog, Empty } from "../dev/parts.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { html, useEffect, useState } from "../ui.js";
import { Line } from "./line.js";
import { States } from "./line_states.js";
import { Face, Head } from "./lists.js";
import { Link, go, pathTo, place } from "./router.js";

/** @typedef {import("../shapes.js").LineRow} Row */

export function Lines() {
  const id = Number(place.value[1]) || 0;
  return id ? html`<${Line} key=${id} id=${id} section=${place.value[2] ?? "general"} />` : html`<${All} spoken=${t("title")} />`;
}

/** @param {{ spoken: string }} _props */
function All(_props) {
  const [found, setFound] = useState(/** @type {Row[] | null} */ (null));
  const [isMaking, setMaking] = useState(false);
  useEffect(() => {
    attempt(() => call("GET", "/api/admin/lines")).then((rows) => setFound(rows ?? []));
  }, []);
  const make = html`<button type="button" class="button primary" onClick=${() => setMaking(true)}><${Icon} name="plus" />${t("lines.new")}</button>`;
  return html`<section class="section"><${Head} title=${t("nav.lines")} hint=${t("lines.hint")}>${found?.length ? make : null}<//>
    ${found === null && html`<p class="loading" role="status">${t("loading")}</p>`}
    ${found?.length === 0 && html`<${Empty} title=${t("lines.none")} hint=${t("lines.none_hint")}>${make}<//>`}
    ${found && found.length > 0 && html`<${Table} rows=${found} />`}
    ${isMaking && html`<${New} onClose=${() => setMaking(false)} />`}
  </section>`;
}

/** @param {{ rows: Row[] }} props */
function Table({ rows }) {
  return html`<div class="table-card"><table class="table"><thead><tr>
      <th scope="col">${t("lines.name")}</th><th scope="col">${t("lines.state")}</th><th scope="col">${t("lines.operators")}</th>
      <th scope="col" class="figure">${t("lines.open")}</th><th scope="col" class="figure">${t("lines.waiting")}</th></tr></thead>
    <tbody>${rows.map((one) => html`<tr key=${one.id} class=${one.isActive ? "" : "is-off"}>
      <th scope="row"><${Link} to=${pathTo("lines", one.id)} class="row-name"><${Face} src=${one.avatar} name=${one.name} />
        <span class="who"><strong>${one.name}</strong>${one.description && html`<small>${one.description}</small>`}</span><//></th>
      <td data-label=${t("lines.state")}><span class="badges"><${States} one=${one} /></span></td>
      <td data-label=${t("lines.operators")}><${Faces} one=${one} /></td>
      <td class="figure" data-label=${t("lines.open")}>${t("number", { value: one.open })}</td>
      <td class="figure" data-label=${t("lines.waiting")}>${one.waiting > 0
        ? html`<${Badge} kind="soon">${t("number", { value: one.waiting })}<//>` : t("number", { value: 0 })}</td>
    </tr>`)}</tbody></table></div>`;
}

/** @param {{ one: Row }} props */
function Faces({ one }) {
  if (one.operatorCount === 0) return html`<${Badge} kind="bad">${t("lines.nobody")}<//>`;
  const more = one.operatorCount - one.operators.length;
  const names = one.operators.map((person) => person.name).join(", ");
  return html`<span class="faces" title=${names}><span class="hidden-visually">${names}</span>
    ${one.operators.map((person) => html`<${Face} key=${person.id} src=${person.avatar} name=${person.name} />`)}
    ${more > 0 && html`<small>${t("lines.more_operators", { count: more })}</small>`}</span>`;
}

/** @param {{ onClose: () => void }} props */
function New({ onClose }) {
  /** @param {Record<string, string>} given */
  async function make({ name }) {
    const made = await call("POST", "/api/admin/lines", { name, utcOffset: -new Date().getTimezoneOffset() });
    onClose();
    go(pathTo("lines", made.line.id));
  }
  return html`<${Dialog} title=${t("lines.new")} onClose=${onClose}>
    <${SmallForm} send=${make} button=${t("lines.make")} onCancel=${onClose}>
      <${Field} label=${t("lines.name")} name="name" maxlength="100" required autocomplete="off" placeholder=${t("lines.name_sample")}
        hint=${t("lines.new_hint")} />
    <//><//>`;
}
