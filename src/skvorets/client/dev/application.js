// One application: what it is, its keys, its bots and subscriptions, and what can befall its installation.

import { ApiError, call } from "../api.js";
import { t } from "../i18n.js";
import { filterBy, NO_FILTERS } from "../state/deliveries.js";
import { limits, loadApps, policies, tell } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";
import { ApplicationForm } from "./application-form.js";
import { Bots, Subscriptions } from "./application-parts.js";
import { Asking, attempt, Badge, Dialog, Empty, Facts, Heading } from "./parts.js";
import { Keys } from "./keys.js";
import { Link, pathTo } from "./router.js";
import { Time } from "./status.js";

/**
 * @typedef {import("../state/developer.js").App} App
 * @typedef {{ application: App, bots: import("./application-parts.js").Bot[],
 *   subscriptions: import("./application-parts.js").Subscription[] }} Details
 */

/** @param {{ id: number }} props */
export function Application({ id }) {
  const [shown, setShown] = useState(/** @type {Details | null | undefined} */ (undefined));
  const path = `/api/dev/applications/${id}`;
  async function load() {
    try {
      setShown(await call("GET", path));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404) setShown(null);
      else tell(error.status === 0 ? t("offline") : t("failed", { message: error.message }), true);
    }
  }
  useEffect(() => {
    load();
  }, [id]);
  /** @param {() => Promise<unknown>} act */
  async function change(act) {
    if ((await attempt(act)) !== undefined) tell(t("app.done"));
    await Promise.all([load(), attempt(loadApps)]);
  }
  const back = html`<${Link} to=${pathTo("apps")} class="back">← ${t("back")}<//>`;
  if (shown === undefined) return html`<p class="loading" role="status">${t("loading")}</p>`;
  if (shown === null) return html`${back}<${Empty} title=${t("not_found")} />`;
  const app = shown.application;
  return html`<article class="detail">
    ${back}
    <${Heading} name=${id}>${app.name}<//>
    <p class="under-heading"><${Badge} kind=${app.state === "installed" ? "good" : "plain"}>${t(`apps.state.${app.state}`)}<//></p>
    <div class="actions">
      <${Link} to=${pathTo("events")} class="button small" onGo=${() => filterBy({ ...NO_FILTERS, application: String(id) })}>${t("app.events")}<//>
      ${app.kind === "local" && html`<${Changes} app=${app} onDone=${load} />`}
      <${Befalls} app=${app} onAct=${change} />
    </div>
    <${Facts} rows=${[
      [t("app.scopes"), app.scopes.map((one) => html`<code key=${one} class="chip">${one}</code> `)],
      [t("app.handler"), app.handlerUrl && html`<code>${app.handlerUrl}</code>`],
      [t("app.install"), app.installUrl && html`<code>${app.installUrl}</code>`],
      [t("app.version"), String(app.version)],
      [t("app.installed_by"), app.installedBy],
      [t("app.created"), html`<${Time} at=${app.createdAt} />`],
    ]} />
    <${Settings} app=${app} onChoose=${(/** @type {Record<string, string>} */ given) => change(() => call("PATCH", path, given))} />
    <${Keys} app=${app} />
    <${Bots} bots=${shown.bots} />
    <${Subscriptions} subscriptions=${shown.subscriptions} />
  </article>`;
}

/** @param {{ app: App, onDone: () => Promise<void> }} props */
function Changes({ app, onDone }) {
  const [isOpen, setOpen] = useState(false);
  /** @param {import("./application-form.js").Wanted} wanted */
  async function save({ name, scopes, handlerUrl, installUrl }) {
    await call("PATCH", `/api/dev/applications/${app.id}`, { name, scopes, handlerUrl, installUrl });
    setOpen(false);
    tell(t("app.saved"));
    await Promise.all([onDone(), attempt(loadApps)]);
  }
  return html`<button type="button" class="button small" onClick=${() => setOpen(true)}>${t("app.edit")}</button>
    ${isOpen && html`<${Dialog} title=${app.name} isWide=${true} onClose=${() => setOpen(false)}>
      <${ApplicationForm} start=${app} label=${t("save")} onSend=${save} />
    <//>`}`;
}

/** @param {{ app: App, onAct: (act: () => Promise<unknown>) => Promise<void> }} props */
function Befalls({ app, onAct }) {
  const given = { name: app.name, version: String(app.version + 1) };
  /** @param {string} act */
  const post = (act) => onAct(async () => (await call("POST", `/api/dev/applications/${app.id}/${act}`)) ?? true);
  const isLocal = app.kind === "local";
  return html`
    ${isLocal && html`<${Asking} label=${t(app.state === "removed" ? "app.install_now" : "app.reinstall")}
      question=${t("app.reinstall_ask", given)} onYes=${() => post("install")} />`}
    ${isLocal && app.state === "installed" && html`<${Asking} label=${t("app.update")} question=${t("app.update_ask", given)}
      onYes=${() => post("update")} />`}
    ${app.state !== "removed" && html`<${Asking} label=${t("app.uninstall")} question=${t("app.uninstall_ask", given)}
      isDanger=${true} class="danger-text" onYes=${() => post("uninstall")} />`}`;
}

/** @param {{ app: App, onChoose: (given: Record<string, string>) => void }} props */
function Settings({ app, onChoose }) {
  /**
   * @param {"limits" | "delivery" | "transport"} name
   * @param {string} label
   * @param {[value: string, words: string][]} options
   */
  const choice = (name, label, options) => html`<label class="field"><span class="label">${label}</span>
    <select class="input" value=${app[name]} onChange=${(/** @type {Event} */ event) =>
      onChoose({ [name]: /** @type {HTMLSelectElement} */ (event.currentTarget).value })}>
      ${options.map(([value, words]) => html`<option key=${value} value=${value} selected=${value === app[name]}>${words}</option>`)}
    </select></label>`;
  /** @param {string[]} names @returns {[string, string][]} */
  const named = (names) => [["", t("app.as_portal")], ...names.map((one) => /** @type {[string, string]} */ ([one, one]))];
  return html`<div class="filter-grid block">
    ${choice("limits", t("app.limits"), named(limits.value))}
    ${choice("delivery", t("app.policy"), named(policies.value))}
    ${choice("transport", t("app.transport"), [["push", t("app.push")], ["pull", t("app.pulls")]])}
  </div>`;
}
