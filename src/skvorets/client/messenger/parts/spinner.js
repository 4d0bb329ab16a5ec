// Something is on its way.

import { html } from "../../ui.js";

/** @param {{ label: string }} props what is loaded, for those who do not see it */
export function Spinner({ label }) {
  return html`<span class="spinner" role="status"><span class="hidden-visually">${label}</span></span>`;
}
