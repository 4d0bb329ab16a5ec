// Applications inside the messenger: icons of bots above the field, entries that are bound to places.

import { call } from "../api.js";
import { signal } from "../ui.js";
import { inBackground } from "./background.js";
import { Keyed } from "./keyed.js";

/** @typedef {import("../shapes.js").Icon} ChatApp */
/** @typedef {import("../shapes.js").Entry} Entry */
/** @typedef {"IM_TEXTAREA" | "IM_SIDEBAR" | "IM_CONTEXT_MENU" | "IM_SMILES_SELECTOR" | "IM_NAVIGATION"} Code */
/** @typedef {{ apps: ChatApp[], entries: Entry[] }} AtChat */

/** What is known is asked for again after this time, ms: applications come and go. */
const FRESH = 60_000;

/** @type {Keyed<AtChat>} by chat */
const atChats = new Keyed();
/** @type {Map<number, number>} when it was asked for */
const asked = new Map();
/** Entries beside the list of chats. @type {import("../ui.js").Signal<Entry[]>} */
export const navigation = signal([]);

/**
 * What is there for a chat; asked for when it is shown, told of changes.
 * @param {number} chatId
 */
export function atChat(chatId) {
  return atChats.get(chatId) ?? { apps: [], entries: [] };
}

/**
 * Entries of one place as they are known now.
 * @param {number} chatId
 * @param {Code} code
 */
export function entriesAt(chatId, code) {
  return (atChats.peek(chatId)?.entries ?? []).filter((one) => one.placement === code);
}

/**
 * Ask for what is there for a chat, unless that was just done.
 * @param {number} chatId
 * @param {string} dialogId
 */
export function learnPlaces(chatId, dialogId) {
  if (Date.now() - (asked.get(chatId) ?? 0) < FRESH) return;
  asked.set(chatId, Date.now());
  inBackground(load(chatId, dialogId));
}

/**
 * @param {number} chatId
 * @param {string} dialogId
 */
async function load(chatId, dialogId) {
  try {
    const [icons, entries] = await Promise.all([
      call("GET", "/api/chat-apps", { dialogId }), call("GET", "/api/placements", { dialogId })]);
    atChats.set(chatId, { apps: icons.apps, entries: entries.placements });
  } catch (error) {
    asked.delete(chatId);
    throw error;
  }
}

export async function loadNavigation() {
  navigation.value = (await call("GET", "/api/placements", { placement: "IM_NAVIGATION" })).placements;
}

/**
 * @param {number} id
 * @param {{ dialogId?: string, messageId?: number }} where
 * @returns {Promise<import("../frames/host.js").Opened>}
 */
export async function openEntry(id, where = {}) {
  return call("POST", `/api/placements/${id}/open`, where);
}

/**
 * @param {number} id
 * @param {{ dialogId: string, messageId?: number, buttonParams?: string }} where
 * @returns {Promise<import("../shapes.js").Opened>}
 */
export async function openApp(id, where) {
  return call("POST", `/api/chat-apps/${id}/open`, where);
}

/** Somebody else may log in. */
export function forgetPlaces() {
  atChats.clear();
  asked.clear();
  navigation.value = [];
}
