// One notification, with what one can do about it.

import { Icon } from "../../icon.js";
import { formatDate, t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { textColor } from "../../lib/contrast.js";
import { Attachments } from "../../rich/attach.js";
import { RichText } from "../../rich/text.js";
import { inBackground } from "../../state/background.js";
import { nameOf, people } from "../../state/directory.js";
import { answerNotice, confirmNotice, dropNotices, readNotices, removeNotice } from "../../state/notices.js";
import { html, useMemo, useState } from "../../ui.js";
import { timeWords } from "../chat/days.js";
import { Avatar } from "../parts/avatar.js";
import { attempt, toast } from "../parts/toast.js";
import { openPerson, showMessage } from "../router.js";
import { contextBeside } from "./context.js";

/** @typedef {import("../../state/notices.js").Notice} One */

/** @param {{ notice: One }} props */
export function Notice({ notice }) {
  const context = useMemo(() => contextBeside(), []);
  const [isAnswering, setAnswering] = useState(false);
  const author = people.get(notice.authorId);
  const title = calmName(notice.title) || calmName(nameOf(notice.authorId)) || t("notices.system");
  const [chatId, messageId] = [Number(notice.params.CHAT_ID) || 0, Number(notice.params.MESSAGE_ID) || 0];
  function read() {
    if (!notice.isRead) inBackground(attempt(() => readNotices([notice.id])));
  }
  return html`<li class=${notice.isRead ? "notice" : "notice is-unread"} aria-label=${[!notice.isRead && t("notices.is_unread"), title].filter(Boolean).join(": ")} onClick=${read}>
    ${author
      ? html`<button type="button" class="notice-face" aria-label=${calmName(author.name)} onClick=${() => openPerson(author.id)}><${Avatar} person=${author} hasDot=${false} /></button>`
      : html`<span class="notice-sign"><${Icon} name=${notice.type === "confirm" ? "circle-question-mark" : "bell"} /></span>`}
    <div class="notice-words">
      <p class="notice-head"><strong dir="auto">${title}</strong>
        <time title=${formatDate(notice.createdAt, { dateStyle: "full", timeStyle: "medium" })}>${timeWords(notice.createdAt)}</time></p>
      <${RichText} class="notice-text" text=${notice.text} context=${context} />
      ${notice.params.ATTACH && html`<${Attachments} stored=${notice.params.ATTACH} context=${context} />`}
      ${notice.buttons.length > 0 && html`<${Buttons} notice=${notice} />`}
      <div class="notice-acts">
        ${chatId > 0 && messageId > 0 && html`<button type="button" class="button quiet small" onClick=${() => showMessage(chatId, messageId)}>${t("notices.to_message")}</button>`}
        ${notice.canAnswer && !isAnswering && html`<button type="button" class="button quiet small" onClick=${() => setAnswering(true)}><${Icon} name="reply" />${t("notices.answer")}</button>`}
      </div>
      ${isAnswering && html`<${Answer} notice=${notice} close=${() => setAnswering(false)} />`}
    </div>
    <div class="notice-side">
      ${!notice.isRead && html`<button type="button" class="icon-button notice-dot" aria-label=${t("notices.read")} title=${t("notices.read")} onClick=${read}><span></span></button>`}
      <button type="button" class="icon-button notice-remove" aria-label=${t("notices.remove")} title=${t("notices.remove")}
        onClick=${(/** @type {Event} */ event) => {
          event.stopPropagation();
          inBackground(attempt(() => removeNotice(notice.id)));
        }}><${Icon} name="x" /></button>
    </div>
  </li>`;
}

/** It asks: the answer is given once. @param {{ notice: One }} props */
function Buttons({ notice }) {
  const [isBusy, setBusy] = useState(false);
  /** @param {string} value */
  async function press(value) {
    setBusy(true);
    const text = await attempt(() => confirmNotice(notice.id, value));
    setBusy(false);
    if (text === undefined) return;
    if (text) toast(text);
    dropNotices([notice.id]);
  }
  return html`<div class="notice-buttons" role="group" aria-label=${t("notices.buttons")}>${notice.buttons.map((button) => html`<button key=${button.value} type="button"
    class=${button.type === "accept" ? "button small primary" : "button small"} disabled=${isBusy}
    style=${button.type === "plain" && button.color ? { color: textColor(button.color) ?? "" } : undefined} onClick=${() => press(button.value)}>${calmName(button.title)}</button>`)}</div>`;
}

/** @param {{ notice: One, close: () => void }} props */
function Answer({ notice, close }) {
  const [text, setText] = useState("");
  const [isBusy, setBusy] = useState(false);
  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    if (!text.trim()) return;
    setBusy(true);
    const said = await attempt(() => answerNotice(notice.id, text.trim()));
    setBusy(false);
    if (said === undefined) return;
    toast(said || t("notices.answered"));
    close();
  }
  /** @param {KeyboardEvent} event */
  function steer(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) void send(event);
  }
  return html`<form class="notice-answer" onSubmit=${send}>
    <textarea class="input" rows="2" maxlength="20000" aria-label=${t("notices.answer")} placeholder=${t("notices.answer_words")} value=${text}
      ref=${(/** @type {HTMLElement | null} */ field) => field && !field.dataset.met && (field.dataset.met = "1") && field.focus()} onKeyDown=${steer}
      onInput=${(/** @type {InputEvent} */ event) => setText(/** @type {HTMLTextAreaElement} */ (event.currentTarget).value)}></textarea>
    <button type="submit" class="icon-button" aria-label=${t("notices.send")} disabled=${isBusy || !text.trim()}><${Icon} name="send" /></button>
  </form>`;
}
