// What a visitor does beside writing.

import { SLICE } from "./talk.js";

/** @typedef {import("./talk.js").Talk} Talk */

/** How often the server hears that the visitor is writing, ms. */
const TYPING_EVERY = 4_000;
/** @type {WeakMap<Talk, number>} */
const typedAt = new WeakMap();

/** The window was opened or closed. @param {Talk} talk @param {boolean} isOpen */
export function setOpen(talk, isOpen) {
  talk.isOpen = isOpen;
  talk.newAfter = isOpen && talk.unread > 0 ? talk.readId : 0;
  if (isOpen) talk.news.wake();
  talk.changed();
}

/** He has seen everything. @param {Talk} talk */
export function readAll(talk) {
  const newest = talk.messages.newest;
  if (!talk.visitor || newest <= talk.readId) return;
  talk.readId = newest;
  talk.unread = 0;
  talk.changed();
  talk.call("POST", "/read", { messageId: newest }).catch(() => {});
}

/** Load what was said before. @param {Talk} talk */
export async function loadOlder(talk) {
  if (!talk.hasMore || talk.isLoadingOlder) return;
  talk.isLoadingOlder = true;
  talk.changed();
  try {
    talk.take(await talk.call("GET", `/messages?before=${talk.messages.oldest}&limit=${SLICE}`), true);
  } catch {
    // it is asked for again by the next scrolling
  } finally {
    talk.isLoadingOlder = false;
    talk.changed();
  }
}

/** @param {Talk} talk */
export function types(talk) {
  const now = talk.parts.now();
  if (!talk.visitor || now - (typedAt.get(talk) ?? 0) < TYPING_EVERY) return;
  typedAt.set(talk, now);
  talk.call("POST", "/typing").catch(() => {});
}

/** @param {Talk} talk @param {number} id @param {string} text Raises Refusal. */
export async function edit(talk, id, text) {
  await talk.call("PATCH", `/messages/${id}`, { text: text.trim() });
  await talk.news.reload(id);
}

/** @param {Talk} talk @param {number} id Raises Refusal. */
export async function remove(talk, id) {
  await talk.call("DELETE", `/messages/${id}`);
  await talk.news.reload(id);
}

/** @param {Talk} talk @param {import("./types.js").Message} message */
export async function like(talk, message) {
  const isLiked = !message.isLiked;
  talk.messages.take([{ ...message, isLiked, likes: Math.max(0, message.likes + (isLiked ? 1 : -1)) }]);
  talk.changed();
  try {
    await talk.call("POST", `/messages/${message.id}/like`, { isLiked });
  } catch {
    talk.messages.take([message]);
    talk.changed();
  }
}

/** Press a button of a bot. @param {Talk} talk @param {number} id @param {{ command: string, params: string }} pressed */
export function press(talk, id, { command, params }) {
  return talk.call("POST", `/messages/${id}/command`, { command, params });
}

/** @param {Talk} talk @param {number} vote 1..5 @param {string} comment Raises Refusal. */
export async function rate(talk, vote, comment) {
  await talk.call("POST", "/rating", { vote, comment: comment.trim() });
  if (talk.session) talk.session = { ...talk.session, vote, asksRating: false };
  talk.changed();
}

/** Leave a message while nobody is there. @param {Talk} talk @param {{ name: string, email: string, text: string }} given */
export async function leave(talk, { name, email, text }) {
  await talk.come({ name, email });
  await talk.call("POST", "/offline", { name, email, text: text.trim() });
  await talk.news.catchUp();
  await talk.hello();
}

/** The page around knows him. @param {Talk} talk @param {{ name?: string, email?: string }} who */
export async function identify(talk, who) {
  const name = who.name?.trim().slice(0, 100) || undefined;
  const email = who.email?.trim().slice(0, 254) || undefined;
  talk.who = { name, email };
  talk.changed();
  const { visitor } = talk;
  if (!visitor || ((!name || visitor.name === name) && (!email || visitor.email === email))) return;
  talk.visitor = { ...visitor, name: name ?? visitor.name, email: email ?? visitor.email };
  await talk.call("PATCH", "/me", { ...(name ? { name } : {}), ...(email ? { email } : {}) }).catch(() => {});
}

/** The page around became another one. @param {Talk} talk @param {import("./types.js").Page} page */
export function moveTo(talk, page) {
  const isChange = page.url !== talk.page.url;
  talk.page = page;
  if (isChange && talk.visitor) talk.call("POST", "/page", page).catch(() => {});
}
