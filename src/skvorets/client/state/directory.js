// Who and what is known: the one who is logged in, people, chats. Everything else refers to them by number.

import { call } from "../api.js";
import { batch, computed, signal } from "../ui.js";
import { Keyed } from "./keyed.js";

/**
 * @typedef {import("../shapes.js").PersonView} Person
 * @typedef {import("../shapes.js").ChatView} Chat
 * @typedef {import("../shapes.js").MessageView} Message
 */

/** Number of the one who is logged in, 0 before that is known. */
export const myId = signal(0);
/** @type {Keyed<Person>} */
export const people = new Keyed();
/** @type {Keyed<Chat>} */
export const chats = new Keyed();

/** The one who is logged in. */
export const me = computed(() => people.get(myId.value));

/** @type {Map<number, Promise<void>>} people and chats that are being loaded */
const loadingPeople = new Map();
/** @type {Map<number, Promise<Chat | undefined>>} */
const loadingChats = new Map();

/**
 * What an answer of the server says of people and chats.
 * @param {{ people?: Person[], chats?: Chat[], chat?: Chat }} answer
 */
export function take(answer) {
  batch(() => {
    for (const one of answer.people ?? []) people.set(one.id, one);
    for (const one of answer.chats ?? []) chats.set(one.id, one);
    if (answer.chat) chats.set(answer.chat.id, answer.chat);
  });
}

/**
 * Load people who are not known yet.
 * @param {Iterable<number>} ids
 */
export async function knowPeople(ids) {
  const missing = [...new Set(ids)].filter((id) => id > 0 && !people.peek(id));
  const wanted = missing.filter((id) => !loadingPeople.has(id));
  if (wanted.length > 0) {
    const loading = loadPeople(wanted).finally(() => wanted.forEach((id) => loadingPeople.delete(id)));
    for (const id of wanted) loadingPeople.set(id, loading);
  }
  await Promise.all(missing.map((id) => loadingPeople.get(id)));
}

/**
 * Load people anew.
 * @param {number[]} ids
 */
export async function loadPeople(ids) {
  take(await call("GET", "/api/people", { ids: ids.join(",") }));
}

/**
 * A chat, loaded when it is not known yet; undefined when one may not see it.
 * @param {number} id
 */
export async function knowChat(id) {
  return chats.peek(id) ?? (await loadChat(id));
}

/**
 * Load a chat anew; calls that come meanwhile get the same answer.
 * @param {number} id
 * @returns {Promise<Chat | undefined>}
 */
export async function loadChat(id) {
  const under = loadingChats.get(id);
  if (under) return under;
  const loading = fetchChat(id).finally(() => loadingChats.delete(id));
  loadingChats.set(id, loading);
  return loading;
}

/** @param {number} id */
async function fetchChat(id) {
  try {
    take(await call("GET", `/api/chats/${id}`));
  } catch (error) {
    if (/** @type {{ status?: number }} */ (error).status !== 404) throw error;
    chats.delete(id);
  }
  return chats.peek(id);
}

/**
 * Change one's own view of a chat, here only.
 * @param {number} id
 * @param {Partial<Chat["mine"]>} changes
 */
export function changeMine(id, changes) {
  const chat = chats.peek(id);
  if (chat) chats.set(id, { ...chat, mine: { ...chat.mine, ...changes } });
}

/**
 * What a person is called; empty while that is loaded.
 * @param {number} id
 */
export function nameOf(id) {
  return people.get(id)?.name ?? "";
}

/** Forget everything: somebody else may log in. */
export function forgetEverybody() {
  batch(() => {
    people.clear();
    chats.clear();
    myId.value = 0;
  });
}
