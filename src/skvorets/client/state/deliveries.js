// The log of deliveries as the developer's page shows it: a list that renews itself, filters, a selection.

import { ApiError, call } from "../api.js";
import { signal } from "../ui.js";

/**
 * @typedef {{ id: number, applicationId: number, chatId: number, chat: string, words: string, event: string, state: string,
 *   attempts: number, httpStatus: number, failure: string, durationMs: number, createdAt: number, finishedAt: number,
 *   nextAt: number }} Line
 * @typedef {{ number: number, at: number, durationMs: number, httpStatus: number, failure: string, answer: string }} Attempt
 * @typedef {{ line: Line, application: string, isPulling: boolean, url: string, webhookId: string, queuedAt: number,
 *   policy: string, attempts: Attempt[], pairs: import("./forms.js").Pair[], canBeSent: boolean }} Details
 * @typedef {{ application: string, bot: string, chat: string, event: string, state: string, text: string }} Filters
 */

/** @type {Filters} */
export const NO_FILTERS = { application: "", bot: "", chat: "", event: "", state: "", text: "" };

/** @type {import("../ui.js").Signal<Line[] | null>} null = not loaded yet */
export const lines = signal(null);
/** Where the next page begins; 0 = there is none. */
export const nextBelow = signal(0);
/** @type {import("../ui.js").Signal<string[]>} names that occur */
export const eventNames = signal([]);
export const filters = signal(NO_FILTERS);
/** @type {import("../ui.js").Signal<Set<number>>} ids ticked */
export const ticked = signal(new Set());
export const isOffline = signal(false);

/** Only the answer to the newest question counts. */
let question = 0;

/**
 * Show what fits other filters.
 * @param {Partial<Filters>} changed
 */
export async function filterBy(changed) {
  filters.value = { ...filters.value, ...changed };
  lines.value = null;
  ticked.value = new Set();
  question += 1;
  await renew();
}

/** Is anything filtered out? */
export function isFiltered() {
  return Object.values(filters.value).some((value) => value !== "");
}

/** Load the newest page and put it over what is shown; what is older stays. */
export async function renew() {
  const mine = question;
  const page = await ask({});
  if (page === null || mine !== question) return;
  const known = lines.value;
  const oldest = page.deliveries.at(-1)?.id ?? 0;
  const older = known === null || page.nextBelow === 0 ? [] : known.filter((one) => one.id < oldest);
  if (known === null || older.length === 0) nextBelow.value = page.nextBelow;
  eventNames.value = page.events;
  lines.value = [...page.deliveries, ...older];
}

/** Load the next page and put it below what is shown. */
export async function loadMore() {
  const mine = question;
  const page = await ask({ below: nextBelow.value });
  if (page === null || mine !== question) return;
  lines.value = [...(lines.value ?? []), ...page.deliveries];
  nextBelow.value = page.nextBelow;
}

/**
 * @param {number} id
 * @param {boolean} isTicked
 */
export function tick(id, isTicked) {
  const next = new Set(ticked.value);
  if (isTicked) next.add(id);
  else next.delete(id);
  ticked.value = next;
}

/**
 * @param {Record<string, unknown>} more
 * @returns {Promise<{ deliveries: Line[], nextBelow: number, events: string[] } | null>}
 */
async function ask(more) {
  try {
    const page = await call("GET", "/api/dev/deliveries", { ...filters.value, ...more });
    isOffline.value = false;
    return page;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    isOffline.value = error.status === 0;
    // A filter that makes no sense fits nothing.
    return error.status === 400 || error.status === 404 ? { deliveries: [], nextBelow: 0, events: eventNames.value } : null;
  }
}
