// What a chat is called, and what is said of it in the line below.

import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { myId, nameOf, people } from "../../state/directory.js";
import { typing } from "../../state/typing.js";
import { presenceWords } from "../parts/avatar.js";
import { agoWords } from "./days.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */

/** @param {Chat} chat */
export function titleOf(chat) {
  if (chat.kind === "private" && chat.partnerId === myId.value) return t("chat.notes");
  return calmName((chat.kind === "private" && nameOf(chat.partnerId)) || chat.title) || t("chat.nameless");
}

/**
 * Who is there, or when somebody was.
 * @param {Chat} chat
 */
export function statusOf(chat) {
  if (chat.kind !== "private") return t("chat.members", { count: chat.memberCount });
  if (chat.partnerId === myId.value) return t("chat.notes.hint");
  const person = people.get(chat.partnerId);
  if (!person) return "";
  if (person.kind === "bot") return person.position ? t("chat.bot_of", { position: calmName(person.position) }) : t("chat.bot");
  if (!person.isActive) return t("chat.dismissed");
  const presence = presenceWords(person);
  if (presence) return presence;
  return person.lastSeenAt ? t("chat.last_seen", { when: agoWords(person.lastSeenAt) }) : t("chat.never_seen");
}

/**
 * Who is writing there, in words; empty = nobody.
 * @param {Chat} chat
 */
export function typingWords(chat) {
  const names = (typing.get(chat.id) ?? []).map((id) => people.get(id)?.firstName || nameOf(id)).filter(Boolean).map(calmName);
  if (names.length === 0) return "";
  if (chat.kind === "private") return t("chat.typing");
  if (names.length <= 2) return t(names.length === 1 ? "chat.types" : "chat.two_type", { name: names[0], other: names[1] ?? "" });
  return t("chat.many_type", { count: names.length });
}
