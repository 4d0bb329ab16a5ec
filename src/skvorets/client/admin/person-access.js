// Whether somebody gets in: one-time password, sessions, second factor, disabling.

import { call } from "../api.js";
import { Field, SmallForm } from "../account/fields.js";
import { Asking, attempt, Code, Dialog } from "../dev/parts.js";
import { t } from "../i18n.js";
import { session, tell } from "../state/developer.js";
import { html, useState } from "../ui.js";

/** @typedef {import("../shapes.js").PersonCard} PersonCard */

/** @param {{ card: PersonCard, onChange: () => Promise<void> }} props */
export function Access({ card, onChange }) {
  const { person } = card;
  const [isSetting, setSetting] = useState(false);
  const path = `/api/admin/people/${person.id}`;
  /**
   * @param {"POST" | "DELETE"} verb
   * @param {string} last
   * @param {string} done
   */
  async function act(verb, last, done) {
    const answer = await attempt(() => call(verb, `${path}/${last}`));
    if (answer === null) tell(t(done));
    await onChange();
  }
  const isMe = person.id === session.value?.me.id;
  return html`<section class="card panel"><h2>${t("access.title")}</h2>
    <${Line} title=${t("access.password")} hint=${t("access.password_hint")}>
      <button type="button" class="button small" onClick=${() => setSetting(true)}>${t("access.password_set")}</button><//>
    ${card.sessions > 0 && html`<${Line} title=${t("access.sessions", { count: card.sessions })} hint=${t("access.sessions_hint")}>
      <${Asking} label=${t("access.sessions_end")} question=${t("access.sessions_ask", { name: person.name })}
        onYes=${() => act("DELETE", "sessions", "access.sessions_done")} /><//>`}
    ${card.hasSecondFactor && html`<${Line} title=${t("access.factor")} hint=${t("access.factor_hint")}>
      <${Asking} label=${t("access.factor_off")} question=${t("access.factor_ask", { name: person.name })} isDanger=${true}
        onYes=${() => act("DELETE", "two-factor", "access.factor_done")} /><//>`}
    ${person.isActive && !isMe && html`<${Line} title=${t("access.disable")} hint=${t("access.disable_hint")}>
      <${Asking} label=${t("access.disable_do")} question=${t("access.disable_ask", { name: person.name })} isDanger=${true}
        class="danger-text" onYes=${() => act("POST", "disable", "access.disabled")} /><//>`}
    ${!person.isActive && html`<${Line} title=${t("access.enable")} hint=${t("access.enable_hint")}>
      <button type="button" class="button small" onClick=${() => act("POST", "enable", "access.enabled")}>${t("access.enable_do")}</button><//>`}
    ${isSetting && html`<${Password} card=${card} onChange=${onChange} onClose=${() => setSetting(false)} />`}
  </section>`;
}

/** @param {{ title: string, hint: string, children?: unknown }} props */
function Line({ title, hint, children }) {
  return html`<div class="deed"><div><strong>${title}</strong><p class="hint">${hint}</p></div><div>${children}</div></div>`;
}

/** @param {{ card: PersonCard, onChange: () => Promise<void>, onClose: () => void }} props */
function Password({ card, onChange, onClose }) {
  const [made, setMade] = useState(/** @type {import("../shapes.js").OneTimePassword | null} */ (null));
  const { person } = card;
  /** @param {Record<string, string>} given */
  async function set(given) {
    setMade(await call("POST", `/api/admin/people/${person.id}/password`, given));
    await onChange();
  }
  if (made) {
    return html`<${Dialog} title=${t("access.password_made")} onClose=${onClose}><div class="form">
      <p class="warning">${t("access.password_once")}</p>
      <${Code} text=${`${t("people.login")}: ${made.login}\n${t("access.password_word")}: ${made.password}`} label=${t("access.password_made")} /></div>
    <//>`;
  }
  return html`<${Dialog} title=${t("access.password_set")} onClose=${onClose}>
    <${SmallForm} send=${set} button=${t("access.password_set")} onCancel=${onClose}>
      <p>${t("access.password_ask", { name: person.name })}</p>
      <${Field} label=${t("people.login")} name="login" maxlength="255" required autocomplete="off" autocapitalize="none"
        spellcheck=${false} defaultValue=${person.login || person.email} />
    <//>
  <//>`;
}
