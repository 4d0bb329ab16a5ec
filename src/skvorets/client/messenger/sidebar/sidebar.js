// The list of conversations with what is above it.

import { html } from "../../ui.js";

/** @param {{ spoken: string }} _props */
export function Sidebar(_props) {
  return html`<div class="sidebar-head"></div>`;
}
