// Finding a conversation or a person by a few letters: first among what is here, a moment later with what the server knows.

import { call } from "../api.js";
import { folded, rank } from "../lib/fuzzy.js";
import { otherLayout } from "../lib/keyboard_layouts.js";
import { computed, signal } from "../ui.js";
import { inBackground } from "./background.js";
import { chats, myId, people, take } from "./directory.js";

/**
 * A conversation, or somebody without one: exactly one of the two numbers.
 * @typedef {{ chatId: number, personId: number }} Found
 */
/** Milliseconds without a stroke after which the server is asked. */
const PAUSE = 150;
/** More are not shown: a letter more is quicker than to read so many. */
const MOST = 50;

export class Finding {
  constructor() {
    this.text = signal("");
    /** Is the server being asked? */
    this.isAsking = signal(false);
    /** What the server found for the text, also by what is not here: positions, members. */
    this.fromServer = signal(/** @type {Set<string>} */ (new Set()));
    this.results = computed(() => this.find());
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.due = undefined;
  }

  /** @param {string} text */
  look(text) {
    this.text.value = text;
    this.fromServer.value = new Set();
    clearTimeout(this.due);
    this.isAsking.value = text.trim().length >= 2;
    if (this.isAsking.peek()) this.due = setTimeout(() => inBackground(this.ask(text)), PAUSE);
  }

  /** What the person found last, so that it is known here. */
  async loadLast() {
    take(await call("GET", "/api/find", { limit: 20 }));
  }

  /** @param {string} text */
  async ask(text) {
    try {
      const answer = await call("GET", "/api/find", { find: text.trim(), limit: 20 });
      if (this.text.peek() !== text) return;
      take(answer);
      const chatIds = answer.chats.map((/** @type {{ id: number }} */ one) => `chat${one.id}`);
      this.fromServer.value = new Set([...chatIds, ...(answer.personIds).map(String)]);
    } finally {
      if (this.text.peek() === text) this.isAsking.value = false;
    }
  }

  /** @returns {Found[]} */
  find() {
    const wanted = folded(this.text.value.trim().replace(/^@/, ""));
    const ways = wanted ? [wanted, folded(otherLayout(wanted))] : [""];
    const fits = (/** @type {string} */ name, /** @type {string} */ key) =>
      Math.max(...ways.map((way) => rank(folded(name), way)), this.fromServer.value.has(key) ? 0.5 : 0);
    const found = [...foundChats(fits), ...(wanted ? foundPeople(fits) : [])];
    found.sort((one, other) => Math.floor(other.rank) - Math.floor(one.rank) || other.at - one.at || other.rank - one.rank);
    return found.slice(0, MOST).map(({ chatId, personId }) => ({ chatId, personId }));
  }
}

/** @typedef {(name: string, key: string) => number} Fits */

/** @param {Fits} fits */
function foundChats(fits) {
  return chats.all().flatMap((chat) => {
    const partner = chat.kind === "private" ? people.get(chat.partnerId) : undefined;
    const key = partner ? String(partner.id) : `chat${chat.id}`;
    const found = Math.max(fits(partner?.name || chat.title, key), fits(chat.title, key));
    const isOpen = chat.mine.isMember ? 1 : 0;
    return found ? [{ chatId: chat.id, personId: 0, rank: found, at: chat.lastAt * isOpen }] : [];
  });
}

/** People with whom there is no conversation yet. @param {Fits} fits */
function foundPeople(fits) {
  const partners = new Set(chats.all().map((chat) => (chat.kind === "private" ? chat.partnerId : 0)));
  return people.all().flatMap((person) => {
    if (partners.has(person.id) || !person.isActive || person.id === myId.value) return [];
    const found = fits(person.name, String(person.id));
    return found ? [{ chatId: 0, personId: person.id, rank: found, at: 0 }] : [];
  });
}

/** Tell the server what was chosen: it comes first the next time, in every browser. @param {Found} found */
export function noteChoice({ chatId, personId }) {
  const chat = chats.peek(chatId);
  const partnerId = chat?.kind === "private" ? chat.partnerId : personId;
  if (partnerId !== myId.peek()) inBackground(call("PUT", "/api/find/last", partnerId ? { personId: partnerId } : { chatId }));
}
