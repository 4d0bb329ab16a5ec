// A server made of a table of answers, instead of the network: state modules call it as they call the real one.

/** @type {{ verb: string, path: string, given: any }[]} everything that was asked */
export const asked = [];
/** @type {Map<string, (given: any, match: RegExpMatchArray) => any>} */
const answers = new Map();

/**
 * Answer `VERB /path/with/(\d+)` by a function; what it throws as {status, code} is a refusal, "offline" no answer.
 */
export function on(what, answer) {
  answers.set(what, answer);
}

export function reset() {
  asked.length = 0;
  answers.clear();
}

globalThis.fetch = async (address, { method, body }) => {
  await null;
  const url = new URL(address, "http://server");
  const given = body ? JSON.parse(body) : Object.fromEntries(url.searchParams);
  asked.push({ verb: method, path: url.pathname, given });
  for (const [what, answer] of answers) {
    const match = `${method} ${url.pathname}`.match(new RegExp(`^${what}$`));
    if (match) return respond(() => answer(given, match));
  }
  return new Response(JSON.stringify({ error: { code: "no_such_path", message: "" } }), { status: 404 });
};

async function respond(answer) {
  try {
    const body = await answer();
    return body === null ? new Response(null, { status: 204 }) : new Response(JSON.stringify(body));
  } catch (refusal) {
    if (refusal === "offline") throw new TypeError("Failed to fetch");
    return new Response(JSON.stringify({ error: { code: refusal.code, message: "" } }), { status: refusal.status });
  }
}

/** Let everything that waits for nothing but itself happen. */
export async function settle() {
  for (let turn = 0; turn < 50; turn += 1) await null;
  await new Promise((resolve) => setImmediate(resolve));
}

export function person(id, changes = {}) {
  return { id, kind: "human", name: `Person ${id}`, isHere: true, idleSince: 0, status: "online", ...changes };
}

export function message(id, changes = {}) {
  return {
    id, chatId: 1, seq: id, authorId: 2, createdAt: id * 1000, editedAt: 0, isDeleted: false, isSystem: false, text: `text ${id}`,
    params: {}, files: [], likes: [], replyTo: null, forwarded: null, clientId: "", canEdit: false, canDelete: false, ...changes,
  };
}

export function chat(id, changes = {}, mine = {}) {
  return {
    id, dialogId: `chat${id}`, kind: "group", title: `Chat ${id}`, partnerId: 0, lastAt: id, lastSeq: 0, last: null, seenId: 0,
    memberCount: 2, rights: { canWrite: true }, ...changes,
    mine: {
      isMember: true, role: "member", unread: 0, firstUnreadId: 0, readId: 0, firstId: 0, isMuted: false, pinnedAt: 0,
      isMarkedUnread: false, isHidden: false, draft: null, ...mine,
    },
  };
}

/** A row of the log as core/events.py writes message.added. */
export function added(id, changes = {}) {
  return {
    type: "message.added",
    data: {
      id, chat_id: 1, seq: id, author_id: 2, actor_id: 2, created_at: id * 1000, text: `text ${id}`, params: null, client_id: null,
      ...changes,
    },
  };
}
