// Files of a chat: pictures as a grid, everything else by name.

import { formatDate, t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { Record } from "../../rich/files.js";
import { filesOf } from "../../state/chat_contents.js";
import { nameOf } from "../../state/directory.js";
import { html, useEffect, useMemo, useState } from "../../ui.js";
import { openImage } from "../chat/context.js";
import { More } from "./more.js";
import { Chips } from "./tabs.js";

/** @typedef {import("../../state/chat_contents.js").FileKind} FileKind */
/** @typedef {import("../../state/chat_contents.js").File} File */

/** @type {FileKind[]} */
const KINDS = ["image", "file", "video", "audio"];

/** @param {{ chatId: number }} props */
export function InfoFiles({ chatId }) {
  const [kind, setKind] = useState(/** @type {FileKind} */ ("image"));
  const pages = useMemo(() => filesOf(chatId, kind), [chatId, kind]);
  useEffect(() => void pages.restart(), [pages]);
  const months = byMonth(pages.items.value);
  return html`
    <${Chips} label=${t("panel.files")} choices=${KINDS.map((id) => ({ id, text: t(`files.${id}`) }))} chosen=${kind} choose=${setKind} />
    ${months.map(({ title, files }) => html`<section key=${title} class="files-month"><h4>${title}</h4>
      ${kind === "image" ? html`<${Pictures} files=${files} all=${pages.items.value} />` : html`<${Named} files=${files} />`}</section>`)}
    <${More} key=${kind} pages=${pages} empty=${{ icon: "paperclip", title: t(`files.${kind}.empty`), hint: t("files.hint") }} />`;
}

/** @param {{ files: File[], all: File[] }} props `all`: those that the arrows of the viewer go through */
function Pictures({ files, all }) {
  const shown = all.map((one) => ({ address: one.url, label: calmName(one.name), downloadUrl: one.downloadUrl, width: one.width, height: one.height }));
  return html`<div class="info-pictures">${files.map((file) => html`<button key=${file.id} type="button" class="info-picture"
    title=${`${calmName(file.name)} · ${calmName(nameOf(file.authorId))}`} aria-label=${t("rich.enlarge", { name: calmName(file.name) })}
    onClick=${() => openImage(file.url, calmName(file.name), shown)}>
    <img src=${file.previewUrl || file.url} alt="" loading="lazy" decoding="async" /></button>`)}</div>`;
}

/** @param {{ files: File[] }} props */
function Named({ files }) {
  return html`<ul class="info-records">${files.map((file) => html`<li key=${file.id}><${Record} file=${file} />
    <span class="info-record-about"><bdi>${calmName(nameOf(file.authorId))}</bdi> · ${formatDate(file.createdAt, { day: "numeric", month: "short" })}</span></li>`)}</ul>`;
}

/**
 * @param {File[]} files the newest first
 * @returns {{ title: string, files: File[] }[]}
 */
export function byMonth(files) {
  /** @type {{ title: string, files: File[] }[]} */
  const months = [];
  for (const file of files) {
    const title = formatDate(file.createdAt, { month: "long", year: "numeric" });
    if (months.at(-1)?.title === title) months.at(-1)?.files.push(file);
    else months.push({ title, files: [file] });
  }
  return months;
}
