// The choice of the department above another one.

import { t } from "../i18n.js";
import { html } from "../ui.js";

/** @typedef {import("../shapes.js").DepartmentLine} Line */

/** Under which one. @param {{ all: Line[], value: number, without?: number }} props */
export function Above({ all, value, without = 0 }) {
  return html`<label class="field"><span class="label">${t("departments.above")}</span><select class="input" name="parentId">
    <option value="0" selected=${value === 0}>${t("departments.top")}</option>
    ${all.filter((one) => !isBelow(all, one, without)).map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === value}>${one.name}</option>`)}
  </select></label>`;
}

/**
 * Is it the department itself, or one below it?
 * @param {Line[]} all
 * @param {Line | undefined} one
 * @param {number} top
 */
function isBelow(all, one, top) {
  for (let steps = 0; top && one && steps <= all.length; steps += 1) {
    if (one.id === top) return true;
    one = all.find((other) => other.id === one?.parentId);
  }
  return false;
}
