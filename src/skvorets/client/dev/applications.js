// The applications: the list on the left, one of them or a new one on the right.

import { t } from "../i18n.js";
import { apps, loadApps, session } from "../state/developer.js";
import { html, useEffect } from "../ui.js";
import { Application } from "./application.js";
import { NewApplication } from "./application-new.js";
import { attempt, Badge, Code, Empty, splitClass } from "./parts.js";
import { Link, pathTo, place } from "./router.js";

const STATE_KINDS = { installed: "good", installing: "soon", removed: "plain" };

export function Applications() {
  const chosen = place.value[1] ?? "";
  const id = Number(chosen) || 0;
  useEffect(() => {
    attempt(loadApps);
  }, [chosen]);
  const isEmpty = apps.value?.length === 0;
  return html`<div class=${splitClass(chosen !== "", isEmpty)}>
    <section class="pane list-pane" aria-label=${t("apps.list")}>
      ${session.value?.me.isAdmin && !isEmpty && html`<div class="list-head">
        <${Link} to=${pathTo("apps", "new")} class="button primary">${t("apps.new")}<//></div>`}
      ${isEmpty ? html`<${NothingYet} title=${t("apps.none")} hint=${t("apps.none_hint")} />` : html`<${List} chosen=${id} />`}
    </section>
    <section class="pane detail-pane" aria-label=${t("event.app")}>
      ${chosen === "new" && html`<${NewApplication} />`}
      ${id > 0 && html`<${Application} key=${id} id=${id} />`}
      ${!chosen && !isEmpty && html`<${Empty} title=${t("apps.choose")} />`}
    </section>
  </div>`;
}

/** @param {{ chosen: number }} props */
function List({ chosen }) {
  return html`<ul class="list" aria-label=${t("apps.list")}>${[...(apps.value ?? [])].reverse().map((one) => html`
    <li key=${one.id} class=${one.id === chosen ? "row chosen" : "row"}>
      <${Link} to=${pathTo("apps", one.id)} class="row-link" current=${one.id === chosen && "true"}>
        <span class="row-top"><span class="app-name">${one.name}</span><span class="number">${t("number", { id: String(one.id) })}</span></span>
        <span class="row-middle">${one.kind === "webhook" ? t("apps.webhook_kind") : one.clientId}</span>
        <span class="row-bottom"><span>
          <${Badge} kind=${STATE_KINDS[/** @type {keyof typeof STATE_KINDS} */ (one.state)]}>${t(`apps.state.${one.state}`)}<//>
          ${one.waiting > 0 && html` <${Badge} kind="soon">${t("apps.waiting", { count: one.waiting })}<//>`}
          ${one.dead > 0 && html` <${Badge} kind="bad">${t("apps.dead", { count: one.dead })}<//>`}
        </span></span>
      <//>
    </li>`)}</ul>`;
}

/** What to do where there is nothing yet. @param {{ title: string, hint: string }} props */
export function NothingYet({ title, hint }) {
  const url = session.value?.portal.url ?? "";
  const line = `curl '${url}/rest/${session.value?.me.id}/SECRET/imbot.register' \\\n  -d CODE=echo -d CLIENT_ID=my_bots `
    + `-d 'PROPERTIES[NAME]=Echo' \\\n  -d EVENT_HANDLER=https://bot.example.com/handler`;
  return html`<${Empty} title=${title} hint=${hint}>
    ${session.value?.me.isAdmin
      ? html`<${Link} to=${pathTo("apps", "new")} class="button primary">${t("apps.new")}<//>`
      : html`<p class="hint">${t("apps.admins")}</p>`}
    <p>${t("apps.none_curl")}</p>
    <${Code} text=${line} label="curl" />
  <//>`;
}
