// Addresses of ours that keep what is sent to them: the first bot needs no server.

import { call } from "../api.js";
import { formatDate, formatSize, t } from "../i18n.js";
import { inspectors, loadInspectors } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";
import { Asking, attempt, Badge, Code, Empty, Heading, splitClass } from "./parts.js";
import { Payload } from "./payload.js";
import { go, Link, pathTo, place } from "./router.js";
import { Time } from "./status.js";

/** How often new requests are asked for, milliseconds. */
const RENEW_MS = 2000;

/**
 * @typedef {import("../state/forms.js").Pair} Pair
 * @typedef {{ id: number, at: number, verb: string, query: string, headers: Pair[], body: string, bodySize: number,
 *   form: Pair[] | null }} Kept
 * @typedef {{ inspector: import("../state/developer.js").Inspector, requests: Kept[] }} Seen
 */

export function Inspectors() {
  const chosen = Number(place.value[1]) || 0;
  useEffect(() => {
    attempt(loadInspectors);
  }, []);
  async function add() {
    const made = await attempt(() => call("POST", "/api/dev/inspectors"));
    await attempt(loadInspectors);
    if (made) go(pathTo("inspectors", made.id));
  }
  const found = inspectors.value;
  return html`<div class=${splitClass(chosen > 0, false)}>
    <section class="pane list-pane" aria-label=${t("nav.inspectors")}>
      <div class="list-head"><p class="hint">${t("inspect.hint")}</p>
        <button type="button" class="button primary" onClick=${add}>${t("inspect.new")}</button></div>
      ${found?.length === 0 && html`<${Empty} title=${t("inspect.none")} />`}
      <ul class="list">${(found ?? []).map((one) => html`<li key=${one.id} class=${one.id === chosen ? "row chosen" : "row"}>
        <${Link} to=${pathTo("inspectors", one.id)} class="row-link" current=${one.id === chosen && "true"}>
          <code class="row-middle">${new URL(one.url).pathname}</code><${Time} at=${one.createdAt} isShort=${true} />
        <//></li>`)}</ul>
    </section>
    <section class="pane detail-pane" aria-label=${t("inspect.requests")}>
      ${chosen ? html`<${Requests} key=${chosen} id=${chosen} />` : html`<${Empty} title=${t("inspect.choose")} />`}
    </section>
  </div>`;
}

/** @param {{ id: number }} props */
function Requests({ id }) {
  const [seen, setSeen] = useState(/** @type {Seen | null | undefined} */ (undefined));
  const path = `/api/dev/inspectors/${id}`;
  useEffect(() => {
    const load = () => call("GET", path).then(setSeen, (error) => error.status === 404 && setSeen(null));
    load();
    const timer = setInterval(() => document.hidden || load(), RENEW_MS);
    return () => clearInterval(timer);
  }, [id]);
  async function remove() {
    await attempt(() => call("DELETE", path));
    await attempt(loadInspectors);
    go(pathTo("inspectors"));
  }
  const back = html`<${Link} to=${pathTo("inspectors")} class="back">← ${t("back")}<//>`;
  if (seen === undefined) return html`<p class="loading" role="status">${t("loading")}</p>`;
  if (seen === null) return html`${back}<${Empty} title=${t("not_found")} />`;
  const { url, expiresAt } = seen.inspector;
  return html`<article class="detail">
    ${back}
    <${Heading} name=${id}>${t("nav.inspectors")}<//>
    <${Code} text=${url} label=${t("nav.inspectors")} />
    <p class="hint">${t("inspect.until", { date: formatDate(expiresAt, { dateStyle: "medium" }) })}</p>
    <div class="actions"><${Asking} label=${t("inspect.remove")} question=${t("inspect.remove_ask")} isDanger=${true} class="danger-text" onYes=${remove} /></div>
    ${seen.requests.length === 0 && html`<div class="block"><p role="status">${t("inspect.waiting")}</p><p class="hint">${t("inspect.try")}</p>
      <${Code} text=${`curl -d hello=world '${url}'`} label="curl" /></div>`}
    ${seen.requests.map((one, at) => html`<${Request} key=${one.id} one=${one} isFirst=${at === 0} path=${path} />`)}
  </article>`;
}

/** @param {{ one: Kept, isFirst: boolean, path: string }} props */
function Request({ one, isFirst, path }) {
  const event = one.form?.find(([name]) => name === "event")?.[1] ?? "";
  async function reveal() {
    const whole = /** @type {Seen} */ (await call("POST", `${path}/reveal`));
    return whole.requests.find((found) => found.id === one.id)?.form ?? [];
  }
  return html`<details class="card kept" open=${isFirst}>
    <summary><${Badge} kind="plain">${one.verb}<//> <strong>${event || one.query}</strong> <${Time} at=${one.at} isShort=${true} /></summary>
    ${one.form ? html`<${Payload} pairs=${one.form} reveal=${reveal} />` : one.body && html`<pre class="answer" tabindex="0">${one.body}</pre>`}
    ${one.bodySize > 65536 && html`<p class="hint">${t("inspect.cut", { size: formatSize(one.bodySize) })}</p>`}
    <details class="headers"><summary>${t("inspect.headers")}</summary>
      <pre tabindex="0">${one.headers.map(([name, value]) => `${name}: ${value}`).join("\n")}</pre></details>
  </details>`;
}
