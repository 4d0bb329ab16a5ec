// Beside the chat: who the customer is, and his earlier talks with their ratings.

import { Icon } from "../../icon.js";
import { formatDate, t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { nameOf } from "../../state/directory.js";
import { loadTalks } from "../../state/lines.js";
import { html, useEffect, useMemo } from "../../ui.js";
import { Pages } from "../../state/pages.js";
import { agoWords } from "../chat/days.js";
import { Avatar } from "../parts/avatar.js";
import { Spinner } from "../parts/spinner.js";
import { showMessage } from "../router.js";
import { Pill, Stars } from "./standing.js";
import { Email, Page, languageName, sourceOf } from "./strip.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */
/** @typedef {import("../../state/line_talks.js").LineChat} LineChat */
/** @typedef {import("../../state/lines.js").Talk} Talk */

/** @param {{ chat: Chat }} props */
export function Customer({ chat }) {
  const line = /** @type {LineChat} */ (chat.line);
  const { client } = line;
  return html`<div class="info-about line-about">
    <${Avatar} chat=${chat} size="xl" />
    <h3 class="info-title" dir="auto">${calmName(client.name)}</h3>
    <p class="info-status">${t("line.of", { line: calmName(line.lineName) })}</p>
    <${Pill} line=${line} />
    <dl class="line-facts">
      ${client.email && html`<div><dt>${t("line.email")}</dt><dd><${Email} client=${client} /></dd></div>`}
      ${client.pageUrl && html`<div><dt>${t("line.page")}</dt><dd><${Page} client=${client} /></dd></div>`}
      ${client.language && html`<div><dt>${t("line.speaks")}</dt><dd>${languageName(client.language)}</dd></div>`}
      <div><dt>${t("line.writes_from")}</dt><dd>${t(`line.from.${sourceOf(line)}`)}</dd></div>
      ${client.seenAt > 0 && html`<div><dt>${t("line.seen")}</dt><dd>${agoWords(client.seenAt)}</dd></div>`}
      ${line.vote > 0 && html`<div><dt>${t("line.rating")}</dt><dd><${Stars} vote=${line.vote} /></dd></div>`}
      ${client.isBlocked && html`<div><dt>${t("line.state")}</dt><dd class="line-blocked">${t("line.is_blocked")}</dd></div>`}
    </dl>
  </div>`;
}

/** @param {{ chat: Chat }} props */
export function Talks({ chat }) {
  const line = /** @type {LineChat} */ (chat.line);
  const pages = useMemo(() => new Pages(async (/** @type {Talk | undefined} */ last) => loadTalks(line, last?.id ?? 0)), [line.client.id]);
  useEffect(() => void pages.restart(), [line.sessionId, line.closedAt, line.vote]);
  if (!pages.isReady.value) return pages.isFailed.value ? html`<p class="panel-end">${t("line.talks.failed")}</p>` : html`<${Spinner} label=${t("loading")} />`;
  return html`<ul class="line-talks">${pages.items.value.map((one) => html`<${OneTalk} key=${one.id} talk=${one} />`)}</ul>
    ${pages.hasMore.value && html`<div class="panel-end"><button type="button" class="button small" disabled=${pages.isLoading.value}
      onClick=${() => void pages.more()}>${t("more")}</button></div>`}`;
}

/** @param {{ talk: Talk }} props */
function OneTalk({ talk }) {
  const served = talk.operatorId || talk.botId;
  const who = served ? calmName(nameOf(served)) : t("line.talks.nobody");
  return html`<li><button type="button" class="panel-row line-talk" disabled=${!talk.firstMessageId} onClick=${() => showMessage(talk.chatId, talk.firstMessageId)}>
    <${Icon} name=${talk.closedAt ? "circle-check" : "message-circle"} />
    <span class="panel-row-words"><span class="panel-row-name">${t("line.talks.one", { number: String(talk.id), date: formatDate(talk.startedAt, { dateStyle: "medium", timeStyle: "short" }) })}</span>
      <span class="panel-row-about" dir="auto">${talk.closedAt ? who : t("line.talks.now", { who })}${talk.voteComment && ` · ${t("line.talks.comment", { text: calmName(talk.voteComment) })}`}</span></span>
    ${talk.vote > 0 && html`<${Stars} vote=${talk.vote} />`}</button></li>`;
}
