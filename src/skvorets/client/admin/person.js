// One person: details, departments, rights.

import { call } from "../api.js";
import { Field, Switch } from "../account/fields.js";
import { attempt, Heading } from "../dev/parts.js";
import { Time } from "../dev/status.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { session, tell } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";
import { Face } from "./lists.js";
import { departmentNames, loadDepartments } from "./department_names.js";
import { States } from "./person_states.js";
import { Access } from "./person-access.js";
import { Link, pathTo } from "./router.js";

/** @typedef {import("../shapes.js").PersonCard} PersonCard */

/** @param {{ id: number }} props */
export function Person({ id }) {
  const [card, setCard] = useState(/** @type {PersonCard | null} */ (null));
  async function load() {
    const found = await attempt(() => call("GET", `/api/admin/people/${id}`));
    if (found) setCard(found);
  }
  useEffect(() => {
    load();
    loadDepartments().catch(() => {});
  }, [id]);
  const back = html`<${Link} to=${pathTo("people")} class="back-link"><${Icon} name="arrow-left" />${t("people.back")}<//>`;
  if (!card) return html`<section class="section narrow">${back}<p class="loading" role="status">${t("loading")}</p></section>`;
  const { person } = card;
  return html`<section class="section narrow">${back}
    <header class="person-head"><${Face} src=${person.avatar} name=${person.name} />
      <div class="who"><${Heading} name=${id}>${person.name}<//>
        <p class="hint">${[person.login, person.email].filter(Boolean).join(" · ")}</p></div>
      <span class="badges"><${States} one=${person} /></span></header>
    <${Numbers} card=${card} />
    <${Details} card=${card} onCard=${setCard} />
    <${Rights} card=${card} onCard=${setCard} />
    <${Access} card=${card} onChange=${load} />
  </section>`;
}

/** @param {{ card: PersonCard }} props */
function Numbers({ card }) {
  const seen = card.person.lastSeenAt;
  return html`<dl class="numbers">
    <div><dt>${t("people.seen")}</dt><dd>${seen ? html`<${Time} at=${seen} isShort=${true} />` : t("never")}</dd></div>
    <div><dt>${t("person.since")}</dt><dd><${Time} at=${card.createdAt} isShort=${true} /></dd></div>
    <div><dt>${t("person.sessions")}</dt><dd>${card.sessions}</dd></div>
    <div><dt>${t("person.webhooks")}</dt><dd>${card.webhooks}</dd></div>
    <div><dt>${t("person.factor")}</dt><dd>${t(card.hasSecondFactor ? "on" : "off")}</dd></div>
  </dl>`;
}

/** @param {{ card: PersonCard, onCard: (card: PersonCard) => void }} props */
function Details({ card, onCard }) {
  const [isBusy, setBusy] = useState(false);
  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const { department, ...given } = /** @type {Record<string, any>} */ (Object.fromEntries(form));
    const departments = form.getAll("department").map(Number);
    setBusy(true);
    const changed = await attempt(() => call("PATCH", `/api/admin/people/${card.person.id}`,
      card.person.isOutside ? given : { ...given, departments }));
    setBusy(false);
    if (!changed) return;
    onCard(changed);
    tell(t("saved"));
  }
  const { person } = card;
  return html`<form class="card panel" onSubmit=${save}><h2>${t("person.details")}</h2>
    <div class="two"><${Field} label=${t("person.firstName")} name="firstName" maxlength="255" defaultValue=${card.firstName} />
      <${Field} label=${t("person.lastName")} name="lastName" maxlength="255" defaultValue=${card.lastName} />
      <${Field} label=${t("person.position")} name="position" maxlength="255" defaultValue=${person.position} />
      <${Field} label=${t("person.email")} name="email" type="email" maxlength="255" autocomplete="off" defaultValue=${person.email} />
      <${Field} label=${t("person.workPhone")} name="workPhone" type="tel" maxlength="255" defaultValue=${card.workPhone} />
      <${Field} label=${t("person.personalMobile")} name="personalMobile" type="tel" maxlength="255" defaultValue=${card.personalMobile} />
      <${Field} label=${t("person.innerPhone")} name="innerPhone" type="tel" maxlength="255" defaultValue=${card.innerPhone} />
      <${Field} label=${t("person.birthday")} name="birthday" type="date" defaultValue=${card.birthday} /></div>
    ${!person.isOutside && html`<${Departments} chosen=${person.departments} />`}
    <div class="actions"><button class="button primary" disabled=${isBusy}>${t("save")}</button></div>
  </form>`;
}

/** @param {{ chosen: number[] }} props */
function Departments({ chosen }) {
  const all = Object.entries(departmentNames.value);
  if (all.length === 0) return null;
  return html`<fieldset class="scopes tall"><legend>${t("people.departments")}</legend>${all.map(([id, name]) => html`
    <label key=${id} class="check"><input type="checkbox" name="department" value=${id} defaultChecked=${chosen.includes(Number(id))} />
      <span>${name}</span></label>`)}</fieldset>`;
}

/** @param {{ card: PersonCard, onCard: (card: PersonCard) => void }} props */
function Rights({ card, onCard }) {
  const { person } = card;
  /** @param {Record<string, boolean>} given */
  async function set(given) {
    const changed = await attempt(() => call("PATCH", `/api/admin/people/${person.id}`, given));
    onCard(changed ?? { ...card }); // the switch goes back when it was refused
    if (changed) tell(t("saved"));
  }
  const isMe = person.id === session.value?.me.id;
  return html`<section class="card panel"><h2>${t("person.rights")}</h2>
    <${Switch} label=${t("person.is_admin")} value=${person.isAdmin} onChange=${(/** @type {boolean} */ isAdmin) => set({ isAdmin })} />
    <p class="hint">${t(isMe ? "person.is_admin_me" : "person.is_admin_hint")}</p>
    <${Switch} label=${t("person.is_outside")} value=${person.isOutside} onChange=${(/** @type {boolean} */ isOutside) => set({ isOutside })} />
    <p class="hint">${t("person.is_outside_hint")}</p>
  </section>`;
}
