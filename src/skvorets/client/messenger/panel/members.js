// Who is in a chat: found by name, shown in pages, with what one may do with each.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { membersOf } from "../../state/chat_contents.js";
import { myId, people } from "../../state/directory.js";
import { html, useEffect, useMemo, useRef, useState } from "../../ui.js";
import { InvitePeople } from "../dialogs/invite.js";
import { showOverlay } from "../overlays.js";
import { Avatar, presenceWords } from "../parts/avatar.js";
import { openPerson } from "../router.js";
import { openMemberMenu } from "./member_menu.js";
import { More } from "./more.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */
/** @typedef {import("../../state/chat_contents.js").Member} Member */

/** So many can be read without a search. */
const FEW = 10;
/** Milliseconds without a stroke after which the server is asked. */
const PAUSE = 200;
const ROLES = ["owner", "manager", "member"];

/** @param {{ chat: Chat }} props */
export function Members({ chat }) {
  const words = useRef("");
  const [text, setText] = useState("");
  const pages = useMemo(() => membersOf(chat.id, () => words.current), [chat.id]);
  const { canInvite } = chat.rights;
  useEffect(() => {
    words.current = text;
    const timer = setTimeout(() => void pages.restart(), pages.isReady.peek() && text ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [pages, text, chat.memberCount, chat.ownerId]);
  const members = sorted(pages.items.value, pages.hasMore.value);
  return html`
    ${(canInvite || chat.memberCount > FEW) && html`<div class="members-top">
      ${chat.memberCount > FEW && html`<div class="finder-field"><${Icon} name="search" /><input class="input" type="search" value=${text} placeholder=${t("members.find")} aria-label=${t("members.find")}
        onInput=${(/** @type {InputEvent} */ event) => setText(/** @type {HTMLInputElement} */ (event.currentTarget).value)} /></div>`}
      ${canInvite && html`<button type="button" class="panel-row members-add" onClick=${() => showOverlay(InvitePeople, { chatId: chat.id })}>
        <span class="members-add-sign"><${Icon} name="user-plus" /></span><span>${t("members.add")}</span></button>`}
    </div>`}
    <ul class="members" aria-label=${t("panel.members")}>${members.map((member) => html`<${Row} key=${member.personId} chat=${chat} member=${member}
      changed=${() => void pages.restart()} />`)}</ul>
    <${More} pages=${pages} empty=${{ icon: "users", title: t(text ? "members.nobody" : "members.empty") }} />`;
}

/** @param {{ chat: Chat, member: Member, changed: () => void }} props */
function Row({ chat, member, changed }) {
  const person = people.get(member.personId);
  if (!person) return null;
  const isMe = person.id === myId.value;
  const about = [person.kind === "bot" ? t("bot") : calmName(person.position), presenceWords(person)].filter(Boolean).join(" · ");
  const meant = { chat, member, person, changed };
  /** @param {MouseEvent} event */
  const press = (event) => {
    event.preventDefault();
    if (!isMe) openMemberMenu(meant, { at: { x: event.clientX, y: event.clientY } });
  };
  return html`<li class="member" onContextMenu=${press}>
    <button type="button" class="panel-row" onClick=${() => openPerson(person.id)}>
      <${Avatar} person=${person} />
      <span class="panel-row-words"><span class="panel-row-name"><bdi>${calmName(person.name)}</bdi>${isMe && html` <span class="soft">${t("members.you")}</span>`}</span>
        ${about && html`<span class="panel-row-about">${about}</span>`}</span>
      ${member.role !== "member" && html`<span class=${`member-role ${member.role}`}>${t(`role.${member.role}`)}</span>`}
    </button>
    ${!isMe && html`<button type="button" class="icon-button member-more" aria-label=${t("members.more", { name: calmName(person.name) })} aria-haspopup="menu"
      onClick=${(/** @type {MouseEvent} */ event) => openMemberMenu(meant, { anchor: /** @type {Element} */ (event.currentTarget) })}><${Icon} name="ellipsis-vertical" /></button>`}
  </li>`;
}

/** Whoever leads stands first, when all are here. @param {Member[]} members @param {boolean} hasMore */
function sorted(members, hasMore) {
  if (hasMore) return members;
  return members.toSorted((one, other) => ROLES.indexOf(one.role) - ROLES.indexOf(other.role));
}
