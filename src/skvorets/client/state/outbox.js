// Messages on their way to the server. What was written is kept until the server has it, also over a reload.
//
//   write ──► kept (IndexedDB) ──► files up ──► POST with clientId ──► answer or event with that clientId ──► forgotten
//
// Messages of a chat go one after another. Without a connection they wait; what the server refuses fails until one tries again.

import { ApiError, call } from "../api.js";
import { computed, signal } from "../ui.js";
import { chats, take } from "./directory.js";
import { knownTimeline } from "./timelines.js";

/** @typedef {import("./directory.js").Message} Message */
/**
 * A file that goes with a message.
 * @typedef {object} Attached
 * @property {string} name
 * @property {number} size bytes
 * @property {string} mediaType
 * @property {Blob} [blob] until it is there
 * @property {number} fileId 0 = not there yet
 * @property {number} progress 0 … 1
 */
/**
 * A message on its way.
 * @typedef {object} Entry
 * @property {string} clientId
 * @property {number} chatId
 * @property {string} text
 * @property {number} replyToId 0 = none
 * @property {Attached[]} files
 * @property {number} createdAt
 * @property {"pending" | "sending" | "failed"} state
 * @property {string} refusal code of the server's refusal, empty = none
 */
/**
 * Where entries are kept, and how files go up; given by the page.
 * @typedef {object} Platform
 * @property {(entry: Entry) => Promise<void>} keep
 * @property {(clientId: string) => Promise<void>} forget
 * @property {() => Promise<Entry[]>} load
 * @property {(chatId: number, file: Attached, onProgress: (part: number) => void, cancel: AbortSignal) =>
 *   Promise<{ id: number }>} upload
 */

/** @type {import("../ui.js").Signal<Entry[]>} oldest first */
export const outbox = signal([]);
/** How many wait for the connection. */
export const waiting = computed(() => outbox.value.filter((one) => one.state !== "failed").length);

/** @type {Platform | null} */
let platform = null;
/** @type {Map<string, AbortController>} */
const uploads = new Map();
/** @type {Set<number>} chats whose first message is on its way */
const busy = new Set();

/**
 * Take up what was left by an earlier visit.
 * @param {Platform} given
 */
export async function openOutbox(given) {
  platform = given;
  const left = (await given.load()).filter((one) => !find(one.clientId));
  outbox.value = [...left.map((one) => (one.state === "sending" ? { ...one, state: /** @type {const} */ ("pending") } : one)),
    ...outbox.peek()].sort((one, other) => one.createdAt - other.createdAt);
  flush();
}

/**
 * Write a message.
 * @param {number} chatId
 * @param {{ text: string, replyToId?: number, files?: File[] }} written
 */
export async function send(chatId, { text, replyToId = 0, files = [] }) {
  /** @type {Entry} */
  const entry = {
    clientId: crypto.randomUUID(), chatId, text, replyToId, files: files.map(attached), createdAt: Date.now(),
    state: "pending", refusal: "",
  };
  outbox.value = [...outbox.peek(), entry];
  await platform?.keep(entry);
  flush();
}

/**
 * Try a failed message again.
 * @param {string} clientId
 */
export function retry(clientId) {
  change(clientId, { state: "pending", refusal: "" });
  flush();
}

/**
 * Give a message up that the server does not have.
 * @param {string} clientId
 */
export async function discard(clientId) {
  uploads.get(clientId)?.abort();
  outbox.value = outbox.peek().filter((one) => one.clientId !== clientId);
  await platform?.forget(clientId);
}

/** Send what waits; called when the connection is back, too. */
export function flush() {
  for (const entry of outbox.peek()) {
    if (entry.state === "pending" && !busy.has(entry.chatId)) void deliver(entry);
  }
}

/**
 * The server has a message of ours.
 * @param {Message} message
 */
export function arrived(message) {
  if (message.clientId && find(message.clientId)) void discard(message.clientId);
}

/** @param {Entry} entry */
async function deliver(entry) {
  busy.add(entry.chatId);
  change(entry.clientId, { state: "sending" });
  try {
    await uploadAll(entry.clientId);
    const ready = find(entry.clientId);
    if (!ready) return;
    const fileIds = ready.files.map((one) => one.fileId);
    const { chatId, clientId, text, replyToId } = ready;
    const given = { clientId, text, replyToId: replyToId || undefined, fileIds: fileIds.length ? fileIds : undefined };
    const answer = await call("POST", `/api/chats/${chatId}/messages`, given);
    take(answer);
    settle(answer.message);
  } catch (error) {
    fail(entry.clientId, error);
  } finally {
    busy.delete(entry.chatId);
  }
  if (find(entry.clientId)?.state !== "pending") flush();
}

/**
 * The answer comes before or after the event; either is enough.
 * @param {Message} message
 */
function settle(message) {
  arrived(message);
  knownTimeline(message.chatId)?.put(message);
  const chat = chats.peek(message.chatId);
  if (chat && message.id > (chat.last?.id ?? 0)) {
    const mine = { ...chat.mine, unread: 0, readId: message.id, firstUnreadId: 0, isMarkedUnread: false, isHidden: false };
    chats.set(chat.id, { ...chat, last: message, lastAt: message.createdAt, lastSeq: message.seq, mine });
  }
}

/**
 * @param {string} clientId
 * @param {unknown} error
 */
function fail(clientId, error) {
  const refused = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 401
    && error.status !== 429;
  if (refused) change(clientId, { state: "failed", refusal: /** @type {ApiError} */ (error).code });
  else change(clientId, { state: "pending" });
  if (!refused) setTimeout(flush, 3000);
}

/** @param {string} clientId */
async function uploadAll(clientId) {
  const entry = find(clientId);
  const cancel = new AbortController();
  uploads.set(clientId, cancel);
  try {
    for (const [at, file] of (entry?.files ?? []).entries()) {
      if (file.fileId || !platform || !entry) continue;
      const { id } = await platform.upload(entry.chatId, file, (progress) => changeFile(clientId, at, { progress }), cancel.signal);
      changeFile(clientId, at, { fileId: id, progress: 1, blob: undefined });
      const kept = find(clientId);
      if (kept) await platform.keep(kept);
    }
  } finally {
    uploads.delete(clientId);
  }
}

/** @param {File} file @returns {Attached} */
function attached(file) {
  return { name: file.name, size: file.size, mediaType: file.type, blob: file, fileId: 0, progress: 0 };
}

/** @param {string} clientId */
function find(clientId) {
  return outbox.peek().find((one) => one.clientId === clientId);
}

/**
 * @param {string} clientId
 * @param {Partial<Entry>} changes
 */
function change(clientId, changes) {
  outbox.value = outbox.peek().map((one) => (one.clientId === clientId ? { ...one, ...changes } : one));
  const entry = find(clientId);
  if (entry && changes.state && changes.state !== "sending") void platform?.keep(entry);
}

/**
 * @param {string} clientId
 * @param {number} at
 * @param {Partial<Attached>} changes
 */
function changeFile(clientId, at, changes) {
  const files = find(clientId)?.files.map((file, number) => (number === at ? { ...file, ...changes } : file));
  if (files) outbox.value = outbox.peek().map((one) => (one.clientId === clientId ? { ...one, files } : one));
}
