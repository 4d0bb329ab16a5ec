// A place where nothing is yet: why, and what to do.

import { Icon } from "../../icon.js";
import { html } from "../../ui.js";

/** @param {{ icon: string, title: string, hint?: string, children?: unknown }} props */
export function Empty({ icon, title, hint, children }) {
  return html`<div class="empty">
    <span class="empty-icon"><${Icon} name=${icon} /></span>
    <p class="empty-title">${title}</p>
    ${hint && html`<p class="empty-hint">${hint}</p>`}
    ${children && html`<div class="empty-actions">${children}</div>`}
  </div>`;
}
