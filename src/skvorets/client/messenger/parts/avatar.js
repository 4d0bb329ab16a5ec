// The picture of a person or chat; without one, initials on a colour of its own. A person's dot says whether he is here.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { myId, people } from "../../state/directory.js";
import { html } from "../../ui.js";

/** @typedef {import("../../state/directory.js").Person} Person */
/** @typedef {import("../../state/directory.js").Chat} Chat */
/** @typedef {"xs" | "s" | "m" | "l" | "xl"} Size 20, 28, 36, 48, 96 px */
/** @typedef {"here" | "away" | "dnd" | ""} Presence */

/**
 * @param {{ person?: Person, chat?: Chat, size?: Size, hasDot?: boolean }} props decoration: the name stands beside it
 */
export function Avatar({ person, chat, size = "m", hasDot = true }) {
  const partner = person ?? (chat?.kind === "private" ? people.get(chat.partnerId) : undefined);
  const isNotes = chat?.kind === "private" && chat.partnerId === myId.value;
  const picture = isNotes ? "" : partner?.avatar || chat?.avatar || "";
  const presence = partner && hasDot && !isNotes ? presenceOf(partner) : "";
  return html`<span class=${`avatar ${size}`} aria-hidden="true">
    ${picture
      ? html`<img src=${picture} alt="" loading="lazy" decoding="async" draggable=${false} />`
      : html`<span class="avatar-letters" style=${{ "--tint": partner?.color || chat?.color || "" }}>
          ${isNotes ? html`<${Icon} name="bookmark" />` : initialsOf(partner?.name ?? chat?.title ?? "")}</span>`}
    ${partner?.kind === "bot" && size !== "xs" && html`<span class="avatar-mark"><${Icon} name="bot" /></span>`}
    ${presence && html`<span class=${`avatar-dot ${presence}`}></span>`}
  </span>`;
}

/**
 * Whether a person is here, as the dot shows it; bots have none.
 * @param {Person} person
 * @returns {Presence}
 */
export function presenceOf(person) {
  if (person.kind !== "human" || !person.isHere || !person.isActive) return "";
  if (person.status === "dnd") return "dnd";
  return person.idleSince || person.status === "away" || person.status === "break" ? "away" : "here";
}

/**
 * Whether a person is here, in words; empty = not here.
 * @param {Person} person
 */
export function presenceWords(person) {
  const presence = presenceOf(person);
  return presence && t(`presence.${presence === "away" && person.status === "break" ? "break" : presence}`);
}

/**
 * One or two letters that stand for a name.
 * @param {string} name
 */
export function initialsOf(name) {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.slice(0, 2).map((word) => [...word][0]);
  return letters.join("").toUpperCase() || [...name.trim()][0] || "•";
}
