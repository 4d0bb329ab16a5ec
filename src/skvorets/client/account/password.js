// The person's password: with what he logs in, and changing it.

import { call } from "../api.js";
import { t } from "../i18n.js";
import { html, useState } from "../ui.js";
import { PasswordField, Said, SmallForm, Waiting, useLoaded } from "./fields.js";

/** @param {{ spoken?: string }} _props */
export function Password(_props) {
  const { value: own, refusal, reload } = useLoaded(() => call("GET", "/api/password"));
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  if (own === null) return html`<${Waiting} refusal=${refusal} reload=${reload} />`;

  /** @param {Record<string, string>} given */
  async function change(given) {
    await call("PUT", "/api/password", { old: given.old, new: given.new });
    setOpen(false);
    setSaid("password.changed");
  }
  if (isOpen) {
    return html`<${SmallForm} send=${change} button=${t("password.change")} onCancel=${() => setOpen(false)}>
      <input class="hidden-visually" name="username" autocomplete="username" value=${own.login} readonly tabindex="-1"
        aria-label=${t("entrance.login")} />
      <${PasswordField} label=${t("password.old")} name="old" autocomplete="current-password" />
      <${PasswordField} label=${t("password.new")} name="new" autocomplete="new-password" minlength=${own.minLength}
        hint=${t("password.hint", { min: own.minLength })} />
    <//>`;
  }
  return html`<p>${t("password.login", { login: own.login })}</p>
    <${Said} said=${said && t(said)} />
    <div class="account-actions"><button type="button" class="button" disabled=${!own.login}
      onClick=${() => { setSaid(""); setOpen(true); }}>${t("password.change")}</button></div>`;
}
