// How the person logs in: password, codes, browsers.

import { t } from "../i18n.js";
import { html } from "../ui.js";
import { AppPasswords } from "./app-passwords.js";
import { Password } from "./password.js";
import { Sessions } from "./sessions.js";
import { TwoFactor } from "./two-factor.js";

/** @param {{ spoken?: string }} props `spoken`: the language, so that words follow it */
export function Security({ spoken }) {
  return html`<div class="account">
    <${Part} title=${t("password.title")}><${Password} spoken=${spoken} /><//>
    <${Part} title=${t("factor.title")}><${TwoFactor} spoken=${spoken} /><//>
    <${Part} title=${t("programs.title")}><${AppPasswords} spoken=${spoken} /><//>
    <${Part} title=${t("sessions.title")}><${Sessions} spoken=${spoken} /><//>
  </div>`;
}

/** @param {{ title: string, children?: unknown }} props */
function Part({ title, children }) {
  return html`<section class="account-part" aria-label=${title}><h3>${title}</h3>${children}</section>`;
}
