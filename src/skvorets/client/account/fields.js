// Small pieces of forms that the account's screens share.

import { t } from "../i18n.js";
import { html, useEffect, useId, useRef, useState } from "../ui.js";
import { refusalWords } from "./refusals.js";

/**
 * An input with its label and perhaps a hint; other properties go to the input.
 * @param {{ label: string, hint?: string, isWide?: boolean, [name: string]: unknown }} props
 */
export function Field({ label, hint, isWide, ...more }) {
  const id = useId();
  return html`<div class=${isWide ? "field wide" : "field"}>
    <label for=${id}>${label}</label>
    <input class="input" id=${id} aria-describedby=${hint ? `${id}-hint` : undefined} ...${more} />
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
  </div>`;
}

/**
 * A password that may be looked at while it is typed.
 * @param {{ label: string, hint?: string, name: string, autocomplete: string, [name: string]: unknown }} props
 */
export function PasswordField({ label, hint, ...more }) {
  const [isShown, setShown] = useState(false);
  const id = useId();
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <div class="password-line">
      <input class="input" id=${id} type=${isShown ? "text" : "password"} autocapitalize="none" spellcheck=${false} required
        aria-describedby=${hint ? `${id}-hint` : undefined} ...${more} />
      <button type="button" class="button quiet eye" data-shown=${isShown} aria-pressed=${isShown}
        aria-label=${t("password.show")} title=${t(isShown ? "password.hide" : "password.show")}
        onClick=${() => setShown(!isShown)}></button>
    </div>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
  </div>`;
}

/**
 * One of a few, side by side.
 * @param {{ label: string, options: [value: string, words: string][], value: string, hint?: string,
 *   onChoose: (value: any) => void }} props
 */
export function Choice({ label, options, value, hint, onChoose }) {
  const id = useId();
  return html`<fieldset class="choice" aria-describedby=${hint ? `${id}-hint` : undefined}>
    <legend>${label}</legend>
    <div class="choice-options">${options.map(([one, words]) => html`
      <label key=${one} class="choice-option">
        <input type="radio" name=${id} value=${one} checked=${one === value} onChange=${() => onChoose(one)} />
        <span>${words}</span>
      </label>`)}
    </div>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
  </fieldset>`;
}

/** On or off. @param {{ label: string, value: boolean, onChange: (value: boolean) => void }} props */
export function Switch({ label, value, onChange }) {
  return html`<label class="switch">
    <span>${label}</span>
    <input type="checkbox" role="switch" checked=${value}
      onChange=${(/** @type {Event} */ event) => onChange(/** @type {HTMLInputElement} */ (event.currentTarget).checked)} />
  </label>`;
}

/** What was just done or refused. @param {{ said: string, isBad?: boolean }} props */
export function Said({ said, isBad }) {
  return html`<div role=${isBad ? "alert" : "status"}>${said && html`<p class=${isBad ? "error" : "success"}>${said}</p>`}</div>`;
}

/**
 * A form whose sending may be refused; the refusal stands above the buttons. `send` gets what was filled in.
 * @param {{ send: (given: Record<string, string>) => Promise<unknown>, button: string, onCancel?: () => void,
 *   isDanger?: boolean, class?: string, children?: unknown }} props
 */
export function SmallForm({ send, button, onCancel, isDanger, children, ...more }) {
  const [refusal, setRefusal] = useState("");
  const [isBusy, setBusy] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  useEffect(() => /** @type {HTMLElement | null} */ (form.current?.querySelector("input:not([readonly])"))?.focus(), []);

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    setBusy(true);
    setRefusal("");
    try {
      await send(/** @type {Record<string, string>} */ (Object.fromEntries(given)));
    } catch (error) {
      setRefusal(refusalWords(error));
      setBusy(false);
    }
  }
  return html`<form class=${`small-form ${more.class ?? ""}`} ref=${form} onSubmit=${submit}>
    ${children}
    ${refusal && html`<p class="error" role="alert">${refusal}</p>`}
    <div class="account-actions">
      <button class=${isDanger ? "button danger" : "button primary"} disabled=${isBusy}>${button}</button>
      ${onCancel && html`<button type="button" class="button quiet" onClick=${onCancel}>${t("account.cancel")}</button>`}
    </div>
  </form>`;
}

/**
 * What the server is asked for once; null while it has not answered.
 * @template T
 * @param {() => Promise<T>} load
 * @returns {{ value: T | null, refusal: string, reload: () => void, set: (value: T) => void }}
 */
export function useLoaded(load) {
  const [value, set] = useState(/** @type {T | null} */ (null));
  const [refusal, setRefusal] = useState("");
  function reload() {
    setRefusal("");
    load().then(set, (error) => setRefusal(refusalWords(error)));
  }
  useEffect(reload, []);
  return { value, refusal, reload, set };
}

/** While something loads, or when that did not work. @param {{ refusal: string, reload: () => void }} props */
export function Waiting({ refusal, reload }) {
  if (!refusal) return html`<p class="hint" role="status">${t("account.loading")}</p>`;
  return html`<div class="account-waiting"><p class="error" role="alert">${refusal}</p>
    <button type="button" class="button" onClick=${reload}>${t("account.again")}</button></div>`;
}
