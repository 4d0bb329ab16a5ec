// The list of conversations: which are in it, in which order, how many wait.

import { call } from "../api.js";
import { computed, signal } from "../ui.js";
import { chats, take } from "./directory.js";
import { compareLines } from "./line_talks.js";

/** @typedef {import("./directory.js").Chat} Chat */
/** @typedef {"all" | "unread" | "people" | "groups" | "bots" | "lines"} Filter */

/** Chats of one page of the list. */
export const PAGE = 100;

/** @type {import("../ui.js").Signal<Filter>} */
export const filter = signal(/** @type {Filter} */ ("all"));
/** Are all conversations here? */
export const isComplete = signal(false);
/** @type {import("../ui.js").Signal<(partnerId: number) => boolean>} told by the directory: is this a bot? */
export const isBot = signal((/** @type {number} */ _partnerId) => false);

/** All conversations of the list, the pinned first, then the newest. */
export const listed = computed(() => chats.all().filter(isListed).sort(compare));

/** Those that the filter leaves; customers of lines in the order in which they are to be served. */
export const shown = computed(() => {
  const left = listed.value.filter((chat) => fits(chat, filter.value));
  return filter.value === "lines" ? left.sort(compareLines) : left;
});

/** Unread messages of everything that is not muted; a mark set by hand counts as one. */
export const unreadTotal = computed(() => listed.value.reduce((sum, chat) => sum + waiting(chat), 0));

/** Conversations in which something waits. */
export const unreadChats = computed(() => listed.value.filter((chat) => waiting(chat) > 0));

/**
 * Load the pages that are not here yet; gives the numbers of their chats.
 * @returns {Promise<number[]>}
 */
export async function loadRest() {
  /** @type {number[]} */
  const found = [];
  for (let offset = PAGE; !isComplete.peek(); offset += PAGE) {
    const page = await call("GET", "/api/chats", { limit: PAGE, offset });
    take(page);
    isComplete.value = !page.hasMore;
    found.push(...page.chats.map((/** @type {Chat} */ chat) => chat.id));
  }
  return found;
}

/**
 * Is there something in the list for this chat?
 * @param {Chat} chat
 */
export function isListed(chat) {
  const { mine } = chat;
  if (!mine.isMember || mine.isHidden) return false;
  return chat.last !== null || chat.kind !== "private" || mine.pinnedAt > 0 || mine.isMarkedUnread || mine.draft !== null;
}

/**
 * @param {Chat} one
 * @param {Chat} other
 */
export function compare(one, other) {
  const pinned = Number(other.mine.pinnedAt > 0) - Number(one.mine.pinnedAt > 0);
  return pinned || other.lastAt - one.lastAt || other.id - one.id;
}

/** @param {Chat} chat */
function waiting(chat) {
  if (chat.mine.isMuted) return 0;
  return chat.mine.unread || Number(chat.mine.isMarkedUnread);
}

/**
 * @param {Chat} chat
 * @param {Filter} wanted
 */
function fits(chat, wanted) {
  if (wanted === "unread") return chat.mine.unread > 0 || chat.mine.isMarkedUnread;
  if (wanted === "all") return true;
  if (chat.kind === "line" || wanted === "lines") return chat.kind === "line" && wanted === "lines";
  if (chat.kind !== "private") return wanted === "groups";
  return wanted === (isBot.value(chat.partnerId) ? "bots" : "people");
}

/**
 * The conversation before or after one, in the order of the list.
 * @param {number} chatId
 * @param {1 | -1} step
 * @param {boolean} isUnreadOnly
 */
export function neighbour(chatId, step, isUnreadOnly) {
  const list = shown.peek();
  const at = list.findIndex((chat) => chat.id === chatId);
  for (let seen = 1; seen <= list.length; seen += 1) {
    const start = at < 0 && step < 0 ? list.length : at;
    const chat = list[(start + step * seen + list.length * 2) % list.length];
    if (chat && chat.id !== chatId && (!isUnreadOnly || chat.mine.unread > 0 || chat.mine.isMarkedUnread)) return chat.id;
  }
  return 0;
}
