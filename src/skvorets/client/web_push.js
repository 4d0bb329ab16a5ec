// News while no page is open: the service worker, and this browser's subscription at its maker's push service.

import { call } from "./api.js";

/**
 * unsupported: this browser cannot; denied: its user has forbidden it in the browser's settings.
 * @typedef {"unsupported" | "denied" | "off" | "on"} PushState
 */

/** Who has switched it on here: another person who logs in must ask for it himself. */
const OWNER = "skvorets.push";
/** By then a page has loaded what it needs, milliseconds. */
const SETTLE_MS = 2_000;

/** Let the worker come; once per page, when the page has what it needs. No error where there can be none. */
export async function startWorker() {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const loaded = performance.getEntriesByType("resource").map((one) => new URL(one.name));
    const paths = loaded.filter((one) => one.origin === location.origin).map((one) => one.pathname);
    active?.postMessage({ kind: "keep", paths });
  } catch (error) {
    console.warn(error); // private windows, certificates that are not trusted: it works without
  }
}

/**
 * How things stand for a person in this browser.
 * @param {number} personId
 * @returns {Promise<PushState>}
 */
export async function pushState(personId) {
  if (!isSupported()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const subscription = await subscriptionHere();
  return subscription && ownerHere() === String(personId) ? "on" : "off";
}

/**
 * Ask the person, subscribe and tell the server; called by a click. Throws ApiError.
 * @param {number} personId
 * @returns {Promise<PushState>}
 */
export async function subscribe(personId) {
  if (!isSupported()) return "unsupported";
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return permission === "denied" ? "denied" : "off";
  const { publicKey } = await call("GET", "/api/web-push");
  const registration = await navigator.serviceWorker.ready;
  await tell(await subscribed(registration.pushManager, publicKey));
  localStorage.setItem(OWNER, String(personId));
  return "on";
}

/**
 * Tell the server again, after each log-in: a subscription lives as long as the session that told it.
 * @param {number} personId
 */
export async function renew(personId) {
  if ((await pushState(personId)) !== "on") return;
  const subscription = await subscriptionHere();
  if (subscription) await tell(subscription);
}

/** End it here; before logging out, too. */
export async function unsubscribe() {
  localStorage.removeItem(OWNER);
  const subscription = isSupported() ? await subscriptionHere() : null;
  if (!subscription) return;
  await call("DELETE", "/api/web-push/subscription", { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

/**
 * Take away what the system still shows of a chat that was read.
 * @param {string} tag chat5
 */
export async function clearShown(tag) {
  const registration = "serviceWorker" in navigator ? await navigator.serviceWorker.getRegistration() : undefined;
  for (const one of (await registration?.getNotifications({ tag })) ?? []) one.close();
}

/**
 * Hear which place of the messenger a click on a notification asks for: /im/chat5.
 * @param {(path: string) => void} listener
 */
export function onOpen(listener) {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data?.kind === "open") listener(String(event.data.url));
  });
}

function isSupported() {
  return "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
}

function ownerHere() {
  return localStorage.getItem(OWNER) ?? "";
}

async function subscriptionHere() {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/**
 * A subscription for another key (of another server that was here before) cannot be changed, only replaced.
 * @param {PushManager} manager
 * @param {string} publicKey
 */
async function subscribed(manager, publicKey) {
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  try {
    return await manager.subscribe(options);
  } catch (error) {
    const other = await manager.getSubscription();
    if (!other) throw error;
    await other.unsubscribe();
    return manager.subscribe(options);
  }
}

/** @param {PushSubscription} subscription */
async function tell(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  await call("PUT", "/api/web-push/subscription", { endpoint, keys });
}
