// What the sections of a line's settings share: a form that knows what is not saved, long texts, durations.

import { durationOf, secondsOf, UNITS } from "../lib/line_settings.js";
import { t } from "../i18n.js";
import { html, useEffect, useId, useState } from "../ui.js";
import { textOf } from "./lists.js";

/** @typedef {import("../shapes.js").LineCard} Card */
/** @typedef {import("../lib/line_settings.js").Unit} Unit */
/** @typedef {Required<import("../shapes.js").WorkingHours>} Hours */
/** @typedef {Required<import("../shapes.js").WidgetLooks>} Looks */
/** @typedef {Required<import("../shapes.js").LineSettings> & { workingHours: Hours, widget: Looks }} Settings */
/** @typedef {Pick<import("../shapes.js").LinePatch, keyof import("../shapes.js").LinePatch>} Patch */
/** @typedef {{ card: Card, save: (patch: Patch) => Promise<boolean>, onCard: (card: Card) => void }} SectionProps */

const UNIT_NAMES = /** @type {Unit[]} */ (Object.keys(UNITS));

/** The settings of a line: the server tells all of them. @param {Card} card */
export function settingsOf(card) {
  return /** @type {Settings} */ (card.settings);
}

/**
 * What is being changed; it begins anew when what is stored changes.
 * @template {object} T
 * @param {T} stored
 */
export function useDraft(stored) {
  const [draft, setDraft] = useState(stored);
  const text = JSON.stringify(stored);
  useEffect(() => setDraft(stored), [text]);
  return { draft, put: (/** @type {Partial<T>} */ part) => setDraft((before) => ({ ...before, ...part })), isChanged: JSON.stringify(draft) !== text };
}

/**
 * A card with a form; the button is there to be pressed when something is not saved.
 * @param {{ title: string, hint?: string, isChanged: boolean, onSave: () => Promise<unknown>, children?: unknown }} props
 */
export function Form({ title, hint, isChanged, onSave, children }) {
  const [isBusy, setBusy] = useState(false);
  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    setBusy(true);
    await onSave();
    setBusy(false);
  }
  return html`<form class="card panel" onSubmit=${submit}>
    <div><h2>${title}</h2>${hint && html`<p class="hint">${hint}</p>`}</div>
    ${children}
    <div class="actions"><button class="button primary" disabled=${isBusy || !isChanged}>${t("save")}</button>
      ${isChanged && html`<span class="hint">${t("lines.unsaved")}</span>`}</div>
  </form>`;
}

/**
 * A text of several lines.
 * @param {{ label: string, hint?: string, value: string, most?: number, rows?: number, onText: (text: string) => void }} props
 */
export function LongText({ label, hint, value, most = 2000, rows = 3, onText }) {
  const id = useId();
  return html`<div class="field"><label for=${id}>${label}</label>
    <textarea class="input" id=${id} rows=${rows} maxlength=${most} value=${value} aria-describedby=${hint ? `${id}-hint` : undefined}
      onInput=${(/** @type {Event} */ event) => onText(textOf(event))}></textarea>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}</div>`;
}

/**
 * A number with its unit.
 * @param {{ label: string, hint?: string, seconds: number, onSeconds: (seconds: number) => void }} props
 */
export function Duration({ label, hint, seconds, onSeconds }) {
  const id = useId();
  const [chosen, setUnit] = useState(durationOf(seconds).unit);
  const unit = seconds % UNITS[chosen] ? durationOf(seconds).unit : chosen;
  const value = seconds / UNITS[unit];
  /** @param {Unit} wanted */
  function choose(wanted) {
    setUnit(wanted);
    onSeconds(secondsOf(value, wanted));
  }
  return html`<div class="field"><label for=${id}>${label}</label>
    <div class="duration"><input class="input" id=${id} type="number" min="0" step="1" inputmode="numeric" required value=${value}
        aria-describedby=${hint ? `${id}-hint` : undefined}
        onInput=${(/** @type {Event} */ event) => onSeconds(secondsOf(Number(textOf(event)), unit))} />
      <select class="input" aria-label=${t("lines.unit", { name: label })} value=${unit}
        onChange=${(/** @type {Event} */ event) => choose(/** @type {Unit} */ (textOf(event)))}>
        ${UNIT_NAMES.map((one) => html`<option key=${one} value=${one}>${t(`lines.unit.${one}`, { count: value })}</option>`)}</select></div>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}</div>`;
}
