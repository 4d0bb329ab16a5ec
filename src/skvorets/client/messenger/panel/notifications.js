// Notifications: of the system, of programs, of people; some ask, some can be answered.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { hasMoreNotices, loadNotices, loadOlderNotices, notices, readNotices, unreadNotices } from "../../state/notices.js";
import { html, useEffect, useState } from "../../ui.js";
import { dayWords } from "../chat/days.js";
import { Empty } from "../parts/empty.js";
import { Spinner } from "../parts/spinner.js";
import { attempt } from "../parts/toast.js";
import { PanelHead } from "./head.js";
import { Notice } from "./notice.js";
import { Chips } from "./tabs.js";

/** @typedef {import("../../state/notices.js").Notice} One */

/** @param {{ spoken: string }} _props */
export function Notifications(_props) {
  const [filter, setFilter] = useState("all");
  const [isFailed, setFailed] = useState(false);
  function load() {
    setFailed(false);
    loadNotices().catch(() => setFailed(true));
  }
  useEffect(load, []);
  const all = notices.value;
  const shown = (all ?? []).filter((one) => filter === "all" || !one.isRead);
  return html`
    <${PanelHead} title=${t("notifications")}>
      <button type="button" class="icon-button" aria-label=${t("notices.read_all")} title=${t("notices.read_all")} disabled=${unreadNotices.value === 0}
        onClick=${() => void attempt(() => readNotices())}><${Icon} name="check-check" /></button><//>
    <div class="notices-top"><${Chips} label=${t("notices.filter")} choices=${["all", "unread"].map((id) => ({ id, text: t(`notices.${id}`) }))}
      chosen=${filter} choose=${setFilter} /></div>
    <div class="panel-body notices" aria-busy=${all === null}>
      ${all === null && !isFailed && html`<div class="panel-end"><${Spinner} label=${t("loading")} /></div>`}
      ${isFailed && html`<div class="panel-end"><p>${t("panel.failed")}</p><button type="button" class="button small" onClick=${load}>${t("again")}</button></div>`}
      ${days(shown).map(({ title, list }) => html`<section key=${title} class="notices-day"><h3>${title}</h3>
        <ul>${list.map((one) => html`<${Notice} key=${one.id} notice=${one} />`)}</ul></section>`)}
      ${all && shown.length === 0 && !hasMoreNotices.value && html`<${Empty} icon="bell" title=${t(filter === "all" ? "notices.empty" : "notices.all_read")}
        hint=${filter === "all" ? t("notices.hint") : undefined} />`}
      ${all && hasMoreNotices.value && html`<${Older} />`}
    </div>`;
}

function Older() {
  const [isBusy, setBusy] = useState(false);
  async function load() {
    setBusy(true);
    await attempt(loadOlderNotices);
    setBusy(false);
  }
  return html`<div class="panel-end"><button type="button" class="button small" disabled=${isBusy} onClick=${load}>${t("notices.older")}</button></div>`;
}

/**
 * @param {One[]} list the newest first
 * @returns {{ title: string, list: One[] }[]}
 */
function days(list) {
  /** @type {{ title: string, list: One[] }[]} */
  const found = [];
  for (const one of list) {
    const title = dayWords(one.createdAt);
    if (found.at(-1)?.title === title) found.at(-1)?.list.push(one);
    else found.push({ title, list: [one] });
  }
  return found;
}
