// When operators are there, and what customers read at other times.

import { Field, Switch } from "../account/fields.js";
import { formatDate, t } from "../i18n.js";
import { Icon } from "../icon.js";
import { clockOf, minutesOf, OFFSETS, offsetName } from "../lib/line_settings.js";
import { html, useState } from "../ui.js";
import { Form, LongText, settingsOf, useDraft } from "./line-parts.js";
import { textOf } from "./lists.js";

/** @typedef {import("./line-parts.js").Hours} WorkingHours */

// A Monday, to write the names of days.
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 24 * 3600 * 1000;

/** @param {import("./line-parts.js").SectionProps} props */
export function Hours({ card, save }) {
  const stored = settingsOf(card).workingHours;
  const { draft, put, isChanged } = useDraft(stored);
  const offsets = OFFSETS.includes(stored.utcOffset) ? OFFSETS : [...OFFSETS, stored.utcOffset].sort((a, b) => a - b);
  return html`<${Form} title=${t("lines.hours")} hint=${t("lines.hours_hint")} isChanged=${isChanged}
      onSave=${() => save({ settings: { ...settingsOf(card), workingHours: draft } })}>
    <${Switch} label=${t("lines.hours_on")} value=${draft.isOn} onChange=${(/** @type {boolean} */ isOn) => put({ isOn })} />
    ${draft.isOn && html`
      <${Days} days=${draft.days} onDays=${(/** @type {number[]} */ days) => put({ days })} />
      <div class="three"><${Field} label=${t("lines.begin")} type="time" required value=${clockOf(draft.begin)}
          onInput=${(/** @type {Event} */ event) => put({ begin: minutesOf(textOf(event)) })} />
        <${Field} label=${t("lines.finish_at")} type="time" required value=${clockOf(draft.end)}
          onInput=${(/** @type {Event} */ event) => put({ end: minutesOf(textOf(event), true) })} />
        <label class="field"><span class="label">${t("lines.offset")}</span><select class="input" value=${String(draft.utcOffset)}
          onChange=${(/** @type {Event} */ event) => put({ utcOffset: Number(textOf(event)) })}>
          ${offsets.map((one) => html`<option key=${one} value=${one}>${offsetName(one)}</option>`)}</select></label></div>
      ${draft.end < draft.begin && html`<p class="hint">${t("lines.over_midnight")}</p>`}
      <${Holidays} days=${draft.holidays} onDays=${(/** @type {string[]} */ holidays) => put({ holidays })} />
      <${LongText} label=${t("lines.away_text")} hint=${t("lines.away_text_hint")} value=${draft.awayText}
        onText=${(/** @type {string} */ text) => put({ awayText: text })} />`}
  <//>`;
}

/** @param {{ days: number[], onDays: (days: number[]) => void }} props */
function Days({ days, onDays }) {
  return html`<fieldset class="choice days"><legend>${t("lines.days")}</legend><div class="choice-options">${[0, 1, 2, 3, 4, 5, 6].map((day) => html`
    <label key=${day} class="choice-option"><input type="checkbox" checked=${days.includes(day)}
        aria-label=${formatDate(MONDAY + day * DAY_MS, { weekday: "long", timeZone: "UTC" })}
        onChange=${() => onDays(days.includes(day) ? days.filter((one) => one !== day) : [...days, day].sort())} />
      <span>${formatDate(MONDAY + day * DAY_MS, { weekday: "short", timeZone: "UTC" })}</span></label>`)}</div></fieldset>`;
}

/** @param {{ days: string[], onDays: (days: string[]) => void }} props */
function Holidays({ days, onDays }) {
  const [day, setDay] = useState("");
  function add() {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return;
    onDays([...new Set([...days, day])].sort().slice(0, 100));
    setDay("");
  }
  return html`<div class="field"><span class="label">${t("lines.holidays")}</span>
    ${days.length > 0 && html`<ul class="plain-list chips">${days.map((one) => html`<li key=${one} class="chip-line"><span>${shownDay(one)}</span>
      <button type="button" class="button quiet small" aria-label=${t("lines.holiday_remove", { day: shownDay(one) })} title=${t("lines.holiday_remove", { day: shownDay(one) })}
        onClick=${() => onDays(days.filter((other) => other !== one))}><${Icon} name="x" /></button></li>`)}</ul>`}
    <div class="add-line"><input class="input" type="date" aria-label=${t("lines.holiday")} value=${day} min="2000-01-01" max="2099-12-31"
        onInput=${(/** @type {Event} */ event) => setDay(textOf(event))} />
      <button type="button" class="button" disabled=${!day} onClick=${add}>${t("lines.holiday_add")}</button></div></div>`;
}

/** @param {string} day */
function shownDay(day) {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : formatDate(at, { dateStyle: "medium", timeZone: "UTC" });
}
