// What a program of the application needs to know: shown on demand, the client secret only when it is made.

import { call } from "../api.js";
import { t } from "../i18n.js";
import { envText } from "../state/developer.js";
import { html, useState } from "../ui.js";
import { Asking, attempt, Code, Facts } from "./parts.js";

const DOTS = "••••••••";

/** @param {{ app: import("../state/developer.js").App }} props */
export function Keys({ app }) {
  const [known, setKnown] = useState(/** @type {import("../state/developer.js").Environment | null} */ (null));
  const [secret, setSecret] = useState("");
  const path = `/api/dev/applications/${app.id}`;
  async function show() {
    setKnown((await attempt(() => call("POST", `${path}/reveal`))) ?? null);
  }
  async function rotate() {
    const made = await attempt(() => call("POST", `${path}/secret`));
    if (!made) return;
    setSecret(made.clientSecret);
    await show();
  }
  const isLocal = app.kind === "local";
  return html`<section class="block">
    <div class="block-head"><h2>${t("app.keys")}</h2><span class="space"></span>
      ${!known && html`<button type="button" class="button small" onClick=${show}>${t("show_secrets")}</button>`}
      ${isLocal && html`<${Asking} label=${t("app.rotate")} question=${t("app.rotate_ask", { name: app.name })} onYes=${rotate} />`}
    </div>
    ${secret && html`<p class="warning">${t("app.secret_once")}</p>`}
    <${Facts} rows=${[
      ["client_id", html`<code>${app.clientId}</code>`],
      ["client_secret", !isLocal ? "" : html`<code class="secret">${secret || DOTS}</code>`],
      ["application_token", html`<code>${known?.applicationToken ?? DOTS}</code>`],
      [t("app.signing_key"), html`<code>${known?.signingKey ?? DOTS}</code>`],
    ]} />
    ${known && html`<${Code} text=${envText(known, secret)} label=".env" />`}
  </section>`;
}
