// The form on which somebody makes his own account, on the pages of invitations and of the first run.

import { call } from "../api.js";
import { currentLanguage, t } from "../i18n.js";
import { html } from "../ui.js";
import { Field, PasswordField, SmallForm } from "./fields.js";
import { MIN_PASSWORD } from "./refusals.js";

/**
 * @param {{ path: "/api/invitation" | "/api/welcome", button: string, firstName?: string, lastName?: string, login?: string,
 *   onEnter: () => void }} props
 */
export function Entrance({ path, button, firstName = "", lastName = "", login = "", onEnter }) {
  /** @param {Record<string, string>} given */
  async function enter(given) {
    await call("POST", path, { ...given, secret: secretOfPage(), language: currentLanguage() });
    onEnter();
  }
  return html`<${SmallForm} class="entrance" send=${enter} button=${button}>
    <div class="entrance-names">
      <${Field} label=${t("profile.firstName")} name="firstName" autocomplete="given-name" maxlength="100" required
        defaultValue=${firstName} />
      <${Field} label=${t("profile.lastName")} name="lastName" autocomplete="family-name" maxlength="100" defaultValue=${lastName} />
    </div>
    <${Field} label=${t("entrance.login")} name="login" autocomplete="username" autocapitalize="none" spellcheck=${false}
      maxlength="255" required hint=${t("entrance.login_hint")} defaultValue=${login} />
    <${PasswordField} label=${t("entrance.password")} name="password" autocomplete="new-password" minlength=${MIN_PASSWORD}
      maxlength="1024" hint=${t("entrance.password_hint", { min: MIN_PASSWORD })} />
  <//>`;
}

/** The secret of the link: the last part of the page's address. */
export function secretOfPage() {
  return location.pathname.split("/").filter(Boolean)[1] ?? "";
}
