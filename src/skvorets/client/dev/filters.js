// What narrows the list of events.

import { t } from "../i18n.js";
import { eventNames, filterBy, filters, isFiltered, NO_FILTERS } from "../state/deliveries.js";
import { apps } from "../state/developer.js";
import { html, useEffect, useRef, useState } from "../ui.js";

/** Seconds after the last key until it is searched. */
const TYPING_MS = 250;
const STATES = ["waiting", "sending", "delivered", "dead"];

export function Filters() {
  const now = filters.value;
  const [isOpen, setOpen] = useState(now.event !== "" || now.bot !== "" || now.chat !== "" || now.application !== "");
  return html`<form class="filters" role="search" aria-label=${t("events.filter")} onSubmit=${stay}>
    <${Typed} name="text" label=${t("events.search")} type="search" />
    <div class="filter-row">
      <${Choice} name="state" label=${t("events.state")} options=${STATES.map((one) => [one, t(`state.${one}`)])} />
      <button type="button" class="button small" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>${t("events.more_filters")}</button>
      ${isFiltered() && html`<button type="button" class="button small quiet" onClick=${() => filterBy(NO_FILTERS)}>${t("events.reset")}</button>`}
    </div>
    ${isOpen && html`<div class="filter-grid">
      <${Choice} name="application" label=${t("events.app")} options=${(apps.value ?? []).map((one) => [String(one.id), one.name])} isLabelled=${true} />
      <${Choice} name="event" label=${t("events.event")} options=${eventNames.value.map((one) => [one, one])} isLabelled=${true} />
      <${Typed} name="bot" label=${t("events.bot")} isNumber=${true} />
      <${Typed} name="chat" label=${t("events.chat")} isNumber=${true} />
    </div>`}
  </form>`;
}

/** @param {Event} event */
function stay(event) {
  event.preventDefault();
}

/** @param {{ name: keyof import("../state/deliveries.js").Filters, label: string, options: string[][], isLabelled?: boolean }} props */
function Choice({ name, label, options, isLabelled }) {
  /** @param {Event} event */
  const change = (event) => filterBy({ [name]: /** @type {HTMLSelectElement} */ (event.currentTarget).value });
  const first = isLabelled ? t("events.any") : `${label}: ${t("events.any").toLowerCase()}`;
  return html`<label class="field">
    <span class=${isLabelled ? "label" : "hidden-visually"}>${label}</span>
    <select class="input" value=${filters.value[name]} onChange=${change}>
      <option value="">${first}</option>
      ${options.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}
    </select>
  </label>`;
}

/** @param {{ name: keyof import("../state/deliveries.js").Filters, label: string, type?: string, isNumber?: boolean }} props */
function Typed({ name, label, type = "text", isNumber }) {
  const [text, setText] = useState(filters.value[name]);
  const timer = useRef(0);
  const outside = filters.value[name];
  useEffect(() => setText(outside), [outside]);
  /** @param {Event} event */
  function change(event) {
    const typed = /** @type {HTMLInputElement} */ (event.currentTarget).value;
    const wanted = isNumber ? typed.replace(/\D/g, "").slice(0, 15) : typed.slice(0, 200);
    setText(wanted);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => filterBy({ [name]: wanted.trim() }), TYPING_MS);
  }
  return html`<label class="field">
    <span class=${isNumber ? "label" : "hidden-visually"}>${label}</span>
    <input class="input" type=${type} value=${text} placeholder=${isNumber ? "" : label} onInput=${change}
      inputmode=${isNumber ? "numeric" : undefined} spellcheck=${false} autocomplete="off" />
  </label>`;
}
