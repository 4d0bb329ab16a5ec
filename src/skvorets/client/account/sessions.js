// The browsers in which the person is logged in.

import { call } from "../api.js";
import { formatDate, t } from "../i18n.js";
import { browserOf } from "../lib/user_agents.js";
import { html, useState } from "../ui.js";
import { Waiting, useLoaded } from "./fields.js";
import { refusalWords } from "./refusals.js";

/** @typedef {import("../shapes.js").Answers["GET /api/sessions"]} Listed */

/** @param {{ spoken?: string }} _props */
export function Sessions(_props) {
  const { value: listed, refusal, reload } = useLoaded(() => /** @type {Promise<Listed>} */ (call("GET", "/api/sessions")));
  const [wrong, setWrong] = useState("");
  if (listed === null) return html`<${Waiting} refusal=${refusal} reload=${reload} />`;
  /** @param {string} path */
  async function end(path) {
    setWrong("");
    await call("DELETE", path).catch((error) => setWrong(refusalWords(error)));
    reload();
  }
  return html`<ul class="browsers">${listed.map((one) => html`
      <${One} key=${one.id} one=${one} onEnd=${() => end(`/api/sessions/${one.id}`)} />`)}</ul>
    ${wrong && html`<p class="error" role="alert">${wrong}</p>`}
    ${listed.length > 1 && html`<div class="account-actions"><button type="button" class="button"
      onClick=${() => end("/api/sessions")}>${t("sessions.end_others")}</button></div>`}`;
}

/** @param {{ one: Listed[number], onEnd: () => void }} props */
function One({ one, onEnd }) {
  const { browser, system } = browserOf(one.userAgent);
  const name = browser ? (system ? t("sessions.on", { browser, system }) : browser) : t("sessions.unknown");
  return html`<li class="browser">
    <div>
      <p class="browser-name" title=${one.userAgent}>${name}
        ${one.isCurrent && html` <span class="badge">${t("sessions.this")}</span>`}</p>
      <p class="hint">${[one.address, !one.isCurrent && t("sessions.seen", { when: formatDate(one.seenAt, { dateStyle: "medium", timeStyle: "short" }) })]
        .filter(Boolean).join(" · ")}</p>
    </div>
    ${!one.isCurrent && html`<button type="button" class="button small" aria-label=${t("sessions.end_named", { name })}
      onClick=${onEnd}>${t("sessions.end")}</button>`}
  </li>`;
}
