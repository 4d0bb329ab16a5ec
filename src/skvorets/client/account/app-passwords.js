// Passwords for programs that can ask neither for a code nor for a new password, such as those of the other dialects.

import { call } from "../api.js";
import { formatDate, t } from "../i18n.js";
import { html, useState } from "../ui.js";
import { Field, PasswordField, SmallForm, Waiting, useLoaded } from "./fields.js";
import { refusalWords } from "./refusals.js";
import { Copy } from "./two-factor-parts.js";

/** @typedef {import("../shapes.js").Answers["GET /api/app-passwords"]} Listed */

/** @param {{ spoken?: string }} _props */
export function AppPasswords(_props) {
  const { value: listed, refusal, reload } = useLoaded(() => /** @type {Promise<Listed>} */ (call("GET", "/api/app-passwords")));
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState("");
  const [wrong, setWrong] = useState("");
  if (listed === null) return html`<${Waiting} refusal=${refusal} reload=${reload} />`;

  /** @param {Record<string, string>} given */
  async function make(given) {
    setMade((await call("POST", "/api/app-passwords", { name: given.name, password: given.password })).appPassword);
    setOpen(false);
    reload();
  }
  /** @param {number} id */
  async function revoke(id) {
    setWrong("");
    await call("DELETE", `/api/app-passwords/${id}`).catch((error) => setWrong(refusalWords(error)));
    reload();
  }
  return html`<p class="hint">${t("programs.hint")}</p>
    ${made && html`<div class="app-password" role="status"><p>${t("programs.made")}</p><code>${made}</code>
      <div class="account-actions"><${Copy} text=${made} /></div></div>`}
    <ul class="browsers">${listed.map((one) => html`<${One} key=${one.id} one=${one} onEnd=${() => revoke(one.id)} />`)}</ul>
    ${wrong && html`<p class="error" role="alert">${wrong}</p>`}
    ${isOpen
      ? html`<${SmallForm} send=${make} button=${t("programs.make")} onCancel=${() => setOpen(false)}>
          <${Field} label=${t("programs.name")} name="name" maxlength=${100} required hint=${t("programs.name_hint")} />
          <${PasswordField} label=${t("password.old")} name="password" autocomplete="current-password" /><//>`
      : html`<div class="account-actions"><button type="button" class="button"
          onClick=${() => { setMade(""); setOpen(true); }}>${t("programs.add")}</button></div>`}`;
}

/** @param {{ one: Listed[number], onEnd: () => void }} props */
function One({ one, onEnd }) {
  const used = one.usedAt ? t("programs.used", { when: formatDate(one.usedAt, { dateStyle: "medium" }) }) : t("programs.unused");
  return html`<li class="browser">
    <div><p class="browser-name" dir="auto">${one.name}</p><p class="hint">${used}</p></div>
    <button type="button" class="button small" aria-label=${t("programs.end_named", { name: one.name })}
      onClick=${onEnd}>${t("programs.end")}</button>
  </li>`;
}
