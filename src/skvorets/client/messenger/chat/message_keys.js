// Keys, clicks and touches on messages, heard once for all rows.

import { myId } from "../../state/directory.js";
import { useMemo, useRef } from "../../ui.js";
import { openForward } from "../dialogs/forward.js";
import { means } from "../keys.js";
import { edit, markUnread, quote, remove, reply } from "./actions.js";
import { like } from "./likes.js";
import { openMessageMenu } from "./message_menu.js";
import { openReaders } from "./readers.js";

/** @typedef {import("../../state/directory.js").Message} Message */
/** @typedef {import("./desk.js").Desk} Desk */

/** A touch that stays so long opens the menu, ms; one that moves further than this scrolls, px. */
const [LONG, MOVED] = [480, 10];

/** @param {Desk} desk */
export function useMessageKeys(desk) {
  /** @type {{ current: { timer: ReturnType<typeof setTimeout>, x: number, y: number } | null }} */
  const touch = useRef(null);
  return useMemo(() => ({
    onKeyDown: (/** @type {KeyboardEvent} */ event) => press(desk, event),
    onContextMenu: (/** @type {MouseEvent} */ event) => {
      const message = messageAt(desk, event.target);
      // A link keeps the browser's own menu, as does Shift.
      if (!message || event.shiftKey || isOwn(event.target)) return;
      event.preventDefault();
      openMessageMenu(desk, message, { at: { x: event.clientX, y: event.clientY } });
    },
    onClick: (/** @type {MouseEvent} */ event) => {
      const message = event.altKey ? messageAt(desk, event.target) : undefined;
      if (!message) return;
      event.preventDefault();
      markUnread(desk, message);
    },
    onPointerOver: (/** @type {PointerEvent} */ event) => {
      if (event.pointerType === "mouse") desk.hoverId.value = messageAt(desk, event.target)?.id ?? 0;
    },
    onPointerLeave: () => { desk.hoverId.value = 0; },
    onTouchStart: (/** @type {TouchEvent} */ event) => {
      const { clientX: x, clientY: y } = event.touches[0];
      const timer = setTimeout(() => {
        const message = messageAt(desk, event.target);
        if (message && !isOwn(event.target) && !document.querySelector(".menu")) openMessageMenu(desk, message, { at: { x, y } });
      }, LONG);
      touch.current = { timer, x, y };
    },
    onTouchMove: (/** @type {TouchEvent} */ event) => {
      const { clientX, clientY } = event.touches[0];
      if (touch.current && Math.hypot(clientX - touch.current.x, clientY - touch.current.y) > MOVED) clearTimeout(touch.current.timer);
    },
    onTouchEnd: () => clearTimeout(touch.current?.timer),
    onTouchCancel: () => clearTimeout(touch.current?.timer),
  }), [desk]);
}

/**
 * @param {Desk} desk
 * @param {KeyboardEvent} event
 */
function press(desk, event) {
  const row = /** @type {HTMLElement} */ (event.target);
  // Within a row its buttons have the keys for themselves; on the row, or on the list, the message has.
  const isOnRow = row.dataset.id !== undefined || row === desk.box;
  if (event.defaultPrevented || !isOnRow) return;
  // The one that is active: keys may come faster than a row far away is drawn and has the focus.
  const message = desk.timeline.find(desk.activeId.peek()) ?? messageAt(desk, row);
  const act = step(desk, event, message) ?? (message && actOf(desk, event, message));
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

/**
 * From one message to the next.
 * @param {Desk} desk
 * @param {KeyboardEvent} event
 * @param {Message | undefined} message
 */
function step(desk, event, message) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  const messages = desk.timeline.messages.peek();
  const now = message ? messages.findIndex((one) => one.id === message.id) : messages.length;
  const next = { ArrowUp: now - 1, ArrowDown: now + 1, Home: 0, End: messages.length - 1 }[event.key];
  if (next === undefined || messages.length === 0) return undefined;
  return () => {
    if (next >= messages.length) desk.focusField();
    else desk.focusMessage(messages[Math.max(0, next)].id);
  };
}

/**
 * @param {Desk} desk
 * @param {KeyboardEvent} event
 * @param {Message} message
 * @returns {(() => unknown) | undefined}
 */
function actOf(desk, event, message) {
  if (means(event, "message_menu") || event.key === "ContextMenu") return () => openMessageMenu(desk, message, { anchor: anchorOf(desk, message) });
  if (means(event, "reply")) return () => reply(desk, message);
  if (means(event, "quote")) return () => quote(desk, message);
  if (means(event, "forward")) return () => openForward(message);
  if (means(event, "like") || event.key === "+") return () => like(message);
  if (means(event, "unread_from")) return () => markUnread(desk, message);
  if (means(event, "readers")) return () => openReaders(message);
  if (means(event, "delete")) return () => remove(message);
  if (event.code === "KeyE" && !event.ctrlKey && !event.metaKey && message.authorId === myId.peek()) return () => edit(desk, message);
  if (event.key === "Enter") return () => insideOf(desk, message)?.focus();
  return undefined;
}

/** @param {Desk} desk @param {Message} message */
function anchorOf(desk, message) {
  return desk.rowOf(message.id)?.querySelector(".bubble, .system-line") ?? undefined;
}

/** @param {Desk} desk @param {EventTarget | null} target */
function messageAt(desk, target) {
  const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target)?.closest?.("[data-id]"));
  return row ? desk.timeline.find(Number(row.dataset.id)) : undefined;
}

/** Does the browser have a better menu for it? @param {EventTarget | null} target */
function isOwn(target) {
  return Boolean(/** @type {Element} */ (target)?.closest?.("a[href], video, audio, input, textarea"));
}

/** The first link or button in a message. @param {Desk} desk @param {Message} message @returns {HTMLElement | null} */
function insideOf(desk, message) {
  return desk.rowOf(message.id)?.querySelector("a[href], button:not([tabindex='-1'])") ?? null;
}
