// Where a chat opens: at a message that is asked for, at the first unread one, where one left it, or at the end.

import { keyOf } from "../../lib/timeline_items.js";
import { chats, knowChat, myId } from "../../state/directory.js";

/** @typedef {import("./desk.js").Desk} Desk */

/**
 * @param {Desk} desk
 * @param {number} messageId 0 = none is asked for
 */
export async function open(desk, messageId) {
  if (messageId) return desk.jumpTo(messageId);
  const { timeline, scroller } = desk;
  const mine = (await knowChat(desk.chatId).catch(() => undefined))?.mine;
  const isUnread = Boolean(mine?.isMember && mine.unread > 0);
  if (!isUnread && timeline.isReady.peek() && desk.leftAt) {
    timeline.dividerId.value = 0;
    return scroller.restore(desk.leftAt);
  }
  if (mine && isUnread) {
    const around = Math.max(mine.firstUnreadId, mine.readId);
    if (!holds(desk, mine.readId)) await desk.load(() => timeline.loadAround(around));
    timeline.dividerId.value = firstUnread(desk, mine.readId);
    if (timeline.dividerId.peek()) return scroller.show("divider", "start");
  } else {
    timeline.dividerId.value = 0;
  }
  return timeline.isReady.peek() ? desk.toEnd() : desk.load(async () => {
    await timeline.loadNewest();
    scroller.toEnd();
  });
}

/**
 * After a gap, or a failure: load again what is looked at.
 * @param {Desk} desk
 */
export async function reopen(desk) {
  const anchor = desk.scroller.position;
  const at = Number(anchor?.key.match(/^message (\d+)$/)?.[1] ?? 0);
  await desk.load(() => (at ? desk.timeline.loadAround(at) : desk.timeline.loadNewest()));
  if (!at || !anchor) desk.scroller.toEnd();
  else if (desk.timeline.find(at)) desk.scroller.restore(anchor);
  else desk.scroller.show(keyOf(desk.timeline.messages.peek()[0]?.id ?? 0), "start");
}

/**
 * New messages came while nobody looked: the line stands before the first of them.
 * @param {Desk} desk
 */
export function divideUnseen(desk) {
  const { timeline } = desk;
  const mine = chats.peek(desk.chatId)?.mine;
  if (!mine?.isMember || document.hasFocus() || timeline.dividerId.peek() > mine.readId) return;
  timeline.dividerId.value = firstUnread(desk, mine.readId);
}

/**
 * Is everything unread here already?
 * @param {Desk} desk
 * @param {number} readId
 */
function holds({ timeline }, readId) {
  const first = timeline.messages.peek()[0];
  return timeline.isReady.peek() && Boolean(first) && (first.id <= readId || !timeline.hasOlder.peek());
}

/**
 * @param {Desk} desk
 * @param {number} readId
 */
function firstUnread({ timeline }, readId) {
  return timeline.messages.peek().find((one) => one.id > readId && one.authorId !== myId.peek())?.id ?? 0;
}
