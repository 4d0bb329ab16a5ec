// The fields of an application: new ones and changed ones are the same.

import { ApiError, call } from "../api.js";
import { currentLanguage, t } from "../i18n.js";
import { inspectors, loadInspectors, loadScopes, scopes } from "../state/developer.js";
import { html, useEffect, useId, useState } from "../ui.js";

/**
 * @typedef {{ name: string, scopes: string[], handlerUrl: string, installUrl: string, isApiOnly: boolean,
 *   transport: string }} Wanted
 */

/**
 * @param {{ start: Wanted, label: string, isNew?: boolean, onSend: (wanted: Wanted) => Promise<void> }} props
 */
export function ApplicationForm({ start, label, isNew, onSend }) {
  const [wanted, setWanted] = useState(start);
  const [wrong, setWrong] = useState("");
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    loadScopes();
  }, []);
  /** @param {Partial<Wanted>} changed */
  const set = (changed) => setWanted({ ...wanted, ...changed });

  /** @param {SubmitEvent} event */
  async function send(event) {
    event.preventDefault();
    if (wanted.scopes.length === 0) return setWrong(t("app.scopes_needed"));
    setBusy(true);
    try {
      await onSend(wanted);
      setWrong("");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setWrong(t("failed", { message: error.message }));
    } finally {
      setBusy(false);
    }
  }
  return html`<form class="form" onSubmit=${send}>
    ${wrong && html`<p class="error" role="alert">${wrong}</p>`}
    <${TextField} label=${t("app.name")} value=${wanted.name} isRequired=${true} onText=${(/** @type {string} */ name) => set({ name })} />
    <${ScopesField} chosen=${wanted.scopes} onChoose=${(/** @type {string[]} */ chosen) => set({ scopes: chosen })} />
    <${UrlField} label=${t("app.handler")} hint=${t("app.handler_hint")} value=${wanted.handlerUrl} onText=${(/** @type {string} */ handlerUrl) => set({ handlerUrl })} />
    <${UrlField} label=${t("app.install")} hint=${t("app.install_hint")} value=${wanted.installUrl} onText=${(/** @type {string} */ installUrl) => set({ installUrl })} />
    ${isNew && html`<${Check} label=${t("app.api_only")} isOn=${wanted.isApiOnly} onTurn=${(/** @type {boolean} */ isApiOnly) => set({ isApiOnly })} />
      <${Check} label=${t("app.pull")} isOn=${wanted.transport === "pull"} onTurn=${(/** @type {boolean} */ isOn) => set({ transport: isOn ? "pull" : "push" })} />`}
    <div class="actions"><button class="button primary" disabled=${isBusy}>${label}</button></div>
  </form>`;
}

/** @param {{ label: string, value: string, hint?: string, type?: string, isRequired?: boolean, onText: (text: string) => void }} props */
export function TextField({ label, value, hint, type = "text", isRequired, onText }) {
  const id = useId();
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input class="input" id=${id} type=${type} value=${value} required=${isRequired} maxlength=${type === "url" ? 4096 : 255}
      autocomplete="off" spellcheck=${type !== "url" && undefined} aria-describedby=${hint ? `${id}-hint` : undefined}
      onInput=${(/** @type {Event} */ event) => onText(/** @type {HTMLInputElement} */ (event.currentTarget).value)} />
    ${hint && html`<span class="hint" id=${`${id}-hint`}>${hint}</span>`}
  </div>`;
}

/** An address, or one of ours that keeps what comes. @param {{ label: string, hint: string, value: string, onText: (text: string) => void }} props */
function UrlField({ label, hint, value, onText }) {
  async function take() {
    await loadInspectors();
    const [known] = inspectors.value ?? [];
    onText((known ?? (await call("POST", "/api/dev/inspectors"))).url);
  }
  return html`<div class="with-button">
    <${TextField} label=${label} hint=${hint} type="url" value=${value} onText=${onText} />
    <button type="button" class="link" onClick=${take} aria-label=${`${label}: ${t("app.use_inspector")}`}>${t("app.use_inspector")}</button>
  </div>`;
}

/** @param {{ chosen: string[], onChoose: (scopes: string[]) => void }} props */
export function ScopesField({ chosen, onChoose }) {
  return html`<fieldset class="scopes"><legend>${t("app.scopes")}</legend>
    ${scopes.value.map((one) => html`<${Check} key=${one.name} label=${one[currentLanguage()]} small=${one.name}
      isOn=${chosen.includes(one.name)}
      onTurn=${(/** @type {boolean} */ isOn) => onChoose(isOn ? [...chosen, one.name] : chosen.filter((name) => name !== one.name))} />`)}
  </fieldset>`;
}

/** @param {{ label: string, small?: string, isOn: boolean, onTurn: (isOn: boolean) => void }} props */
export function Check({ label, small, isOn, onTurn }) {
  return html`<label class="check"><input type="checkbox" checked=${isOn}
    onChange=${(/** @type {Event} */ event) => onTurn(/** @type {HTMLInputElement} */ (event.currentTarget).checked)} />
    <span>${label}${small && html` <code>${small}</code>`}</span></label>`;
}
