// The messages that the server does not have yet, and where the browser keeps them over a reload.

import { computed, signal } from "../ui.js";

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
 * @property {boolean} [isWhisper] is it kept from the customer of an open line?
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

/** The place that the page has given. */
export function place() {
  return platform;
}

/**
 * Take up what was left by an earlier visit; what was under way then begins anew.
 * @param {Platform} given
 */
export async function loadEntries(given) {
  platform = given;
  const left = (await given.load()).filter((one) => !find(one.clientId)).map(asWaiting);
  outbox.value = [...left, ...outbox.peek()].sort((one, other) => one.createdAt - other.createdAt);
}

/** @param {Entry} entry @returns {Entry} */
function asWaiting(entry) {
  return entry.state === "sending" ? { ...entry, state: "pending" } : entry;
}

/** @param {string} clientId */
export function find(clientId) {
  return outbox.peek().find((one) => one.clientId === clientId);
}

/** @param {Entry} entry */
export async function add(entry) {
  outbox.value = [...outbox.peek(), entry];
  await platform?.keep(entry);
}

/** @param {string} clientId */
export async function remove(clientId) {
  outbox.value = outbox.peek().filter((one) => one.clientId !== clientId);
  await platform?.forget(clientId);
}

/**
 * Change an entry here; `keep` writes it down.
 * @param {string} clientId
 * @param {Partial<Entry>} changes
 */
export function change(clientId, changes) {
  outbox.value = outbox.peek().map((one) => (one.clientId === clientId ? { ...one, ...changes } : one));
}

/**
 * @param {string} clientId
 * @param {number} at
 * @param {Partial<Attached>} changes
 */
export function changeFile(clientId, at, changes) {
  const files = find(clientId)?.files.map((file, number) => (number === at ? { ...file, ...changes } : file));
  if (files) change(clientId, { files });
}

/** @param {string} clientId */
export async function keep(clientId) {
  const entry = find(clientId);
  if (entry) await platform?.keep(entry);
}
