// A new application, and what is shown of it once.

import { call } from "../api.js";
import { t } from "../i18n.js";
import { envText, loadApps } from "../state/developer.js";
import { html, useState } from "../ui.js";
import { ApplicationForm } from "./application-form.js";
import { Code, Facts, Heading } from "./parts.js";
import { Link, pathTo } from "./router.js";

/** @type {import("./application-form.js").Wanted} */
const START = { name: "", scopes: ["im", "imbot"], handlerUrl: "", installUrl: "", isApiOnly: true, transport: "push" };

/**
 * @typedef {{ application: import("../state/developer.js").App, clientSecret: string,
 *   environment: import("../state/developer.js").Environment }} Made
 */

export function NewApplication() {
  const [made, setMade] = useState(/** @type {Made | null} */ (null));
  /** @param {import("./application-form.js").Wanted} wanted */
  async function create(wanted) {
    const answer = await call("POST", "/api/dev/applications", wanted);
    const environment = await call("POST", `/api/dev/applications/${answer.application.id}/reveal`);
    setMade({ ...answer, environment });
    await loadApps();
  }
  return html`<article class="detail">
    <${Link} to=${pathTo("apps")} class="back">← ${t("back")}<//>
    ${made ? html`<${Secrets} made=${made} />` : html`
      <${Heading} name="new">${t("app.new_heading")}<//>
      <${ApplicationForm} start=${START} label=${t("app.create")} isNew=${true} onSend=${create} />`}
  </article>`;
}

/** @param {{ made: Made }} props */
function Secrets({ made }) {
  const { application, environment, clientSecret } = made;
  return html`
    <${Heading} name="made">${t("app.made", { name: application.name })}<//>
    <p class="warning">${t("app.secret_once")}</p>
    <${Facts} rows=${[
      ["client_id", html`<code>${application.clientId}</code>`],
      ["client_secret", html`<code class="secret">${clientSecret}</code>`],
      ["application_token", html`<code>${environment.applicationToken}</code>`],
    ]} />
    <section class="block"><h2>${t("app.env")}</h2>
      <${Code} text=${envText(environment, clientSecret)} label=".env" /></section>
    <div class="actions"><${Link} to=${pathTo("apps", application.id)} class="button">${t("app.to_app")}<//></div>`;
}
