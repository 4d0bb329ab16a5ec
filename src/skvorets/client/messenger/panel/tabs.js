// Tabs: arrows go between them, what is chosen is shown below.

import { html, useId } from "../../ui.js";

/** @typedef {{ id: string, text: string, count?: number }} Tab */

/**
 * @param {{ label: string, tabs: Tab[], chosen: string, choose: (id: string) => void, children?: unknown }} props
 */
export function Tabs({ label, tabs, chosen, choose, children }) {
  const id = useId();
  /** @param {KeyboardEvent} event */
  function steer(event) {
    const now = tabs.findIndex((one) => one.id === chosen);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(tabs[next % tabs.length].id);
    const list = /** @type {HTMLElement} */ (event.currentTarget);
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (list.querySelector("[aria-selected=true]"))?.focus());
  }
  return html`<div class="panel-tabs" role="tablist" aria-label=${label} onKeyDown=${steer}>
      ${tabs.map((one) => html`<button key=${one.id} type="button" role="tab" id=${`${id}-${one.id}`} aria-selected=${one.id === chosen}
        aria-controls=${`${id}-shown`} tabindex=${one.id === chosen ? 0 : -1} onClick=${() => choose(one.id)}>${one.text}
        ${one.count !== undefined && html`<span class="panel-tab-count">${one.count}</span>`}</button>`)}
    </div>
    <div class="panel-tab" role="tabpanel" id=${`${id}-shown`} aria-labelledby=${`${id}-${chosen}`}>${children}</div>`;
}

/**
 * Choices of which one counts, as small buttons.
 * @param {{ label: string, choices: Tab[], chosen: string, choose: (id: string) => void }} props
 */
export function Chips({ label, choices, chosen, choose }) {
  return html`<div class="panel-chips" role="group" aria-label=${label}>
    ${choices.map((one) => html`<button key=${one.id} type="button" class="chip" aria-pressed=${one.id === chosen}
      onClick=${() => choose(one.id)}>${one.text}</button>`)}</div>`;
}
