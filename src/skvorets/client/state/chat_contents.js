// What a chat consists of besides its messages: members, files, links.

import { call } from "../api.js";
import { take } from "./directory.js";
import { Pages } from "./pages.js";

/** @typedef {import("../shapes.js").MemberView} Member */
/** @typedef {import("../shapes.js").FileView} File */
/** @typedef {import("../shapes.js").LinkView} Link */
/** @typedef {"image" | "video" | "audio" | "file"} FileKind */

/** Of one page. */
const [MEMBERS, FILES, LINKS] = [50, 60, 50];

/**
 * Who takes part.
 * @param {number} chatId
 * @param {() => string} find beginnings of names, when a page is asked for
 */
export function membersOf(chatId, find) {
  return new Pages(async (/** @type {Member | undefined} */ last) => {
    const given = { find: find().trim(), afterId: last?.personId, limit: MEMBERS };
    const page = await call("GET", `/api/chats/${chatId}/members`, given);
    take(page);
    return { items: /** @type {Member[]} */ (page.members), hasMore: page.hasMore };
  });
}

/**
 * Files that messages show, the newest first.
 * @param {number} chatId
 * @param {FileKind} type
 */
export function filesOf(chatId, type) {
  return new Pages(async (/** @type {File | undefined} */ last) => {
    const page = await call("GET", `/api/chats/${chatId}/files`, { type, beforeId: last?.id, limit: FILES });
    take(page);
    return { items: /** @type {File[]} */ (page.files), hasMore: page.hasMore };
  });
}

/**
 * Addresses in messages, those of the newest message first.
 * @param {number} chatId
 */
export function linksOf(chatId) {
  return new Pages(async (/** @type {Link | undefined} */ last) => {
    const page = await call("GET", `/api/chats/${chatId}/links`, { beforeId: last?.messageId, limit: LINKS });
    take(page);
    return { items: /** @type {Link[]} */ (page.links), hasMore: page.hasMore };
  });
}
