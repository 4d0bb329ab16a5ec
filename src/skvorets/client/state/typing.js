// Who is writing right now, and telling others that we are.

import { inBackground } from "./background.js";
import { call } from "../api.js";
import { Keyed } from "./keyed.js";

/** Milliseconds that somebody's writing is shown without a new word of it. */
const SHOWN = 25_000;
/** Milliseconds between two words that we are writing. */
const PAUSE = 10_000;

/** @type {Keyed<number[]>} chat → who writes there */
export const typing = new Keyed();
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const timers = new Map();
/** @type {Map<number, number>} */
const told = new Map();

/**
 * @param {number} chatId
 * @param {number} personId
 */
export function startTyping(chatId, personId) {
  const key = `${chatId} ${personId}`;
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(() => stopTyping(chatId, personId), SHOWN));
  const writing = typing.peek(chatId) ?? [];
  if (!writing.includes(personId)) typing.set(chatId, [...writing, personId]);
}

/**
 * @param {number} chatId
 * @param {number} personId
 */
export function stopTyping(chatId, personId) {
  const key = `${chatId} ${personId}`;
  clearTimeout(timers.get(key));
  timers.delete(key);
  const writing = typing.peek(chatId);
  if (writing?.includes(personId)) typing.set(chatId, writing.filter((one) => one !== personId));
}

/**
 * We are writing; the others are told now and then. That it could not be told is no matter.
 * @param {number} chatId
 */
export function noteTyping(chatId) {
  const now = Date.now();
  if (now - (told.get(chatId) ?? 0) < PAUSE) return;
  told.set(chatId, now);
  inBackground(call("POST", `/api/chats/${chatId}/typing`));
}

/**
 * Our message is out: the next word begins anew.
 * @param {number} chatId
 */
export function noteSent(chatId) {
  told.delete(chatId);
}
