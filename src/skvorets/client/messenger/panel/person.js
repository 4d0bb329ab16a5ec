// A person's card: who it is, how to reach them, which chats both are in; of a bot, what it can be told.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { cards, loadCard } from "../../state/cards.js";
import { chats, myId, people } from "../../state/directory.js";
import { arrange } from "../../state/conversations.js";
import { html, useEffect, useState } from "../../ui.js";
import { handsOf } from "../apps/open.js";
import { openImage } from "../chat/context.js";
import { agoWords } from "../chat/days.js";
import { titleOf } from "../chat/titles.js";
import { Avatar, presenceWords } from "../parts/avatar.js";
import { Empty } from "../parts/empty.js";
import { attempt } from "../parts/toast.js";
import { openChat, openDialogWith, place } from "../router.js";
import { Contacts } from "./contacts.js";
import { PanelHead } from "./head.js";
import { Action } from "./info_head.js";

/** @typedef {import("../../state/directory.js").Person} Person */

/** @param {{ personId: number }} props */
export function PersonPanel({ personId }) {
  const isBot = people.get(personId)?.kind === "bot";
  return html`<${PanelHead} title=${t(isBot ? "person.bot" : "person.person")} />
    <div class="panel-body"><${PersonCard} personId=${personId} /></div>`;
}

/** @param {{ personId: number, children?: unknown }} props `children`: what can be done, when it is not the usual */
export function PersonCard({ personId, children }) {
  const [isGone, setGone] = useState(false);
  useEffect(() => void loadCard(personId).catch(() => setGone(true)), [personId]);
  const person = people.get(personId);
  const card = cards.get(personId);
  if (!person) return isGone ? html`<${Empty} icon="user" title=${t("person.gone")} />` : null;
  const name = calmName(person.name);
  const picture = card?.picture || person.avatar;
  const face = html`<${Avatar} person=${person} size="xl" />`;
  return html`<div class="info-about">
      ${picture
        ? html`<button type="button" class="info-face" aria-label=${t("rich.enlarge", { name })} onClick=${() => openImage(picture, name)}>${face}</button>`
        : face}
      <h3 class="info-title" dir="auto">${name}</h3>
      ${person.position && html`<p class="info-position" dir="auto">${calmName(person.position)}</p>`}
      <p class="info-status">${statusOf(person)}</p>
    </div>
    ${children ?? html`<${Actions} person=${person} chatId=${card?.chatId ?? 0} />`}
    ${card && html`<${Contacts} card=${card} />`}
    ${card && card.commands.length > 0 && html`<${Commands} commands=${card.commands} personId=${personId} />`}
    ${card && card.commonChatIds.length > 0 && html`<${Common} ids=${card.commonChatIds} />`}`;
}

/** @param {{ person: Person, chatId: number }} props */
function Actions({ person, chatId }) {
  const chat = chats.get(chatId);
  const isMuted = chat?.mine.isMuted ?? false;
  const isMe = person.id === myId.value;
  return html`<div class="info-actions" role="group" aria-label=${t("panel.actions")}>
    <${Action} icon=${isMe ? "bookmark" : "message-circle"} text=${t(isMe ? "notes" : "person.write")} run=${() => void attempt(() => openDialogWith(person.id))} />
    ${chat && !isMe && chat.rights.canMute && html`<${Action} icon=${isMuted ? "bell" : "bell-off"} text=${t(isMuted ? "panel.unmute" : "panel.mute")}
      run=${() => void attempt(() => arrange(chatId, { isMuted: !isMuted }))} />`}
  </div>`;
}

/** What a bot can be told; a click puts it into the field of the dialog with it. @param {{ commands: string[], personId: number }} props */
function Commands({ commands, personId }) {
  /** @param {string} command */
  function put(command) {
    void attempt(async () => {
      await openDialogWith(personId);
      handsOf(place.peek().chatId).put(`${command} `);
    });
  }
  return html`<section class="info-part"><h4>${t("person.commands")}</h4>
    <div class="info-commands">${commands.map((one) => html`<button key=${one} type="button" class="chip" title=${t("rich.put", { text: one })} onClick=${() => put(one)}>${one}</button>`)}</div>
  </section>`;
}

/** @param {{ ids: number[] }} props */
function Common({ ids }) {
  return html`<section class="info-part"><h4>${t("person.common")}</h4>
    <ul>${ids.map((id) => {
      const chat = chats.get(id);
      return chat && html`<li key=${id}><button type="button" class="panel-row" onClick=${() => openChat(id)}><${Avatar} chat=${chat} />
        <span class="panel-row-words"><span class="panel-row-name" dir="auto">${titleOf(chat)}</span>
          <span class="panel-row-about">${t("members", { count: chat.memberCount })}</span></span></button></li>`;
    })}</ul></section>`;
}

/** Is somebody here, or when was he. @param {Person} person */
export function statusOf(person) {
  if (person.kind === "bot") return t("bot");
  if (!person.isActive) return t("chat.dismissed");
  const words = presenceWords(person);
  if (words) return words;
  return person.lastSeenAt ? t("chat.last_seen", { when: agoWords(person.lastSeenAt) }) : t("chat.never_seen");
}
