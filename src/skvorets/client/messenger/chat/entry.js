// A message on its way: waiting, going up, or refused.

import { Icon } from "../../icon.js";
import { formatSize, t } from "../../i18n.js";
import { RichText } from "../../rich/text.js";
import { discard, retry } from "../../state/outbox.js";
import { html } from "../../ui.js";
import { OperatorsOnly } from "../lines/whisper.js";
import { timeWords } from "./days.js";

/** @typedef {import("../../state/outbox.js").Entry} Entry */

/** @param {{ item: import("../../lib/timeline_items.js").Item, desk: import("./desk.js").Desk }} props */
export function EntryRow({ item, desk }) {
  const entry = /** @type {Entry} */ (item.entry);
  const isFailed = entry.state === "failed";
  const look = ["row row-message is-mine is-entry", item.isHead && "is-head", item.isTail && "is-tail", isFailed && "is-failed",
    entry.isWhisper && "is-whisper"];
  return html`<div class=${look.filter(Boolean).join(" ")} data-key=${item.key} role="article" aria-label=${t("chat.on_its_way")}>
    <div class="bubble">
      ${entry.isWhisper && html`<${OperatorsOnly} />`}
      <div class="bubble-line"><div class="content">
        ${entry.text && html`<${RichText} text=${entry.text} context=${desk.context} />`}
        ${entry.files.map((file, at) => html`<${Upload} key=${at} file=${file} entry=${entry} />`)}
      </div>
      <div class="message-foot"><span class="message-meta">
        <time class="message-time">${timeWords(entry.createdAt)}</time>
        <span class="ticks" role="img" aria-label=${t(isFailed ? "chat.failed" : "chat.pending")}>
          <${Icon} name=${isFailed ? "circle-alert" : "clock"} /></span>
      </span></div></div>
    </div>
    ${isFailed && html`<${Failure} entry=${entry} />`}
  </div>`;
}

/** @param {{ file: import("../../state/outbox.js").Attached, entry: Entry }} props */
function Upload({ file, entry }) {
  const part = Math.round(file.progress * 100);
  const isGoing = entry.state === "sending" && !file.fileId;
  return html`<div class="upload">
    <${Icon} name=${file.mediaType.startsWith("image/") ? "image" : "file"} />
    <span class="upload-name">${file.name}</span>
    <span class="upload-size">${isGoing && part > 0 ? `${part} %` : formatSize(file.size)}</span>
    ${entry.state !== "failed" && html`<button type="button" class="icon-button" aria-label=${t("chat.cancel_upload")}
      title=${t("chat.cancel_upload")} onClick=${() => void discard(entry.clientId)}><${Icon} name="x" /></button>`}
    <progress max="100" value=${file.fileId ? 100 : part} aria-label=${t("chat.upload_progress", { name: file.name })}></progress>
  </div>`;
}

/** @param {{ entry: Entry }} props */
function Failure({ entry }) {
  const key = `refusal.${entry.refusal}`;
  const known = t(key);
  return html`<div class="entry-failure" role="alert">
    <span>${known === key ? t("chat.not_sent") : known}</span>
    <button type="button" class="button small" onClick=${() => retry(entry.clientId)}><${Icon} name="refresh-cw" /> ${t("chat.retry")}</button>
    <button type="button" class="button small quiet" onClick=${() => void discard(entry.clientId)}>${t("chat.discard")}</button>
  </div>`;
}
