// Log-in with a code: turning it on with a phone, recovery codes, turning it off.

import { call } from "../api.js";
import { formatDate, t } from "../i18n.js";
import { html, useState } from "../ui.js";
import { Field, PasswordField, Said, SmallForm, Waiting, useLoaded } from "./fields.js";
import { Enrolment, RecoveryCodes } from "./two-factor-parts.js";

/**
 * @typedef {import("../shapes.js").Answers["POST /api/two-factor"]} Begun
 * @typedef {"" | "begin" | "off" | "renew"} Step
 */

/** @param {{ spoken?: string }} props */
export function TwoFactor({ spoken }) {
  const { value: state, refusal, reload } = useLoaded(() => call("GET", "/api/two-factor"));
  const [step, setStep] = useState(/** @type {Step} */ (""));
  const [begun, setBegun] = useState(/** @type {Begun | null} */ (null));
  const [codes, setCodes] = useState(/** @type {string[]} */ ([]));
  const [said, setSaid] = useState("");
  if (state === null) return html`<${Waiting} refusal=${refusal} reload=${reload} />`;

  /** @param {string} [words] */
  function finish(words = "") {
    setStep("");
    setBegun(null);
    setCodes([]);
    setSaid(words);
    reload();
  }
  /** @param {Record<string, string>} given */
  async function begin({ password }) {
    setBegun(await call("POST", "/api/two-factor", { password }));
  }
  /** @param {Record<string, string>} given */
  async function confirm({ code }) {
    setCodes((await call("PUT", "/api/two-factor", { code })).recoveryCodes);
    setBegun(null);
  }
  /** @param {Record<string, string>} given */
  async function switchOff({ password, code }) {
    await call("DELETE", "/api/two-factor", { password, code });
    finish("factor.off_done");
  }
  /** @param {Record<string, string>} given */
  async function renew({ password, code }) {
    setCodes((await call("POST", "/api/two-factor/recovery-codes", { password, code })).recoveryCodes);
  }
  if (codes.length) return html`<${RecoveryCodes} codes=${codes} onDone=${() => finish()} />`;
  if (begun) return html`<${Enrolment} begun=${begun} send=${confirm} onCancel=${() => finish()} />`;
  if (step === "begin") return html`<${Proof} key=${step} send=${begin} button=${t("factor.continue")} onCancel=${() => finish()} />`;
  if (step) {
    return html`<${Proof} key=${step} send=${step === "off" ? switchOff : renew} isDanger=${step === "off"} takesCode=${true}
      button=${t(step === "off" ? "factor.disable" : "factor.renew")} onCancel=${() => finish()} />`;
  }
  return html`<${Rest} state=${state} said=${said} go=${setStep} spoken=${spoken} />`;
}

/**
 * @param {{ state: { isOn: boolean, since: number, recoveryCodes: number }, said: string, go: (step: Step) => void,
 *   spoken?: string }} props
 */
function Rest({ state, said, go }) {
  if (!state.isOn) {
    return html`<p class="hint">${t("factor.about")}</p><${Said} said=${said && t(said)} />
      <div class="account-actions"><button type="button" class="button" onClick=${() => go("begin")}>${t("factor.enable")}</button></div>`;
  }
  return html`<p><span class="badge">${t("factor.on", { since: formatDate(state.since, { dateStyle: "long" }) })}</span></p>
    <p class=${state.recoveryCodes < 3 ? "warning" : "hint"}>${t("factor.codes_left", { count: state.recoveryCodes })}</p>
    <div class="account-actions">
      <button type="button" class="button" onClick=${() => go("renew")}>${t("factor.renew")}</button>
      <button type="button" class="button quiet" onClick=${() => go("off")}>${t("factor.disable")}</button>
    </div>`;
}

/**
 * @param {{ send: (given: Record<string, string>) => Promise<void>, button: string, onCancel: () => void,
 *   isDanger?: boolean, takesCode?: boolean }} props
 */
function Proof({ send, button, onCancel, isDanger, takesCode }) {
  return html`<${SmallForm} send=${send} button=${button} onCancel=${onCancel} isDanger=${isDanger}>
    ${takesCode && html`<p class="hint">${t("factor.wanted")}</p>`}
    <${PasswordField} label=${t("factor.password")} name="password" autocomplete="current-password" />
    ${takesCode && html`<${Field} label=${t("factor.code_or_recovery")} name="code" autocomplete="one-time-code"
      autocapitalize="none" spellcheck=${false} maxlength="64" required />`}
  <//>`;
}
