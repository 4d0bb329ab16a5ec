// Bots with their commands, and where the events of an application go.

import { t } from "../i18n.js";
import { html } from "../ui.js";
import { Badge } from "./parts.js";
import { cause, shortTime, Time } from "./status.js";

/**
 * @typedef {{ id: number, name: string, code: string, kind: string,
 *   commands: { name: string, isCommon: boolean, isHidden: boolean }[] }} Bot
 * @typedef {{ at: number, state: string, http_status: number, failure: string }} LastWord
 * @typedef {{ id: number, event: string, url: string, isOffline: boolean, last: LastWord | null, isHeld: boolean,
 *   nextAttemptAt: number }} Subscription
 */

/** @param {{ bots: Bot[] }} props */
export function Bots({ bots }) {
  return html`<section class="block"><h2>${t("app.bots")}</h2>
    ${bots.length === 0 && html`<p class="hint">${t("app.no_bots")}</p>`}
    <ul class="plain-list">${bots.map((one) => html`<li key=${one.id} class="bot">
      <strong>${one.name}</strong> <span class="number">${t("number", { id: String(one.id) })}</span> <code>${one.code}</code>
      ${one.commands.map((command) => html` <code key=${command.name} class="chip">/${command.name}</code>`)}
    </li>`)}</ul>
  </section>`;
}

/** @param {{ subscriptions: Subscription[] }} props */
export function Subscriptions({ subscriptions }) {
  return html`<section class="block"><h2>${t("app.subscriptions")}</h2>
    ${subscriptions.length === 0 && html`<p class="hint">${t("app.no_subscriptions")}</p>`}
    <ul class="plain-list">${subscriptions.map((one) => html`<li key=${one.id} class="line">
      <div class="attempt-head"><strong class="event-name">${one.event}</strong> <${Last} subscription=${one} /></div>
      <code>${one.isOffline ? t("app.offline_event") : one.url}</code>
      ${one.isHeld && html`<p class="warning">${t("app.held", { time: shortTime(one.nextAttemptAt) })}</p>`}
    </li>`)}</ul>
  </section>`;
}

/** @param {{ subscription: Subscription }} props */
function Last({ subscription: { last, isOffline } }) {
  if (isOffline) return null;
  if (last === null) return html`<span class="hint">${t("app.never")}</span>`;
  const words = last.http_status || cause(last.failure) || t("state.delivered");
  return html`<${Badge} kind=${last.state === "delivered" ? "good" : "bad"}>${words}<//> <${Time} at=${last.at} isShort=${true} />`;
}
