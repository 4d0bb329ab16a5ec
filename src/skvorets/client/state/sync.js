// Keeps what is here the same as what is on the server: one load at the start, then every event in its order.
//
//   GET /api/start (position) ──► socket since=position ──► events ──► state/events/…
//   reset, or too long away ──► everything anew

import { inBackground } from "./background.js";
import { call } from "../api.js";
import { batch, computed, signal } from "../ui.js";
import { cards } from "./cards.js";
import { forgetComposing } from "./composing.js";
import { chats, forgetEverybody, myId, people, take } from "./directory.js";
import { handle } from "./events/all.js";
import { unreadNotices } from "./notices.js";
import { flush } from "./outbox.js";
import { forgetLines, loadLines } from "./lines.js";
import { forgetPlaces } from "./places.js";
import { loadSettings } from "./preferences.js";
import { PAGE, isBot, isComplete, isListed, loadRest } from "./recents.js";
import { dropTimelines, forgetTimelines } from "./timelines.js";

/** @typedef {"connecting" | "live" | "offline"} State */

/** @type {import("../ui.js").Signal<State>} */
export const connection = signal("connecting");
/** Is everything here that the first screen shows? */
export const isStarted = signal(false);
/** Grows when everything was loaded anew: what is open loads its messages. */
export const resets = signal(0);

isBot.value = (partnerId) => people.get(partnerId)?.kind === "bot";

/** People who are here without being away. */
export const present = computed(() => people.all().filter((one) => one.isHere && !one.idleSince).length);

/** @type {Promise<void>} events and loads one after another */
let queue = Promise.resolve();
/** @type {{ type: string, data: unknown }[]} */
const waiting = [];

/**
 * Load the first screen; gives the place in the log from which the socket goes on.
 * @returns {Promise<string>}
 */
export async function start() {
  const answer = await call("GET", "/api/start", { limit: PAGE });
  batch(() => {
    take({ people: [answer.me, ...answer.people], chats: answer.chats });
    myId.value = answer.me.id;
    unreadNotices.value = answer.counters.notifications;
    isComplete.value = !answer.hasMore;
    isStarted.value = true;
  });
  inBackground(loadSettings());
  inBackground(loadRest());
  inBackground(loadLines());
  return answer.position;
}

/**
 * Something happened. What comes while the page is busy is taken together, and drawn once.
 * @param {{ type: string, data: unknown }} event
 */
export function onEvent(event) {
  waiting.push(event);
  if (waiting.length === 1) queue = queue.then(takeWaiting);
}

async function takeWaiting() {
  while (waiting.length > 0) {
    /** @type {Promise<void>[]} */
    const loading = [];
    batch(() => waiting.splice(0).forEach((event) => loading.push(handle(event))));
    await Promise.all(loading);
    await new Promise((resolve) => setTimeout(resolve)); // let it be drawn, and more come
  }
}

/** What was missed is not known: load everything anew. */
export function onReset() {
  queue = queue.then(loadAnew).catch((error) => console.warn(error));
}

async function loadAnew() {
  forgetTimelines();
  const before = chats.all().filter((chat) => chat.mine.isMember);
  const answer = await call("GET", "/api/start", { limit: PAGE });
  batch(() => {
    take({ people: [answer.me, ...answer.people], chats: answer.chats });
    unreadNotices.value = answer.counters.notifications;
    isComplete.value = !answer.hasMore;
    resets.value += 1;
  });
  inBackground(loadLines());
  const there = new Set([...answer.chats.map((/** @type {{ id: number }} */ chat) => chat.id), ...(await loadRest())]);
  batch(() => before.filter((chat) => isListed(chat) && !there.has(chat.id)).forEach((chat) => chats.delete(chat.id)));
}

/** @param {State} state */
export function onState(state) {
  connection.value = state;
  if (state === "live") flush();
}

/** Nobody is logged in any more. */
export function end() {
  isStarted.value = false;
  dropTimelines();
  forgetComposing();
  forgetPlaces();
  forgetLines();
  cards.clear();
  forgetEverybody();
}
