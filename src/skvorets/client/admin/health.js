// How the server is doing.

import { call } from "../api.js";
import { attempt, Badge, Code, Facts } from "../dev/parts.js";
import { Time } from "../dev/status.js";
import { formatSize, t } from "../i18n.js";
import { html, useEffect, useState } from "../ui.js";
import { Head } from "./lists.js";
import { TileList } from "./stored.js";

/** @typedef {import("../shapes.js").Doing} Doing */

const ASK_AGAIN_MS = 5000;
// Above these something deserves a look.
const SLOW_US = 50_000;
const FAR_BEHIND = 1000;
const OLD_MS = 10 * 60 * 1000;
const LITTLE_DISK = 1 << 30;
const MINUTE_MS = 60_000;

export function Health() {
  const [doing, setDoing] = useState(/** @type {Doing | null} */ (null));
  useEffect(() => {
    let isGone = false;
    async function load() {
      const found = document.hidden ? undefined : await attempt(() => call("GET", "/api/admin/health"));
      if (found && !isGone) setDoing(found);
    }
    load();
    const timer = setInterval(load, ASK_AGAIN_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, []);
  if (!doing) return html`<section class="section"><${Head} title=${t("nav.health")} /><p class="loading" role="status">${t("loading")}</p></section>`;
  const worries = worriesOf(doing);
  return html`<section class="section"><${Head} title=${t("nav.health")} />
    <div class=${worries.length ? "warning" : "success"} role="status">${worries.length
      ? html`<ul class="worries">${worries.map((one) => html`<li key=${one}>${t(one)}</li>`)}</ul>` : t("health.fine")}</div>
    <${Tiles} doing=${doing} />
    <section class="card panel"><h2>${t("health.readers")}</h2><p class="hint">${t("health.readers_hint")}</p>
      <ul class="plain-list crew">${doing.readers.map((one) => html`<li key=${one.name} class="crew-line"><span>${nameOf(one.name)}</span>
        <${Badge} kind=${one.behind > FAR_BEHIND ? "soon" : "good"}>${one.behind ? t("health.behind", { count: one.behind }) : t("health.up_to_date")}<//></li>`)}</ul></section>
    <section class="card panel"><h2>${t("health.server")}</h2><${Facts} rows=${[
      [t("health.version"), doing.version],
      ["Python", doing.python],
      [t("health.started"), html`<${Time} at=${doing.startedAt} />`],
      [t("health.disk"), t("health.disk_of", { free: formatSize(doing.diskFreeBytes), total: formatSize(doing.diskTotalBytes) })],
    ]} /></section>
    <section class="card panel"><h2>${t("health.backup")}</h2><p class="hint">${t("health.backup_hint")}</p>
      <${Code} text=${"skvorets backup\nskvorets doctor"} label=${t("health.backup")} /></section>
  </section>`;
}

/** @param {{ doing: Doing }} props */
function Tiles({ doing }) {
  const engine = doing.engine === "postgres" ? "PostgreSQL" : "SQLite";
  const latency = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(doing.latencyUs / 1000);
  return html`<${TileList} tiles=${[
    ["health.database", t("health.ms", { value: latency }), engine],
    ["health.sockets", t("number", { value: doing.sockets }), t("health.connected", { count: doing.connected })],
    ["health.waiting", t("number", { value: doing.waiting }), t("health.sending", { count: doing.sending })],
    ["health.dead", t("number", { value: doing.dead }), t("health.dead_hint")],
    ["health.memory", formatSize(doing.memoryBytes), t("health.memory_hint")],
    ["health.uptime", lasting(doing.now - doing.startedAt), t("health.uptime_hint")],
  ]} />`;
}

/** @param {Doing} doing */
function worriesOf(doing) {
  return [
    doing.latencyUs > SLOW_US && "health.slow",
    doing.readers.some((one) => one.behind > FAR_BEHIND) && "health.far_behind",
    doing.oldestWaitingAt > 0 && doing.now - doing.oldestWaitingAt > OLD_MS && "health.stuck",
    doing.dead > 0 && "health.has_dead",
    doing.diskFreeBytes < LITTLE_DISK && "health.little_disk",
  ].filter((one) => typeof one === "string");
}

/** @param {string} name */
function nameOf(name) {
  const words = t(`reader.${name}`);
  return words === `reader.${name}` ? name : words;
}

/** @param {number} milliseconds */
function lasting(milliseconds) {
  const minutes = Math.floor(milliseconds / MINUTE_MS);
  if (minutes < 60) return t("health.minutes", { count: minutes });
  if (minutes < 48 * 60) return t("health.hours", { count: Math.floor(minutes / 60) });
  return t("health.days", { count: Math.floor(minutes / 1440) });
}
