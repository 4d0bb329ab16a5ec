// A payload as a form or as JSON; secrets as dots until somebody presses "show".

import { t } from "../i18n.js";
import { toTree } from "../state/forms.js";
import { html, useId, useState } from "../ui.js";
import { attempt, Copy } from "./parts.js";

/** @typedef {import("../state/forms.js").Pair} Pair */

/** @param {{ pairs: Pair[], reveal?: () => Promise<Pair[]> }} props */
export function Payload({ pairs, reveal }) {
  const [isJson, setJson] = useState(false);
  const [whole, setWhole] = useState(/** @type {Pair[] | null} */ (null));
  const id = useId();
  const shown = whole ?? pairs;
  const json = JSON.stringify(toTree(shown), null, 2);
  const form = shown.map(([name, value]) => `${name}=${value}`).join("\n");
  async function show() {
    if (reveal) setWhole((await attempt(reveal)) ?? null);
  }
  /** @param {boolean} isThis @param {string} label */
  const tab = (isThis, label) => html`<button type="button" role="tab" class="tab small" aria-selected=${isJson === isThis}
    aria-controls=${id} tabindex=${isJson === isThis ? 0 : -1} onClick=${() => setJson(isThis)}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => turn(event, () => setJson(!isJson))}>${label}</button>`;
  return html`<section class="block">
    <div class="block-head"><h2>${t("event.payload")}</h2>
      <div class="tabs small" role="tablist" aria-label=${t("event.payload")}>
        ${tab(false, t("event.form"))}${tab(true, t("event.json"))}
      </div>
      <span class="space"></span>
      ${reveal && !whole && html`<button type="button" class="button small" onClick=${show}>${t("show_secrets")}</button>`}
      <${Copy} text=${isJson ? json : form} />
    </div>
    <div id=${id} role="tabpanel" aria-label=${isJson ? t("event.json") : t("event.form")} tabindex="0" class="payload">
      ${isJson ? html`<pre>${json}</pre>` : html`<${Fields} pairs=${shown} />`}
    </div>
  </section>`;
}

/** @param {{ pairs: Pair[] }} props */
function Fields({ pairs }) {
  return html`<table class="fields">
    <thead class="hidden-visually"><tr><th scope="col">${t("event.field")}</th><th scope="col">${t("event.value")}</th></tr></thead>
    <tbody>${pairs.map(([name, value], at) => html`<tr key=${at}><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody>
  </table>`;
}

/**
 * Arrows go between the two tabs.
 * @param {KeyboardEvent} event
 * @param {() => void} other
 */
function turn(event, other) {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  event.preventDefault();
  other();
  const here = /** @type {HTMLElement} */ (event.currentTarget);
  /** @type {HTMLElement | null} */ (here.previousElementSibling ?? here.nextElementSibling)?.focus();
}
