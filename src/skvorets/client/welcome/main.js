// The page of the first run: making the administrator.

import { Entrance, secretOfPage } from "../account/entrance.js";
import { Waiting, useLoaded } from "../account/fields.js";
import { showPage } from "../account/page.js";
import { ApiError, call } from "../api.js";
import { t } from "../i18n.js";
import { html } from "../ui.js";

/** @returns {Promise<"good" | "gone">} */
async function look() {
  try {
    await call("GET", "/api/welcome", { secret: secretOfPage() || "-" });
    return "good";
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return "gone";
    throw error;
  }
}

/** @param {{ spoken: string }} _props */
function Welcome(_props) {
  const { value: link, refusal, reload } = useLoaded(look);
  if (link === null) return html`<${Waiting} refusal=${refusal} reload=${reload} />`;
  if (link === "gone") {
    return html`<h1>${t("invite.gone.title")}</h1><p>${t("welcome.gone")}</p><a class="button" href="/">${t("invite.have")}</a>`;
  }
  return html`<h1>${t("welcome.title")}</h1><p>${t("welcome.about")}</p>
    <${Entrance} path="/api/welcome" button=${t("welcome.enter")} onEnter=${() => location.replace("/")} />`;
}

showPage("welcome.title", Welcome);
