// How much is stored, the largest files, bytes that nobody needs.

import { call } from "../api.js";
import { Asking, attempt } from "../dev/parts.js";
import { Time } from "../dev/status.js";
import { formatSize, t } from "../i18n.js";
import { Icon } from "../icon.js";
import { tell } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";
import { Head } from "./lists.js";

/** @typedef {import("../shapes.js").Stored} Sums */
/** @typedef {import("../shapes.js").LargeFile} LargeFile */

// While the folder of files is counted, its result is asked for so often, milliseconds.
const ASK_AGAIN_MS = 1000;
const DAY_MS = 24 * 3600 * 1000;

export function Stored() {
  const [sums, setSums] = useState(/** @type {Sums | null} */ (null));
  async function load() {
    const found = await attempt(() => call("GET", "/api/admin/storage"));
    if (found) setSums(found);
  }
  useEffect(() => {
    load();
  }, []);
  useEffect(() => {
    if (!sums?.isCounting) return undefined;
    const timer = setTimeout(load, ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [sums]);
  return html`<section class="section"><${Head} title=${t("nav.storage")} />
    ${sums ? html`<${Tiles} sums=${sums} /><${Folder} sums=${sums} onChange=${load} />` : html`<p class="loading" role="status">${t("loading")}</p>`}
    <${Largest} onGone=${load} />
  </section>`;
}

/** @param {{ sums: Sums }} props */
function Tiles({ sums }) {
  const days = sums.logOldestAt ? Math.ceil((Date.now() - sums.logOldestAt) / DAY_MS) : 0;
  const free = sums.databaseFreeBytes ? t("storage.free", { size: formatSize(sums.databaseFreeBytes) }) : "";
  /** @type {[string, string, string][]} */
  const tiles = [
    ["storage.database", formatSize(sums.databaseBytes), [sums.engine === "postgres" ? "PostgreSQL" : "SQLite", free].filter(Boolean).join(" · ")],
    ["storage.messages", number(sums.messages), t("storage.messages_hint")],
    ["storage.chats", number(sums.chats), t("storage.chats_hint")],
    ["storage.people", number(sums.people), t("storage.bots", { count: sums.bots })],
    ["storage.log", number(sums.logRows), t("storage.log_hint", { count: days, kept: sums.logKeptDays })],
    ["storage.waiting", number(sums.waiting), t("storage.dead", { count: sums.dead })],
  ];
  return html`<${TileList} tiles=${tiles} />`;
}

/** @param {{ tiles: [label: string, value: string, hint: string][] }} props */
export function TileList({ tiles }) {
  return html`<dl class="tiles">${tiles.map(([label, value, hint]) => html`<div key=${label} class="card tile">
    <dt>${t(label)}</dt><dd><strong>${value}</strong><small>${hint}</small></dd></div>`)}</dl>`;
}

/** @param {{ sums: Sums, onChange: () => Promise<void> }} props */
function Folder({ sums, onChange }) {
  const { survey, isCounting } = sums;
  async function count() {
    await attempt(() => call("POST", "/api/admin/storage/survey"));
    await onChange();
  }
  async function clear() {
    const cleared = await attempt(() => call("POST", "/api/admin/storage/clear"));
    if (cleared) tell(t("storage.cleared", { count: cleared.count, size: formatSize(cleared.bytes) }));
    await onChange();
  }
  return html`<section class="card panel"><div class="block-head"><h2>${t("storage.folder")}</h2><span class="space"></span>
      <button type="button" class="button small" disabled=${isCounting} onClick=${count}><${Icon} name="refresh-cw" />${t(isCounting ? "storage.counting" : "storage.count")}</button></div>
    ${survey ? html`<dl class="numbers">
        <div><dt>${t("storage.files")}</dt><dd>${formatSize(survey.blobBytes)} <small>${number(survey.blobs)}</small></dd></div>
        <div><dt>${t("storage.previews")}</dt><dd>${formatSize(survey.previewBytes)} <small>${number(survey.previews)}</small></dd></div>
        <div><dt>${t("storage.unnamed")}</dt><dd>${formatSize(survey.unnamedBytes)} <small>${number(survey.unnamed)}</small></dd></div>
        <div><dt>${t("storage.counted")}</dt><dd><${Time} at=${survey.at} isShort=${true} /></dd></div></dl>
      ${survey.unnamed > 0 && html`<div class="deed"><p class="hint">${t("storage.unnamed_hint")}</p>
        <${Asking} label=${t("storage.clear")} question=${t("storage.clear_ask", { count: survey.unnamed, size: formatSize(survey.unnamedBytes) })} isDanger=${true} onYes=${clear} /></div>`}`
      : html`<p class="hint">${t("storage.not_counted")}</p>`}
  </section>`;
}

/** @param {{ onGone: () => Promise<void> }} props */
function Largest({ onGone }) {
  const [files, setFiles] = useState(/** @type {LargeFile[] | null} */ (null));
  async function load() {
    setFiles((await attempt(() => call("GET", "/api/admin/files"))) ?? []);
  }
  useEffect(() => {
    load();
  }, []);
  /** @param {LargeFile} file */
  async function remove(file) {
    if ((await attempt(() => call("DELETE", `/api/admin/files/${file.id}`))) === null) tell(t("storage.removed", { name: file.name }));
    await load();
    await onGone();
  }
  return html`<section class="card panel"><h2>${t("storage.largest")}</h2>
    ${files?.length === 0 && html`<p class="hint">${t("storage.no_files")}</p>`}
    <ul class="plain-list crew">${(files ?? []).map((file) => html`<li key=${file.id} class="crew-line">
      <span class="row-name"><span class="size">${formatSize(file.size)}</span><span class="who"><strong>${file.name}</strong>
        <small>${[file.authorName, file.chatId ? file.chatTitle || t("storage.private") : t("storage.own")].filter(Boolean).join(" · ")} · <${Time} at=${file.createdAt} isShort=${true} /></small></span></span>
      <${Asking} label=${t("storage.remove")} question=${t("storage.remove_ask", { name: file.name })} isDanger=${true} class="quiet" onYes=${() => remove(file)} /></li>`)}</ul>
  </section>`;
}

/** @param {number} value */
function number(value) {
  return t("number", { value });
}
