// One message: whose, its words, what hangs on it, when it came and what became of it.

import { formatDate, t } from "../../client/i18n.js";
import { calmName } from "../../client/lib/calm.js";
import { like, press, remove } from "../state/deeds.js";
import { html, useMemo } from "../ui.js";
import { Files } from "./files.js";
import { Icon } from "./icon.js";
import { Lazy, Text } from "./lazy.js";
import { Face, authorOf } from "./person.js";

/** @typedef {import("../state/talk.js").Talk} Talk
 * @typedef {import("../state/types.js").Message} Message
 * @typedef {{ reply: (message: Message) => void, edit: (message: Message) => void, send: (text: string) => void,
 *   put: (text: string) => void }} Deeds */

/** @param {number} at */
export function timeOf(at) {
  return formatDate(at, { hour: "2-digit", minute: "2-digit" });
}

/**
 * @param {{ talk: Talk, message: Message, isFirst: boolean, isLast: boolean, isLastOfMine: boolean, isRead: boolean,
 *   deeds: Deeds }} props
 */
export function MessageRow({ talk, message, isFirst, isLast, isLastOfMine, isRead, deeds }) {
  const author = authorOf(talk, message);
  const isMine = message.author === "me";
  // Drawn anew only when something of it has changed: a long talk has hundreds.
  return useMemo(() => html`<li class=${rowLook(message, isFirst, isLast)} data-id=${message.id}>
    ${!isMine && html`<span class="row-face">${isLast && html`<${Face} ...${author} />`}</span>`}
    <div class="stack">
      ${!isMine && isFirst ? html`<p class="author" dir="auto">${author.name}</p>` : html`<span class="hidden">${author.name}: </span>`}
      <${Bubble} talk=${talk} message=${message} deeds=${deeds} />
      <p class="meta">
        ${message.likes > 0 && html`<span class="likes" title=${t("likes", { count: message.likes })}>
          <${Icon} name="like" /> ${message.likes}</span>`}
        ${isLast && html`<time datetime=${new Date(message.createdAt).toISOString()}
          title=${formatDate(message.createdAt, { dateStyle: "full", timeStyle: "short" })}>${timeOf(message.createdAt)}</time>`}
        ${message.editedAt && !message.isDeleted && html`<span>${t("edited")}</span>`}
        ${isLastOfMine && html`<span class=${isRead ? "state is-read" : "state"}>
          <${Icon} name=${isRead ? "checks" : "check"} />${t(isRead ? "read" : "sent")}</span>`}
      </p>
    </div>
  </li>`, [message, isFirst, isLast, isLastOfMine, isRead, author.name, author.address, deeds]);
}

/** @param {Message} message @param {boolean} isFirst @param {boolean} isLast */
function rowLook({ author }, isFirst, isLast) {
  return ["row", author === "me" ? "is-mine" : "is-theirs", isFirst && "is-first", isLast && "is-last"].filter(Boolean).join(" ");
}

/** @param {{ talk: Talk, message: Message, deeds: Deeds }} props */
function Bubble({ talk, message, deeds }) {
  if (message.isDeleted) return html`<div class="bubble is-deleted">${t("deleted")}</div>`;
  const { text, params, files, replyTo } = message;
  const act = { send: deeds.send, put: deeds.put,
    press: (/** @type {number} */ id, /** @type {any} */ pressed) => press(talk, id, pressed) };
  return html`<div class="bubble-line">
      <div class=${!text.trim() && files.length > 0 && !params.ATTACH ? "bubble is-bare" : "bubble"}>
        ${replyTo && html`<${Quote} talk=${talk} quoted=${replyTo} />`}
        ${text.trim() && html`<${Text} text=${text} act=${act} />`}
        ${files.length > 0 && html`<${Files} files=${files} />`}
        ${params.ATTACH && html`<${Lazy} part="Attachments" stored=${params.ATTACH} act=${act} />`}
      </div>
      <${Tools} talk=${talk} message=${message} deeds=${deeds} />
    </div>
    ${params.KEYBOARD && html`<${Lazy} part="Keyboard" messageId=${message.id} stored=${params.KEYBOARD} act=${act}
      version=${`${message.editedAt ?? 0} ${JSON.stringify(params.KEYBOARD).length}`} />`}`;
}

