// Messages on their way to the server. What was written is kept until the server has it, also over a reload.
//
//   write ──► kept (IndexedDB) ──► files up ──► POST with clientId ──► answer or event with that clientId ──► forgotten
//
// Messages of a chat go one after another. Without a connection they wait; what the server refuses fails until one tries again.

import { ApiError, call } from "../api.js";
import { batch } from "../ui.js";
import { chats, take } from "./directory.js";
import { add, change, changeFile, find, keep, loadEntries, outbox, place, remove } from "./outbox_entries.js";
import { knownTimeline } from "./timelines.js";
import { noteSent } from "./typing.js";

export { outbox, waiting } from "./outbox_entries.js";

/** @typedef {import("./directory.js").Message} Message */
/** @typedef {import("./outbox_entries.js").Attached} Attached */
/** @typedef {import("./outbox_entries.js").Entry} Entry */

/** Milliseconds until what could not be sent is tried again. */
const PAUSE = 3000;
/** Refusals that pass by themselves: not logged in, too many requests. */
const PASSING = new Set([401, 429]);

/** @type {Map<string, AbortController>} */
const uploads = new Map();
/** @type {Set<number>} chats whose first message is on its way */
const busy = new Set();

/**
 * Take up what was left by an earlier visit.
 * @param {import("./outbox_entries.js").Platform} platform
 */
export async function openOutbox(platform) {
  await loadEntries(platform);
  flush();
}

/**
 * Write a message.
 * @param {number} chatId
 * @param {{ text: string, replyToId?: number, files?: File[], isWhisper?: boolean }} written `isWhisper`: for operators only
 */
export async function send(chatId, { text, replyToId = 0, files = [], isWhisper = false }) {
  noteSent(chatId);
  await add({
    clientId: crypto.randomUUID(), chatId, text, replyToId, files: files.map(attached), isWhisper, createdAt: Date.now(),
    state: "pending", refusal: "",
  });
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
  await remove(clientId);
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
  if (message.clientId && find(message.clientId)) void remove(message.clientId);
}

/** @param {Entry} entry */
async function deliver({ clientId, chatId }) {
  busy.add(chatId);
  change(clientId, { state: "sending" });
  try {
    await uploadAll(clientId);
    const ready = find(clientId);
    if (ready) await post(ready);
  } catch (error) {
    fail(clientId, error);
  } finally {
    busy.delete(chatId);
  }
  if (find(clientId)?.state !== "pending") flush();
}

/** @param {Entry} entry */
async function post({ clientId, chatId, text, replyToId, files, isWhisper }) {
  const answer = await call("POST", `/api/chats/${chatId}/messages`, {
    clientId, text, replyToId: replyToId || undefined, fileIds: files.length ? files.map((one) => one.fileId) : undefined,
    isWhisper: isWhisper || undefined,
  });
  batch(() => {
    take(answer);
    settle(answer.message);
  });
}

/**
 * The answer comes before or after the event; either is enough.
 * @param {Message} message
 */
function settle(message) {
  knownTimeline(message.chatId)?.put(message);
  arrived(message);
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
  const isRefused = error instanceof ApiError && error.status >= 400 && error.status < 500 && !PASSING.has(error.status);
  if (isRefused) change(clientId, { state: "failed", refusal: error.code });
  else change(clientId, { state: "pending" });
  void keep(clientId);
  if (!isRefused) setTimeout(flush, PAUSE);
}

/** @param {string} clientId */
async function uploadAll(clientId) {
  const entry = find(clientId);
  const platform = place();
  if (!entry || !platform) return;
  const cancel = new AbortController();
  uploads.set(clientId, cancel);
  try {
    for (const [at, file] of entry.files.entries()) {
      if (file.fileId) continue;
      const { id } = await platform.upload(entry.chatId, file, (progress) => changeFile(clientId, at, { progress }), cancel.signal);
      changeFile(clientId, at, { fileId: id, progress: 1, blob: undefined });
      await keep(clientId);
    }
  } finally {
    uploads.delete(clientId);
  }
}

/** @param {File} file @returns {Attached} */
function attached(file) {
  return { name: file.name, size: file.size, mediaType: file.type, blob: file, fileId: 0, progress: 0 };
}
