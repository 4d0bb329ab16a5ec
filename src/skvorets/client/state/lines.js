// Open lines: which ones I serve, what waits in them, and what can be done with a conversation.

import { call } from "../api.js";
import { computed, signal } from "../ui.js";
import { inBackground } from "./background.js";
import { chats, take } from "./directory.js";
import { isForMe, isWaiting, waitsSince } from "./line_talks.js";
import { isListed } from "./recents.js";

/**
 * @typedef {import("../shapes.js").ServedLineView} ServedLine
 * @typedef {import("../shapes.js").LineChatView} LineChat
 * @typedef {import("./directory.js").Chat} Chat
 * @typedef {import("../shapes.js").AnswerView} Answer
 * @typedef {import("../shapes.js").TalkView} Talk
 */

/** What changes in lines without being told is asked for again after this time, ms. */
export const REFRESH = 20_000;
/** Events that come together cause one question, ms. */
const TOGETHER = 300;

/** The lines that I serve. @type {import("../ui.js").Signal<ServedLine[]>} */
export const myLines = signal([]);
/** Lines of others, to which conversations can be transferred. @type {import("../ui.js").Signal<{ id: number, name: string }[]>} */
export const otherLines = signal([]);
/** Chats of conversations that nobody has taken, in all my lines. @type {import("../ui.js").Signal<number[]>} */
const waitingIds = signal([]);

/** Is there something about lines to be shown? */
export const hasLines = computed(() => myLines.value.length > 0 || chats.all().some((chat) => chat.kind === "line" && isListed(chat)));

/** What waits and is not in my own list, who waits longest first. */
export const waitingElsewhere = computed(() => waitingIds.value.map((id) => chats.get(id))
  .filter((chat) => chat !== undefined && !chat.mine.isMember && isWaiting(chat.line))
  .sort((one, other) => waitsSince(one?.line) - waitsSince(other?.line)));

/** How many customers wait for me: offered, asked again, or taken by nobody. */
export const waitingCount = computed(() => waitingElsewhere.value.length
  + chats.all().filter((chat) => chat.mine.isMember && isForMe(chat.line)).length);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let due;
/** @type {Map<number, { at: number, answers: Promise<Answer[]> }>} by line */
const answersKnown = new Map();

/** Ask what there is, now. */
export async function loadLines() {
  const { lines, others } = await call("GET", "/api/lines");
  [myLines.value, otherLines.value] = [lines, others];
  const wanted = lines.filter((/** @type {ServedLine} */ one) => one.waiting > 0);
  const pages = await Promise.all(wanted.map((/** @type {ServedLine} */ one) => call("GET", `/api/lines/${one.id}/waiting`)));
  pages.forEach(take);
  waitingIds.value = pages.flatMap((page) => page.chats.map((/** @type {Chat} */ chat) => chat.id));
}

/** Something happened in a line: ask soon. */
export function loadLinesSoon() {
  if (due !== undefined) return;
  due = setTimeout(() => {
    due = undefined;
    inBackground(loadLines());
  }, TOGETHER);
}

/**
 * Get nothing new of a line for a while, or again; shown at once.
 * @param {number} lineId
 * @param {boolean} isPaused
 */
export async function pauseLine(lineId, isPaused) {
  const before = myLines.peek();
  myLines.value = before.map((one) => (one.id === lineId ? { ...one, isPaused } : one));
  try {
    await call("PATCH", `/api/lines/${lineId}/me`, { isPaused });
  } catch (error) {
    myLines.value = before;
    throw error;
  }
}

/**
 * Do something with the conversation of a chat.
 * @param {number} chatId
 * @param {"take" | "skip" | "finish" | "spam" | "reopen" | "silent" | "pin" | "transfer"} deed
 * @param {Record<string, unknown>} [given]
 */
export async function act(chatId, deed, given) {
  const answer = await call("POST", `/api/chats/${chatId}/line/${deed}`, given);
  take({ people: answer.people, chat: answer.chat ?? undefined });
  if (!answer.chat) chats.delete(chatId);
  loadLinesSoon();
}

/**
 * Canned answers of a line, asked for again after a while: others change them, too.
 * @param {number} lineId
 * @returns {Promise<Answer[]>}
 */
export function answersOf(lineId) {
  const known = answersKnown.get(lineId);
  if (known && Date.now() - known.at < REFRESH) return known.answers;
  const answers = call("GET", `/api/lines/${lineId}/answers`).then((answer) => answer.answers);
  answers.catch(() => answersKnown.delete(lineId));
  answersKnown.set(lineId, { at: Date.now(), answers });
  return answers;
}

/**
 * Keep an answer: a new one, or another text of one that is there.
 * @param {number} lineId
 * @param {{ id: number, title: string, text: string }} answer id 0 = new
 */
export async function keepAnswer(lineId, { id, ...given }) {
  answersKnown.delete(lineId);
  await (id ? call("PATCH", `/api/lines/${lineId}/answers/${id}`, given) : call("POST", `/api/lines/${lineId}/answers`, given));
}

/** @param {number} lineId @param {number} id */
export async function removeAnswer(lineId, id) {
  answersKnown.delete(lineId);
  await call("DELETE", `/api/lines/${lineId}/answers/${id}`);
}

/**
 * Talks with a customer, the newest first.
 * @param {LineChat} line
 * @param {number} beforeId of a talk, 0 = the newest
 * @returns {Promise<{ items: Talk[], hasMore: boolean }>}
 */
export async function loadTalks(line, beforeId) {
  const answer = await call("GET", `/api/lines/${line.lineId}/sessions`, { clientId: line.client.id, beforeId: beforeId || undefined });
  take(answer);
  return { items: answer.sessions, hasMore: answer.hasMore };
}

/** Somebody else may log in. */
export function forgetLines() {
  clearTimeout(due);
  due = undefined;
  answersKnown.clear();
  myLines.value = [];
  otherLines.value = [];
  waitingIds.value = [];
}
