// About a chat: what it is, who is in it, what was shown in it, what one can do with it.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { chats, myId } from "../../state/directory.js";
import { html, useState } from "../../ui.js";
import { statusOf, titleOf } from "../chat/titles.js";
import { Customer, Talks } from "../lines/customer.js";
import { Avatar } from "../parts/avatar.js";
import { PanelHead } from "./head.js";
import { InfoApps } from "./info_apps.js";
import { InfoActions, Description, Title } from "./info_head.js";
import { InfoFiles } from "./info_files.js";
import { InfoLinks } from "./info_links.js";
import { Members } from "./members.js";
import { PersonCard } from "./person.js";
import { Tabs } from "./tabs.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */

/** @param {{ chatId: number }} props */
export function ChatInfo({ chatId }) {
  const chat = chats.get(chatId);
  const isPrivate = chat?.kind === "private";
  const [tab, setTab] = useState("");
  if (!chat) return html`<${PanelHead} title=${t("panel.chat")} />`;
  const isNotes = isPrivate && chat.partnerId === myId.value;
  const tabs = [
    ...(chat.line ? [{ id: "talks", text: t("line.talks") }] : []),
    ...(isPrivate ? [] : [{ id: "members", text: t("panel.members"), count: chat.memberCount }]),
    { id: "files", text: t("panel.files") }, { id: "links", text: t("panel.links") }, { id: "apps", text: t("panel.apps") },
  ];
  const chosen = tab || tabs[0].id;
  return html`
    <${PanelHead} title=${t(isPrivate ? "panel.dialog" : "panel.chat")} />
    <div class="panel-body">
      ${isPrivate && !isNotes
        ? html`<${PersonCard} personId=${chat.partnerId}><${InfoActions} chat=${chat} /><//>`
        : html`${chat.line ? html`<${Customer} chat=${chat} />` : html`<${About} chat=${chat} />`}<${InfoActions} chat=${chat} />`}
      <${Tabs} label=${t("panel.contents")} tabs=${tabs} chosen=${chosen} choose=${setTab}>
        ${chosen === "talks" && html`<${Talks} chat=${chat} />`}
        ${chosen === "members" && html`<${Members} chat=${chat} />`}
        ${chosen === "files" && html`<${InfoFiles} chatId=${chatId} />`}
        ${chosen === "links" && html`<${InfoLinks} chatId=${chatId} />`}
        ${chosen === "apps" && html`<${InfoApps} chat=${chat} />`}
      <//>
    </div>`;
}

/** @param {{ chat: Chat }} props */
function About({ chat }) {
  const isNotes = chat.kind === "private";
  return html`<div class="info-about">
    <${Avatar} chat=${chat} size="xl" />
    ${isNotes ? html`<h3 class="info-title">${titleOf(chat)}</h3>` : html`<${Title} chat=${chat} />`}
    <p class="info-status">${!isNotes && html`<${Icon} name=${chat.kind === "open" ? "globe" : "users"} />${t(`panel.kind.${kindOf(chat)}`)} · `}${statusOf(chat)}</p>
    ${!isNotes && html`<${Description} chat=${chat} />`}
  </div>`;
}

/** @param {Chat} chat */
function kindOf(chat) {
  if (chat.isGeneral) return "general";
  return chat.kind === "open" ? "open" : "group";
}
