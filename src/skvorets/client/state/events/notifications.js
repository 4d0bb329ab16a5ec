// notification.added, notification.read, notification.deleted.

import { dropNotices, loadNotices, notices, unreadNotices } from "../notices.js";

/** A new one: the panel, if it was opened once, is loaded anew; the number grows in any case. */
export async function notificationAdded() {
  unreadNotices.value += 1;
  if (notices.peek()) await loadNotices();
}

/** @param {{ ids: number[], is_read: boolean, unread: number }} data */
export async function notificationsRead(data) {
  unreadNotices.value = data.unread;
  if (!notices.peek()) return;
  if (data.ids.length === 0) await loadNotices();
  else notices.value = notices.peek()?.map((one) => (data.ids.includes(one.id) ? { ...one, isRead: data.is_read } : one)) ?? null;
}

/** @param {{ ids: number[], unread: number }} data */
export function notificationsDeleted(data) {
  unreadNotices.value = data.unread;
  dropNotices(data.ids);
}
