// Addresses that were sent to a chat.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { siteOf } from "../../lib/attach.js";
import { calmName } from "../../lib/calm.js";
import { linksOf } from "../../state/chat_contents.js";
import { nameOf } from "../../state/directory.js";
import { html, useEffect, useMemo } from "../../ui.js";
import { dayWords } from "../chat/days.js";
import { showMessage } from "../router.js";
import { More } from "./more.js";

/** @param {{ chatId: number }} props */
export function InfoLinks({ chatId }) {
  const pages = useMemo(() => linksOf(chatId), [chatId]);
  useEffect(() => void pages.restart(), [pages]);
  return html`
    <ul class="info-links" aria-label=${t("panel.links")}>${pages.items.value.map((link, at) => html`<li key=${`${link.messageId} ${at}`}>
      <a class="info-link" href=${link.url} target="_blank" rel="noopener noreferrer nofollow" title=${link.url}>
        <span class="record-icon"><${Icon} name="link" /></span>
        <span class="panel-row-words"><span class="panel-row-name" dir="auto">${calmName(link.title) || link.url}</span>
          <span class="panel-row-about">${siteOf(link.url)} · <bdi>${calmName(nameOf(link.authorId))}</bdi> · ${dayWords(link.createdAt)}</span></span>
      </a>
      <button type="button" class="icon-button" aria-label=${t("panel.to_message")} title=${t("panel.to_message")}
        onClick=${() => showMessage(chatId, link.messageId)}><${Icon} name="message-square" /></button></li>`)}</ul>
    <${More} pages=${pages} empty=${{ icon: "link", title: t("links.empty"), hint: t("links.hint") }} />`;
}
