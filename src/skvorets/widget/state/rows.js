// What stands below what in the talk: days, the line above what is new, messages in groups of their authors.

/** @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").Pending} Pending
 * @typedef {{ kind: "day", key: string, at: number }
 *   | { kind: "new", key: string }
 *   | { kind: "message", key: string, message: Message, isFirst: boolean, isLast: boolean, isLastOfMine: boolean }
 *   | { kind: "pending", key: string, pending: Pending, isFirst: boolean, isLast: boolean }} Row */

/** Messages of one author that came closer together than this form a group, ms. */
const GROUP_MS = 5 * 60_000;

/**
 * @param {{ messages: readonly Message[], pending: readonly Pending[], newAfter: number }} given `newAfter`: the line stands
 *   above the first one of others after this id; 0 = no line
 * @returns {Row[]}
 */
export function rowsOf({ messages, pending, newAfter }) {
  /** @type {Row[]} */
  const rows = [];
  const firstNew = newAfter ? messages.find((one) => one.id > newAfter && one.author !== "me") : undefined;
  const lastOfMine = messages.findLast((one) => one.author === "me");
  messages.forEach((message, at) => {
    const before = messages[at - 1];
    const after = messages[at + 1];
    if (!before || dayOf(before.createdAt) !== dayOf(message.createdAt)) {
      rows.push({ kind: "day", key: `day${message.id}`, at: message.createdAt });
    }
    if (message === firstNew) rows.push({ kind: "new", key: "new" });
    rows.push({
      kind: "message",
      key: `m${message.clientId ?? message.id}`,
      message,
      isFirst: message === firstNew || !isTogether(before, message),
      isLast: after ? after === firstNew || !isTogether(message, after) : message.author !== "me" || pending.length === 0,
      isLastOfMine: message === lastOfMine,
    });
  });
  pending.forEach((one, at) => {
    const last = messages[messages.length - 1];
    if (at === 0 && (!last || dayOf(last.createdAt) !== dayOf(one.at))) rows.push({ kind: "day", key: "today", at: one.at });
    rows.push({ kind: "pending", key: `m${one.clientId}`, pending: one, isFirst: at === 0 && last?.author !== "me",
      isLast: at === pending.length - 1 });
  });
  return rows;
}

/** @param {Message | undefined} one @param {Message} next */
function isTogether(one, next) {
  return Boolean(one) && one?.author === next.author && one.authorId === next.authorId
    && next.createdAt - one.createdAt < GROUP_MS && dayOf(one.createdAt) === dayOf(next.createdAt);
}

/** @param {number} at */
function dayOf(at) {
  return new Date(at).toDateString();
}
