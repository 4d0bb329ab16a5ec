// The rows of a timeline: messages with the days between them, the line before the unread, what is still on its way.

/** @typedef {import("../shapes.js").MessageView} Message */
/** @typedef {import("../state/outbox.js").Entry} Entry */
/**
 * @typedef {object} Item
 * @property {string} key
 * @property {"beginning" | "older" | "day" | "divider" | "message" | "entry"} kind
 * @property {number} id of the message
 * @property {number} at when, ms
 * @property {boolean} isHead the first of an author's messages in a row
 * @property {boolean} isTail the last of them
 * @property {Message | null} message
 * @property {Entry | null} entry
 */

/** Messages of an author within this time are one group, ms. */
const GROUP = 5 * 60_000;

/**
 * @param {object} given
 * @param {Message[]} given.messages ascending
 * @param {Entry[]} given.entries what waits to be sent there
 * @param {number} given.dividerId the first unread message, 0 = none
 * @param {number} given.me
 * @param {boolean} given.hasOlder
 * @returns {Item[]}
 */
export function itemsOf({ messages, entries, dividerId, me, hasOlder }) {
  /** @type {Item[]} */
  const items = [item(hasOlder ? "older" : "beginning", hasOlder ? "older" : "beginning", 0)];
  let day = "";
  let before = { author: -1, at: 0 };
  let isDivided = false;
  let isDividerDue = dividerId > 0;
  /** @param {Item} next @param {number} author −1 = nobody's: it stands alone */
  function add(next, author) {
    const today = dayOf(next.at);
    if (today !== day) items.push(item("day", `day ${today}`, next.at));
    const isApart = author < 0 || author !== before.author || today !== day || isDivided || next.at - before.at > GROUP;
    const last = items.at(-1);
    if (!isApart && last) last.isTail = false;
    next.isHead = isApart;
    items.push(next);
    [day, isDivided, before] = [today, false, { author, at: next.at }];
  }
  for (const message of messages) {
    if (isDividerDue && message.id >= dividerId) {
      items.push(item("divider", "divider", message.createdAt));
      [isDivided, isDividerDue] = [true, false];
    }
    add({ ...item("message", keyOf(message.id), message.createdAt), id: message.id, message },
      message.isSystem || message.isWhisper ? -1 : message.authorId);
  }
  for (const entry of entries) add({ ...item("entry", `entry ${entry.clientId}`, entry.createdAt), entry }, entry.isWhisper ? -1 : me);
  return items;
}

/**
 * Key of a message's row.
 * @param {number} id
 */
export function keyOf(id) {
  return `message ${id}`;
}

/**
 * The same items again where nothing changed, so that nothing is drawn anew.
 * @param {Item[]} items
 * @param {Map<string, Item>} known by key
 */
export function sameItems(items, known) {
  return items.map((one) => {
    const old = known.get(one.key);
    return old && isSame(old, one) ? old : one;
  });
}

/**
 * A likely height of a row before it was drawn, px.
 * @param {Item} one
 * @param {number} width of the timeline, px
 */
export function guessOf(one, width) {
  if (one.kind === "beginning") return 140;
  if (one.kind !== "message" && one.kind !== "entry") return 40;
  const text = one.message?.text ?? one.entry?.text ?? "";
  const letters = Math.max(24, Math.min(width - 90, 600) / 7.5);
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / letters)), 0);
  const files = one.message?.files ?? [];
  const pictures = files.filter((file) => file.type === "image").length > 0 ? 240 : 0;
  const quote = one.message?.replyTo || one.message?.forwarded ? 48 : 0;
  const more = one.message?.params.ATTACH ? 120 : 0;
  const keys = one.message?.params.KEYBOARD ? 48 : 0;
  return 20 + Math.min(lines, 40) * 22 + (one.isHead ? 30 : 2) + pictures + quote + more + keys
    + files.filter((file) => file.type !== "image").length * 56;
}

/**
 * The day of a moment where the reader is.
 * @param {number} at ms
 */
export function dayOf(at) {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/**
 * @param {Item["kind"]} kind
 * @param {string} key
 * @param {number} at
 * @returns {Item}
 */
function item(kind, key, at) {
  return { key, kind, id: 0, at, isHead: true, isTail: true, message: null, entry: null };
}

/**
 * @param {Item} one
 * @param {Item} other
 */
function isSame(one, other) {
  return one.message === other.message && one.entry === other.entry && one.isHead === other.isHead
    && one.isTail === other.isTail && one.kind === other.kind;
}
