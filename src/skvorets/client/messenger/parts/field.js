// A field of a form: label, input, hint or error.

import { html, useId } from "../../ui.js";

/**
 * @param {{ label: string, value: string, onInput: (value: string) => void, hint?: string, error?: string, isLong?: boolean }
 *   & Record<string, unknown>} props everything else goes to the input
 */
export function Field({ label, value, onInput, hint, error, isLong, ...input }) {
  const id = useId();
  const given = {
    ...input, id, value, class: "input", "aria-describedby": hint || error ? `${id}-hint` : undefined, "aria-invalid": Boolean(error),
    onInput: (/** @type {InputEvent} */ event) => onInput(/** @type {HTMLInputElement} */ (event.currentTarget).value),
  };
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${isLong ? html`<textarea rows="3" ...${given}></textarea>` : html`<input ...${given} />`}
    ${(error || hint) && html`<p class=${error ? "field-error" : "hint"} id=${`${id}-hint`}>${error || hint}</p>`}
  </div>`;
}
