// Applications with their bots, and how their events arrive.

import { call } from "../api.js";
import { Asking, attempt, Badge, Empty } from "../dev/parts.js";
import { cause, Time } from "../dev/status.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { html, useEffect, useState } from "../ui.js";
import { Face, Head } from "./lists.js";

/** @typedef {import("../shapes.js").OwnerLine} Owner */
/** @typedef {import("../shapes.js").BotLine} Bot */

export function Bots() {
  const [found, setFound] = useState(/** @type {Owner[] | null} */ (null));
  async function load() {
    setFound((await attempt(() => call("GET", "/api/admin/bots"))) ?? []);
  }
  useEffect(() => {
    load();
  }, []);
  return html`<section class="section"><${Head} title=${t("nav.bots")} hint=${t("bots.hint")}>
      <a class="button" href="/dev"><${Icon} name="code" />${t("bots.dev")}</a><//>
    ${found === null && html`<p class="loading" role="status">${t("loading")}</p>`}
    ${found?.length === 0 && html`<${Empty} title=${t("bots.none")} hint=${t("bots.none_hint")}><a class="button primary" href="/dev/apps/new">${t("bots.new")}</a><//>`}
    <ul class="plain-list">${(found ?? []).map((one) => html`<${Application} key=${one.id} one=${one} onChange=${load} />`)}</ul>
  </section>`;
}

/** @param {{ one: Owner, onChange: () => Promise<void> }} props */
function Application({ one, onChange }) {
  async function uninstall() {
    await attempt(() => call("POST", `/api/dev/applications/${one.id}/uninstall`));
    await onChange();
  }
  const facts = [t(`bots.kind.${one.kind}`), t(`bots.transport.${one.transport}`), one.installedBy && t("bots.by", { name: one.installedBy })];
  return html`<li class="card panel"><div class="block-head"><h2><a href=${`/dev/apps/${one.id}`}>${one.name}</a></h2>
      <${Badge} kind=${one.isActive ? "good" : "soon"}>${t(one.isActive ? "bots.installed" : "bots.installing")}<//><span class="space"></span>
      <${Asking} label=${t("bots.uninstall")} question=${t("bots.uninstall_ask", { name: one.name })} isDanger=${true} class="danger-text" onYes=${uninstall} /></div>
    <p class="hint">${facts.filter(Boolean).join(" · ")}</p>
    <${Events} one=${one} />
    ${one.bots.length === 0 ? html`<p class="hint">${t("bots.no_bots")}</p>`
      : html`<ul class="plain-list crew">${one.bots.map((bot) => html`<${BotLine} key=${bot.id} bot=${bot} onChange=${onChange} />`)}</ul>`}
  </li>`;
}

/** @param {{ one: Owner }} props */
function Events({ one }) {
  const { last } = one;
  return html`<p class="events-line">
    ${last ? html`<span>${t("bots.last")}</span> <${Badge} kind=${last.state === "delivered" ? "good" : "bad"}>
      ${last.state === "delivered" ? t("bots.delivered") : cause(last.failure)}<//> <${Time} at=${last.at} isShort=${true} />` : html`<span class="none">${t("bots.no_events")}</span>`}
    ${one.waiting > 0 && html` <${Badge} kind="soon">${t("bots.waiting", { count: one.waiting })}<//>`}
    ${one.dead > 0 && html` <${Badge} kind="bad">${t("bots.dead", { count: one.dead })}<//>`}
    ${last && html` <a href="/dev/events">${t("bots.events")}</a>`}
  </p>`;
}

/** @param {{ bot: Bot, onChange: () => Promise<void> }} props */
function BotLine({ bot, onChange }) {
  async function remove() {
    await attempt(() => call("DELETE", `/api/admin/bots/${bot.id}`));
    await onChange();
  }
  const facts = [bot.code, t("bots.chats", { count: bot.chats }), bot.commands ? t("bots.commands", { count: bot.commands }) : ""];
  return html`<li class="crew-line"><span class="row-name"><${Face} src=${bot.avatar} name=${bot.name} />
      <span class="who"><strong>${bot.name}</strong><small>${facts.filter(Boolean).join(" · ")}</small></span></span>
    <${Asking} label=${t("bots.remove")} question=${t("bots.remove_ask", { name: bot.name })} isDanger=${true} class="quiet" onYes=${remove} /></li>`;
}