/** What the message answers. @param {{ talk: Talk, quoted: import("../state/types.js").Quoted }} props */
export function Quote({ talk, quoted }) {
  const { name } = authorOf(talk, quoted);
  const words = quoted.text.replace(/\[[^\]\n]{0,200}\]/g, "").slice(0, 200);
  return html`<div class="quoted"><strong dir="auto">${name}</strong>
    <span dir="auto">${quoted.isDeleted ? t("deleted") : calmName(words) || t("file")}</span></div>`;
}

/** @param {{ talk: Talk, message: Message, deeds: Deeds }} props */
function Tools({ talk, message, deeds }) {
  if (message.author === "system") return null;
  const isMine = message.author === "me";
  return html`<div class="tools">
    ${!isMine && html`<${Tool} icon="like" name=${t(message.isLiked ? "unlike" : "like")} isOn=${message.isLiked}
      onClick=${() => like(talk, message)} />`}
    <${Tool} icon="reply" name=${t("reply")} onClick=${() => deeds.reply(message)} />
    ${isMine && message.text && html`<${Tool} icon="edit" name=${t("edit")} onClick=${() => deeds.edit(message)} />`}
    ${isMine && html`<${Tool} icon="trash" name=${t("remove")} onClick=${() => remove(talk, message.id).catch(() => {})} />`}
  </div>`;
}

/** @param {{ icon: string, name: string, isOn?: boolean, onClick: () => void }} props */
function Tool({ icon, name, isOn, onClick }) {
  return html`<button type="button" class="tool" aria-label=${name} title=${name} onClick=${onClick}
    aria-pressed=${isOn === undefined ? undefined : String(isOn)}><${Icon} name=${icon} /></button>`;
}

/** A message on its way. @param {{ talk: Talk, pending: import("../state/types.js").Pending, isFirst: boolean }} props */
export function PendingRow({ talk, pending, isFirst }) {
  const { text, upload, clientId, state, replyTo } = pending;
  const isFailed = state === "failed";
  const percent = upload ? Math.round(upload.share * 100) : 0;
  return html`<li class=${`row is-mine is-last is-pending ${isFailed ? "" : "is-sending"} ${isFirst ? "is-first" : ""}`}>
    <div class="stack">
      <span class="hidden">${t("you")}: </span>
      <div class=${upload?.preview ? "bubble is-bare" : "bubble"}>
        ${replyTo && html`<${Quote} talk=${talk} quoted=${replyTo} />`}
        ${text && html`<${Text} text=${text} />`}
        ${upload?.preview && html`<img class="picture" src=${upload.preview} alt=${upload.name} />`}
        ${upload && !upload.preview && html`<span class="file"><${Icon} name="file" /><span class="file-words">${upload.name}</span></span>`}
        ${upload && !isFailed && html`<progress max="100" value=${percent} aria-label=${upload.name} />`}
      </div>
      <p class="meta" role=${isFailed ? "alert" : undefined}>
        ${isFailed ? html`<span class="state is-failed"><${Icon} name="alert" />${whyOf(pending)}</span>
            <button type="button" class="link" onClick=${() => talk.outbox.retry(clientId)}>${t("retry")}</button>
            <button type="button" class="link" onClick=${() => talk.files.cancel(clientId)}>${t("discard")}</button>`
          : html`<span class="state"><${Icon} name="clock" />${t("sending")}</span>
            ${upload && html`<button type="button" class="link" onClick=${() => talk.files.cancel(clientId)}>${t("cancel")}</button>`}`}
      </p>
    </div>
  </li>`;
}

/** @param {import("../state/types.js").Pending} pending */
function whyOf({ reason }) {
  return reason === "too_large" ? t("too_large") : reason === "closed" ? t("line_closed") : t("failed");
}
