// The page of an invitation: who invites, and the form for the account.

import { Entrance, secretOfPage } from "../account/entrance.js";
import { Waiting, useLoaded } from "../account/fields.js";
import { showPage } from "../account/page.js";
import { ApiError, call } from "../api.js";
import { t } from "../i18n.js";
import { html } from "../ui.js";

/** @typedef {import("../shapes.js").Answers["GET /api/invitation"]} Invited */

/** @returns {Promise<Invited | "gone">} */
async function look() {
  try {
    return await call("GET", "/api/invitation", { secret: secretOfPage() || "-" });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return "gone";
    throw error;
  }
}

/** @param {{ spoken: string }} _props */
function Invite(_props) {
  const { value: invited, refusal, reload } = useLoaded(look);
  if (invited === null) return html`<${Waiting} refusal=${refusal} reload=${reload} />`;
  if (invited === "gone") {
    return html`<h1>${t("invite.gone.title")}</h1><p>${t("invite.gone")}</p><a class="button" href="/">${t("invite.have")}</a>`;
  }
  return html`<h1>${t("invite.title")}</h1>
    <p>${t("invite.by", { name: invited.inviterName, domain: invited.domain })}</p>
    <${Entrance} path="/api/invitation" button=${t("invite.enter")} firstName=${invited.firstName} lastName=${invited.lastName}
      login=${invited.email} onEnter=${() => location.replace("/")} />`;
}

showPage("invite.title", Invite);
