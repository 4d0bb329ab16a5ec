// Inbound webhooks: secret addresses that call methods in one's name.

import { ApiError, call } from "../api.js";
import { formatDate, t } from "../i18n.js";
import { loadScopes, session } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";
import { ScopesField, TextField } from "./application-form.js";
import { Asking, attempt, Code, Dialog, Empty } from "./parts.js";

/**
 * @typedef {{ id: number, personId: number, personName: string, title: string, scopes: string[], isActive: boolean,
 *   expiresAt: number, createdAt: number }} Webhook
 */

export function Webhooks() {
  const [found, setFound] = useState(/** @type {Webhook[] | null} */ (null));
  const [isMaking, setMaking] = useState(false);
  async function load() {
    const listed = await attempt(() => call("GET", "/api/dev/webhooks"));
    if (listed) setFound(listed);
  }
  useEffect(() => {
    load();
  }, []);
  return html`<div class="single">
    <div class="block-head"><h1>${t("nav.webhooks")}</h1><span class="space"></span>
      <button type="button" class="button primary" onClick=${() => setMaking(true)}>${t("hooks.new")}</button></div>
    <p class="hint">${t("hooks.hint")}</p>
    ${found?.length === 0 && html`<${Empty} title=${t("hooks.none")} />`}
    <ul class="plain-list cards">${(found ?? []).map((one) => html`<${Card} key=${one.id} one=${one} onGone=${load} />`)}</ul>
    ${isMaking && html`<${New} onMade=${load} onClose=${() => setMaking(false)} />`}
  </div>`;
}

/** @param {{ one: Webhook, onGone: () => Promise<void> }} props */
function Card({ one, onGone }) {
  const title = one.title || t("hooks.untitled");
  async function revoke() {
    await attempt(() => call("DELETE", `/api/dev/webhooks/${one.id}`));
    await onGone();
  }
  const until = !one.isActive ? t("hooks.over") : one.expiresAt ? t("hooks.until", { date: formatDate(one.expiresAt, { dateStyle: "medium" }) }) : "";
  const whose = one.personId === session.value?.me.id ? "" : one.personName;
  return html`<li class="card line">
    <div class="block-head"><strong>${title}</strong><span class="space"></span>
      <${Asking} label=${t("hooks.revoke")} question=${t("hooks.revoke_ask", { title })} isDanger=${true} class="danger-text" onYes=${revoke} /></div>
    <p class="hint">${[whose, formatDate(one.createdAt, { dateStyle: "medium" }), until].filter(Boolean).join(" · ")}</p>
    <p>${one.scopes.map((scope) => html`<code key=${scope} class="chip">${scope}</code> `)}</p>
  </li>`;
}

/** @param {{ onMade: () => Promise<void>, onClose: () => void }} props */
function New({ onMade, onClose }) {
  const [title, setTitle] = useState("");
  const [days, setDays] = useState("0");
  const [chosen, setChosen] = useState(["im", "imbot"]);
  const [url, setUrl] = useState("");
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    loadScopes();
  }, []);
  /** @param {SubmitEvent} event */
  async function make(event) {
    event.preventDefault();
    if (chosen.length === 0) return setWrong(t("app.scopes_needed"));
    try {
      const made = await call("POST", "/api/dev/webhooks", { title, scopes: chosen, days: Number(days) || 0 });
      setUrl(made.url);
      await onMade();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setWrong(t("failed", { message: error.message }));
    }
  }
  if (url) {
    return html`<${Dialog} title=${t("hooks.made")} onClose=${onClose} isWide=${true}>
      <div class="form"><p class="warning">${t("hooks.once")}</p>
        <${Code} text=${url} label=${t("hooks.made")} />
        <h3>${t("hooks.try")}</h3><${Code} text=${`curl '${url}profile'`} label="curl" /></div>
    <//>`;
  }
  return html`<${Dialog} title=${t("hooks.new")} onClose=${onClose}>
    <form class="form" onSubmit=${make}>
      ${wrong && html`<p class="error" role="alert">${wrong}</p>`}
      <${TextField} label=${t("hooks.title")} value=${title} onText=${setTitle} />
      <${ScopesField} chosen=${chosen} onChoose=${setChosen} />
      <${TextField} label=${t("hooks.days")} hint=${t("hooks.days_hint")} type="number" value=${days} onText=${setDays} />
      <div class="actions"><button class="button primary">${t("hooks.new")}</button></div>
    </form>
  <//>`;
}
