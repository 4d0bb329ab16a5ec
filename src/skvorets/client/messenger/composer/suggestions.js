// The list of what can be completed.

import { t } from "../../i18n.js";
import { html, useLayoutEffect, useRef } from "../../ui.js";
import { Avatar } from "../parts/avatar.js";

/** Name of the list, and of its lines, for the field that steers it. */
export const LIST_ID = "suggestions";

/** @param {{ completion: import("./completion.js").Completion, choose: (at: number) => void }} props */
export function Suggestions({ completion, choose }) {
  const list = completion.shown.value;
  const at = completion.at.value;
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => box.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at, list]);
  if (list.length === 0) return null;
  return html`<ul class="suggestions" id=${LIST_ID} role="listbox" aria-label=${t("composer.suggestions")} ref=${box}>
    ${list.map((one, number) => html`<li key=${one.id} id=${`${LIST_ID}-${number}`} role="option" class="suggestion"
        aria-selected=${number === at ? "true" : "false"} onPointerDown=${keepFocus} onClick=${() => choose(number)}
        onPointerMove=${() => { completion.at.value = number; }}>
      ${one.sign ? html`<span class="suggestion-sign" aria-hidden="true">${one.sign}</span>` : html`<${Avatar} person=${one.person} size="s" />`}
      <span class="suggestion-words"><span><strong dir="auto">${one.title}</strong>${one.hint && html` <small dir="auto">${one.hint}</small>`}</span>
        ${one.more && html`<small dir="auto">${one.more}</small>`}</span>
    </li>`)}
  </ul>`;
}

/** The field keeps the focus. @param {Event} event */
function keepFocus(event) {
  event.preventDefault();
}
