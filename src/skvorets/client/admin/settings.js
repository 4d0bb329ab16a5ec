// With what the server was started.

import { call } from "../api.js";
import { attempt, Badge } from "../dev/parts.js";
import { formatSize, t } from "../i18n.js";
import { html, useEffect, useState } from "../ui.js";
import { Head } from "./lists.js";

/** @typedef {import("../shapes.js").SettingsGroup} Group */
/** @typedef {import("../shapes.js").Setting} Setting */

export function Settings() {
  const [groups, setGroups] = useState(/** @type {Group[] | null} */ (null));
  useEffect(() => {
    attempt(() => call("GET", "/api/admin/settings")).then((found) => setGroups(found ?? []));
  }, []);
  return html`<section class="section"><${Head} title=${t("nav.settings")} hint=${t("settings.hint")} />
    ${groups === null && html`<p class="loading" role="status">${t("loading")}</p>`}
    ${(groups ?? []).map((group) => html`<section key=${group.name} class="card panel"><h2>${t(`settings.${group.name}`)}</h2>
      <dl class="settings">${group.settings.map((one) => html`<div key=${one.name}><dt>${t(`setting.${one.name}`)}${one.variable && html`<code>${one.variable}</code>`}</dt>
        <dd>${shown(one)} ${!one.isDefault && html`<${Badge} kind="soon">${t("settings.changed")}<//>`}</dd></div>`)}</dl>
    </section>`)}
  </section>`;
}

/** @param {Setting} one */
function shown(one) {
  if (typeof one.value === "boolean") return t(one.value ? "yes" : "no");
  if (one.value === "") return html`<span class="none">${t("settings.empty")}</span>`;
  if (typeof one.value === "string") return html`<span class="mono">${one.value}</span>`;
  if (one.name.endsWith("_bytes")) return formatSize(one.value);
  if (one.name.endsWith("_days")) return t("settings.days", { count: one.value });
  if (one.name.endsWith("_minutes")) return t("settings.minutes", { count: one.value });
  return t("number", { value: one.value });
}
