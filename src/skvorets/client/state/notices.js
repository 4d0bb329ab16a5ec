// Notifications: what the system, programs and people tell one besides messages.

import { call } from "../api.js";
import { signal } from "../ui.js";
import { take } from "./directory.js";

/** @typedef {import("../shapes.js").NotificationView} Notice */

const PAGE = 50;

/** @type {import("../ui.js").Signal<Notice[] | null>} newest first; null = not loaded */
export const notices = signal(null);
export const unreadNotices = signal(0);
export const hasMoreNotices = signal(false);

export async function loadNotices() {
  const page = await call("GET", "/api/notifications", { limit: PAGE });
  take(page);
  notices.value = page.notifications;
  unreadNotices.value = page.unread;
  hasMoreNotices.value = page.hasMore;
}

export async function loadOlderNotices() {
  const known = notices.peek() ?? [];
  const page = await call("GET", "/api/notifications", { limit: PAGE, beforeId: known.at(-1)?.id });
  take(page);
  notices.value = [...known, ...page.notifications];
  hasMoreNotices.value = page.hasMore;
}

/** @param {number[]} [ids] absent = all */
export async function readNotices(ids) {
  const wanted = ids && new Set(ids);
  notices.value = notices.peek()?.map((one) => (!wanted || wanted.has(one.id) ? { ...one, isRead: true } : one)) ?? null;
  unreadNotices.value = (await call("POST", "/api/notifications/read", ids ? { ids } : {})).unread;
}

/**
 * Press a button of a notification that asks.
 * @param {number} id
 * @param {string} value
 */
export async function confirmNotice(id, value) {
  return (await call("POST", `/api/notifications/${id}/confirm`, { value })).text;
}

/**
 * Answer a notification in words.
 * @param {number} id
 * @param {string} text
 */
export async function answerNotice(id, text) {
  return (await call("POST", `/api/notifications/${id}/answer`, { text })).text;
}

/** @param {number} id */
export async function removeNotice(id) {
  await call("DELETE", `/api/notifications/${id}`);
  dropNotices([id]);
}

/** @param {number[]} ids */
export function dropNotices(ids) {
  notices.value = notices.peek()?.filter((one) => !ids.includes(one.id)) ?? null;
}
