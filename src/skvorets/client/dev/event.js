// One event: what was sent, what was tried, what the handler said, and what can be done with it.

import { call } from "../api.js";
import { t } from "../i18n.js";
import { renew } from "../state/deliveries.js";
import { tell } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";
import { EditDialog } from "./edit.js";
import { attempt, Badge, Copy, Empty, Facts, Heading } from "./parts.js";
import { Payload } from "./payload.js";
import { Link, pathTo } from "./router.js";
import { cause, Status, Time } from "./status.js";

/** How often an event that is under way is looked at again, milliseconds. */
const LOOK_MS = 2000;

/** @typedef {import("../state/deliveries.js").Details} Details */

/** @param {{ id: number }} props */
export function Delivery({ id }) {
  const [shown, setShown] = useState(/** @type {Details | null | undefined} */ (undefined));
  const [isEditing, setEditing] = useState(false);
  const path = `/api/dev/deliveries/${id}`;
  async function load() {
    setShown(await call("GET", path).catch((error) => (error.status === 404 ? null : shown)));
  }
  useEffect(() => {
    load();
  }, [id]);
  const isOpen = shown?.line.state === "waiting" || shown?.line.state === "sending";
  useEffect(() => {
    const timer = isOpen ? setInterval(() => document.hidden || load(), LOOK_MS) : 0;
    return () => clearInterval(timer);
  }, [id, isOpen]);

  async function replay() {
    const done = await attempt(() => call("POST", `${path}/replay`));
    if (done) tell(t("event.replayed", { count: done.count }));
    await Promise.all([load(), renew()]);
  }
  if (shown === undefined) return html`<p class="loading" role="status">${t("loading")}</p>`;
  if (shown === null) return html`<${Back} /><${Empty} title=${t("not_found")} />`;
  const line = shown.line;
  return html`<article class="detail">
    <${Back} />
    <${Heading} name=${id}>${t("event.heading", { event: line.event, id: String(id) })}<//>
    <p class="under-heading"><${Status} line=${line} /></p>
    <div class="actions">
      <button type="button" class="button small primary" disabled=${isOpen || !shown.canBeSent} onClick=${replay}>${t("event.replay")}</button>
      <button type="button" class="button small" disabled=${!shown.canBeSent || shown.isPulling} onClick=${() => setEditing(true)}>${t("event.edit")}</button>
      ${shown.canBeSent && html`<${Copy} label=${t("event.curl")} said=${t("event.curl_copied")}
        load=${async () => (await call("POST", `${path}/curl`)).command} />`}
    </div>
    ${!shown.canBeSent && html`<p class="hint">${t("event.gone")}</p>`}
    ${shown.isPulling && html`<p class="hint">${t("event.pulls")}</p>`}
    <${Facts} rows=${[
      [t("event.created"), html`<${Time} at=${line.createdAt} />`],
      [t("event.app"), html`<${Link} to=${pathTo("apps", line.applicationId)}>${shown.application}<//>`],
      [t("event.words"), line.words],
      [t("event.chat"), line.chatId ? `${line.chat || "—"} (${line.chatId})` : ""],
      [t("event.address"), html`<code>${shown.url}</code>`],
      ["webhook-id", html`<code>${shown.webhookId}</code>`],
      [t("event.next"), line.nextAt ? (line.nextAt <= Date.now() ? t("event.now") : html`<${Time} at=${line.nextAt} />`) : ""],
    ]} />
    <${Attempts} attempts=${shown.attempts} />
    <${Payload} key=${id} pairs=${shown.pairs} reveal=${shown.canBeSent
      ? async () => (await call("POST", `${path}/reveal`)).pairs : undefined} />
    ${isEditing && html`<${EditDialog} details=${shown} onClose=${() => setEditing(false)} />`}
  </article>`;
}

function Back() {
  return html`<${Link} to=${pathTo("events")} class="back">← ${t("back")}<//>`;
}

/** @param {{ attempts: import("../state/deliveries.js").Attempt[] }} props */
function Attempts({ attempts }) {
  return html`<section class="block"><h2>${t("event.attempts")}</h2>
    ${attempts.length === 0 && html`<p class="hint">${t("event.no_attempts")}</p>`}
    <ol class="attempts">${[...attempts].reverse().map((one) => html`<li key=${one.number} class="attempt">
      <div class="attempt-head">
        <strong>${t("event.attempt", { number: one.number })}</strong>
        <${Badge} kind=${one.failure ? "bad" : "good"}>${one.httpStatus || cause(one.failure) || t("state.delivered")}<//>
        <span>${t("ms", { ms: one.durationMs })}</span>
        ${one.at > 0 && html`<${Time} at=${one.at} />`}
      </div>
      ${one.httpStatus > 0 && html`<details><summary>${t("event.answer")}</summary>
        <pre tabindex="0">${one.answer || `(${t("event.empty_answer")})`}</pre></details>`}
    </li>`)}</ol>
  </section>`;
}
