// What can be completed in the field of a chat: people, commands of bots, emoji. Loaded once, when first asked for.

import { call } from "../api.js";
import { groupsOf } from "../lib/emoji.js";
import { knowPeople, myId, people, take } from "./directory.js";

/** @typedef {import("./directory.js").Person} Person */
/** @typedef {import("../shapes.js").CommandView} Command */
/** @typedef {import("../shapes.js").GifView} Gif */
/** @typedef {import("../lib/emoji.js").EmojiGroup} EmojiGroup */

/** Suggestions that are shown at once. */
export const SHOWN = 8;
/** Commands of a chat are asked for again after this time, ms: bots come and go. */
const FRESH = 30_000;

/** @type {Map<number, { at: number, commands: Promise<Command[]> }>} */
const commandsKnown = new Map();
/** @type {Map<number, number[]>} members that were seen in answers, per chat */
const membersKnown = new Map();

/**
 * Commands that one can give in a chat.
 * @param {number} chatId
 * @returns {Promise<Command[]>}
 */
export function commandsOf(chatId) {
  const known = commandsKnown.get(chatId);
  if (known && Date.now() - known.at < FRESH) return known.commands;
  const commands = call("GET", `/api/chats/${chatId}/commands`).then(async ({ commands: found }) => {
    await knowPeople(found.map((/** @type {Command} */ one) => one.botId));
    return found;
  });
  commands.catch(() => commandsKnown.delete(chatId));
  commandsKnown.set(chatId, { at: Date.now(), commands });
  return commands;
}

/**
 * People whose names fit, as far as they are known here: members first. Without waiting.
 * @param {number} chatId
 * @param {string} words
 * @returns {Person[]}
 */
export function knownPeople(chatId, words) {
  const members = new Set(membersKnown.get(chatId));
  const found = [...people.signals.values()].map((one) => one.peek())
    .filter((one) => one !== undefined && one.isActive && one.id !== myId.peek() && fits(one.name, words));
  const sorted = /** @type {Person[]} */ (found).sort((one, other) => Number(members.has(other.id)) - Number(members.has(one.id))
    || one.name.localeCompare(other.name));
  return words ? sorted.slice(0, SHOWN) : sorted.filter((one) => members.has(one.id)).slice(0, SHOWN);
}

/**
 * Ask the server who is meant: members of the chat, then everybody.
 * @param {number} chatId
 * @param {string} words
 */
export async function learnPeople(chatId, words) {
  const members = await call("GET", `/api/chats/${chatId}/members`, { find: words, limit: SHOWN });
  take(members);
  const ids = members.members.map((/** @type {{ personId: number }} */ one) => one.personId);
  membersKnown.set(chatId, [...new Set([...(membersKnown.get(chatId) ?? []), ...ids])]);
  if (words && ids.length < SHOWN) take(await call("GET", "/api/people", { find: words, limit: SHOWN, withBots: true }));
}

/** @type {Promise<EmojiGroup[]> | null} */
let emoji = null;

/** @returns {Promise<EmojiGroup[]>} */
export function emojiGroups() {
  emoji ??= call("GET", "/client/emoji/emoji.json").then(groupsOf);
  emoji.catch(() => { emoji = null; });
  return emoji;
}

/** @type {Promise<boolean> | null} */
let gifsThere = null;

/** Has the company a service of animations that answers? */
export function hasGifs() {
  gifsThere ??= findGifs("").then((found) => found.length > 0, () => false);
  return gifsThere;
}

/**
 * @param {string} words empty = those that are liked now
 * @returns {Promise<Gif[]>}
 */
export async function findGifs(words) {
  return (await call("GET", "/api/gifs", { find: words })).gifs;
}

/**
 * Does each word begin some word of the name?
 * @param {string} name
 * @param {string} words
 */
function fits(name, words) {
  const parts = plainOf(name).split(/[\s-]+/);
  return plainOf(words).split(" ").filter(Boolean).every((word) => parts.some((part) => part.startsWith(word)));
}

/** @param {string} text */
function plainOf(text) {
  return text.toLowerCase().replaceAll("ё", "е");
}
