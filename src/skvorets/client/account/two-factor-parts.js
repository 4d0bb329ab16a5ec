// What is shown once: the key for the phone, and the recovery codes.

import { t } from "../i18n.js";
import { html, useState } from "../ui.js";
import { Field, SmallForm } from "./fields.js";

/**
 * @param {{ begun: import("./two-factor.js").Begun, send: (given: Record<string, string>) => Promise<void>,
 *   onCancel: () => void }} props
 */
export function Enrolment({ begun, send, onCancel }) {
  const { size, path } = begun.qr;
  const key = begun.secret.replace(/(.{4})(?=.)/g, "$1 ");
  return html`<${SmallForm} send=${send} button=${t("factor.confirm")} onCancel=${onCancel}>
    <p>${t("factor.scan")}</p>
    <svg class="qr" viewBox=${`0 0 ${size} ${size}`} role="img" aria-label=${t("factor.qr")} shape-rendering="crispEdges">
      <rect class="qr-light" width=${size} height=${size} /><path class="qr-dark" d=${path} /></svg>
    <div class="qr-key"><span class="hint">${t("factor.key")}</span><code>${key}</code>
      <${Copy} text=${begun.secret} /></div>
    <${Field} label=${t("factor.code")} name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required />
  <//>`;
}

/** @param {{ codes: string[], onDone: () => void }} props */
export function RecoveryCodes({ codes, onDone }) {
  const text = codes.join("\n") + "\n";
  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${t("factor.recovery.file")} (${location.host})\n\n${text}`]));
    link.download = "skvorets-recovery-codes.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  return html`<div class="small-form" role="group" aria-label=${t("factor.recovery.title")}>
    <h4>${t("factor.recovery.title")}</h4>
    <p>${t("factor.recovery.about")}</p>
    <ul class="recovery-codes">${codes.map((one) => html`<li key=${one}><code>${one}</code></li>`)}</ul>
    <div class="account-actions">
      <button type="button" class="button primary" onClick=${onDone}>${t("factor.recovery.done")}</button>
      <${Copy} text=${text} />
      <button type="button" class="button" onClick=${save}>${t("factor.recovery.save")}</button>
    </div>
  </div>`;
}

/** @param {{ text: string }} props */
export function Copy({ text }) {
  const [isDone, setDone] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  }
  // Without https there is no clipboard; the text can be marked by hand.
  if (!navigator.clipboard) return null;
  return html`<button type="button" class="button" onClick=${copy}>${t(isDone ? "account.copied" : "account.copy")}</button>`;
}
