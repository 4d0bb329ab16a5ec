// Links by which people come in: made, copied, revoked.

import { call } from "../api.js";
import { Field, SmallForm } from "../account/fields.js";
import { Asking, attempt, Badge, Code, Dialog, Empty } from "../dev/parts.js";
import { formatDate, t } from "../i18n.js";
import { Icon } from "../icon.js";
import { html, useEffect, useState } from "../ui.js";
import { Head } from "./lists.js";
import { departmentNames, loadDepartments } from "./department_names.js";
import { Link, pathTo } from "./router.js";

/** @typedef {import("../shapes.js").Waiting} Waiting */

/** @param {{ spoken: string }} _props */
export function Invitations(_props) {
  const [found, setFound] = useState(/** @type {Waiting[] | null} */ (null));
  const [isMaking, setMaking] = useState(false);
  async function load() {
    const answer = await attempt(() => call("GET", "/api/invitations"));
    if (answer) setFound(answer.invitations);
  }
  useEffect(() => {
    load();
    loadDepartments().catch(() => {});
  }, []);
  const make = html`<button type="button" class="button primary" onClick=${() => setMaking(true)}><${Icon} name="plus" />${t("invite.new")}</button>`;
  return html`<section class="section narrow">
    <${Link} to=${pathTo("people")} class="back-link"><${Icon} name="arrow-left" />${t("people.back")}<//>
    <${Head} title=${t("invite.title")} hint=${t("invite.hint")}>${found?.length ? make : null}<//>
    ${found?.length === 0 && html`<${Empty} title=${t("invite.none")} hint=${t("invite.none_hint")}>${make}<//>`}
    <ul class="plain-list">${(found ?? []).map((one) => html`<${Card} key=${one.id} one=${one} onGone=${load} />`)}</ul>
    ${isMaking && html`<${New} onMade=${load} onClose=${() => setMaking(false)} />`}
  </section>`;
}

/** @param {{ one: Waiting, onGone: () => Promise<void> }} props */
function Card({ one, onGone }) {
  const name = [one.firstName, one.lastName].filter(Boolean).join(" ") || one.email || t("invite.anybody");
  async function revoke() {
    await attempt(() => call("DELETE", `/api/invitations/${one.id}`));
    await onGone();
  }
  const facts = [
    name === one.email ? "" : one.email,
    departmentNames.value[one.departmentId],
    t("invite.until", { date: formatDate(one.expiresAt, { dateStyle: "medium" }) }),
    t("invite.by", { name: one.inviterName }),
  ];
  return html`<li class="card deed padded"><div><strong>${name}</strong> ${one.isExtranet && html`<${Badge} kind="plain">${t("people.outside")}<//>`}
      <p class="hint">${facts.filter(Boolean).join(" · ")}</p></div>
    <${Asking} label=${t("invite.revoke")} question=${t("invite.revoke_ask", { name })} isDanger=${true} class="danger-text" onYes=${revoke} /></li>`;
}

/** @param {{ onMade: () => Promise<void>, onClose: () => void }} props */
function New({ onMade, onClose }) {
  const [made, setMade] = useState(/** @type {{ link: string, mail: string } | null} */ (null));
  const [isOutside, setOutside] = useState(false);
  /** @param {Record<string, string>} given */
  async function make({ email, firstName, lastName, departmentId, validDays }) {
    setMade(await call("POST", "/api/invitations", {
      email, firstName, lastName, isExtranet: isOutside, departmentId: isOutside ? 0 : Number(departmentId ?? 0), validDays: Number(validDays),
    }));
    await onMade();
  }
  if (made) {
    const mail = made.mail === "sent" ? t("invite.mailed") : made.mail ? t("invite.not_mailed", { why: made.mail }) : "";
    return html`<${Dialog} title=${t("invite.made")} onClose=${onClose}><div class="form">
      <p class="warning">${t("invite.once")}</p><${Code} text=${made.link} label=${t("invite.made")} />
      ${mail && html`<p class="hint" role="status">${mail}</p>`}</div><//>`;
  }
  const departments = Object.entries(departmentNames.value);
  return html`<${Dialog} title=${t("invite.new")} onClose=${onClose}>
    <${SmallForm} send=${make} button=${t("invite.make")} onCancel=${onClose}>
      <p class="hint">${t("invite.optional")}</p>
      <div class="two"><${Field} label=${t("person.firstName")} name="firstName" maxlength="100" autocomplete="off" />
        <${Field} label=${t("person.lastName")} name="lastName" maxlength="100" autocomplete="off" /></div>
      <${Field} label=${t("person.email")} name="email" type="email" maxlength="254" autocomplete="off" hint=${t("invite.email_hint")} />
      <label class="check"><input type="checkbox" checked=${isOutside} onChange=${() => setOutside(!isOutside)} /><span>${t("person.is_outside")}</span></label>
      ${!isOutside && departments.length > 0 && html`<label class="field"><span class="label">${t("invite.department")}</span>
        <select class="input" name="departmentId"><option value="0">${t("none")}</option>
          ${departments.map(([id, name]) => html`<option key=${id} value=${id}>${name}</option>`)}</select></label>`}
      <label class="field"><span class="label">${t("invite.days")}</span><select class="input" name="validDays">
        ${[1, 7, 30, 90].map((count) => html`<option key=${count} value=${count} selected=${count === 7}>${t("invite.days_count", { count })}</option>`)}</select></label>
    <//>
  <//>`;
}
