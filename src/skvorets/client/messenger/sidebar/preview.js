// What a row of the list says of its conversation: the last words, who said them, when, and how far they got.

import { formatDate, t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { plain } from "../../lib/markup.js";
import { myId, nameOf, people } from "../../state/directory.js";
import { outbox } from "../../state/outbox.js";
import { typing } from "../../state/typing.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */
/** @typedef {import("../../state/directory.js").Message} Message */
/** @typedef {"" | "sent" | "read" | "pending" | "failed"} Mark */
/**
 * @typedef {{ kind: "typing" | "draft" | "message" | "none", author: string, text: string, mark: Mark }} Preview
 */

/** Characters of a message that a row can show at most. */
const LONGEST = 160;
const DAY = 86_400_000;

/**
 * @param {Chat} chat
 * @returns {Preview}
 */
export function previewOf(chat) {
  const writing = typing.get(chat.id) ?? [];
  if (writing.length) return { kind: "typing", author: "", text: typingWords(chat, writing), mark: "" };
  const waiting = outbox.value.findLast((one) => one.chatId === chat.id);
  if (waiting) {
    const text = shortened(waiting.text) || waiting.files[0]?.name || "";
    return { kind: "message", author: t("you"), text, mark: waiting.state === "failed" ? "failed" : "pending" };
  }
  const { draft } = chat.mine;
  if (draft?.text && chat.mine.unread === 0) return { kind: "draft", author: t("draft"), text: shortened(draft.text), mark: "" };
  if (!chat.last) return { kind: "none", author: "", text: t("no_messages"), mark: "" };
  return { kind: "message", author: authorOf(chat, chat.last), text: wordsOf(chat.last), mark: markOf(chat, chat.last) };
}

/**
 * Of a message in short, also when it has no text.
 * @param {Message} message
 */
export function wordsOf(message) {
  if (message.isDeleted) return t("message_deleted");
  const text = shortened(message.text);
  if (text) return text;
  const [file] = message.files;
  if (file?.type === "image") return t("pictures", { count: message.files.length });
  if (file) return message.files.length > 1 ? t("files", { count: message.files.length }) : file.name;
  if (message.forwarded) return shortened(message.forwarded.text) || t("forwarded");
  return message.params.ATTACH || message.params.KEYBOARD ? t("attachment") : "";
}

/** @param {string} text */
function shortened(text) {
  return calmName(plain(text.slice(0, LONGEST * 4))).slice(0, LONGEST);
}

/**
 * @param {Chat} chat
 * @param {Message} last
 */
function authorOf(chat, last) {
  if (last.isSystem || last.isDeleted) return "";
  if (last.authorId === myId.value) return chat.partnerId === myId.value ? "" : t("you");
  if (chat.kind === "private") return "";
  return people.get(last.authorId)?.firstName || nameOf(last.authorId);
}

/**
 * @param {Chat} chat
 * @param {Message} last
 * @returns {Mark}
 */
function markOf(chat, last) {
  if (last.authorId !== myId.value || last.isSystem || last.isDeleted || chat.partnerId === myId.value) return "";
  return chat.seenId >= last.id ? "read" : "sent";
}

/**
 * @param {Chat} chat
 * @param {number[]} writing
 */
function typingWords(chat, writing) {
  if (chat.kind === "private") return t("typing");
  const [first] = writing;
  const name = people.get(first)?.firstName || nameOf(first);
  return writing.length > 1 ? t("typing.many", { count: writing.length }) : t("typing.one", { name });
}

/**
 * When something was said, as short as it can be told.
 * @param {number} at
 * @param {number} [now]
 */
export function shortTime(at, now = Date.now()) {
  if (!at) return "";
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (at >= midnight) return formatDate(at, { hour: "numeric", minute: "2-digit" });
  if (at >= midnight - DAY) return t("yesterday");
  if (at >= midnight - 6 * DAY) return formatDate(at, { weekday: "short" });
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return formatDate(at, isThisYear ? { day: "numeric", month: "short" } : { day: "2-digit", month: "2-digit", year: "2-digit" });
}

/** @type {Map<number, number>} chat → newest message in it that names us */
const mentions = new Map();

/**
 * Is there something unread that names us? Known of what was the last message while it was here.
 * @param {Chat} chat
 */
export function isMentioned(chat) {
  const { last, mine } = chat;
  if (mine.unread === 0 || chat.kind === "private") return false;
  if (last && last.authorId !== myId.value && last.text.includes(`[USER=${myId.value}]`)) mentions.set(chat.id, last.id);
  return (mentions.get(chat.id) ?? 0) > mine.readId;
}
