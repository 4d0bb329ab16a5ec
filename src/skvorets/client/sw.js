// The service worker: the messenger's shell without a network, notifications while no page is open.
// Served at /sw.js with a first line `const VERSION = "…";`, the digest of all of the client's files: a new client is a
// new worker with a new store of files.
//
//   pages / and /im/…   from the network; when there is none, the shell as it was last
//   /client/…           from the store of this version; from the network when the page is of another version
//   all else            untouched: never kept are /api, /rest, /push, /files

/** @type {string} */
const version = typeof VERSION === "string" ? VERSION : "none";
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const STORE = `shell-${version}`;
const SHELL = "/";
const KEPT = ["/client/icons/starling.svg", "/client/icons/app-192.png", "/client/icons/badge-96.png"];
/** How long a page may take from a bad network before the kept one is shown, milliseconds. */
const PATIENCE_MS = 4_000;
/** The version of the page that the server gave last. */
let served = version;

worker.addEventListener("install", (event) => {
  event.waitUntil(install());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate" && (url.pathname === "/" || url.pathname.startsWith("/im/"))) {
    event.respondWith(shell(request));
  } else if (url.pathname.startsWith("/client/") && request.mode !== "navigate" && served === version) {
    event.respondWith(file(request));
  }
});

worker.addEventListener("message", (event) => {
  // The page was loaded before the worker was there: keep what it has loaded.
  if (event.data?.kind === "keep") event.waitUntil(keep(event.data.paths));
});

worker.addEventListener("push", (event) => {
  event.waitUntil(show(event.data));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data?.url ?? "/")));
});

worker.addEventListener("pushsubscriptionchange", (event) => {
  /** @type {ExtendableEvent} */ (event).waitUntil(renew());
});

async function install() {
  const store = await caches.open(STORE);
  await store.addAll([SHELL, ...KEPT].map((path) => new Request(path, { cache: "reload" })));
  await worker.skipWaiting();
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== STORE).map((name) => caches.delete(name)));
}

/** @param {Request} request */
async function shell(request) {
  const store = await caches.open(STORE);
  try {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(request.url, { signal: patience, credentials: "same-origin", redirect: "manual" });
    served = response.headers.get("X-Client-Version") ?? served;
    if (served !== version) void worker.registration.update().catch(() => {});
    else if (response.ok) await store.put(SHELL, response.clone());
    if (response.status < 500) return response;
    return (await store.match(SHELL)) ?? response;
  } catch {
    return (await store.match(SHELL)) ?? Response.error();
  }
}

/** @param {Request} request */
async function file(request) {
  const store = await caches.open(STORE);
  const kept = await store.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await store.put(request.url, response.clone());
  return response;
}

/** @param {unknown} paths */
async function keep(paths) {
  if (!Array.isArray(paths) || served !== version) return;
  const store = await caches.open(STORE);
  const wanted = paths.filter((path) => typeof path === "string" && path.startsWith("/client/"));
  await Promise.all(wanted.map(async (path) => {
    if (!(await store.match(path))) await store.add(path).catch(() => {});
  }));
}

/** @param {PushMessageData | null} data what web_push/news.py writes */
async function show(data) {
  const { title, body, icon, url, tag } = data?.json() ?? {};
  if (!title) return;
  const pages = await worker.clients.matchAll({ type: "window" });
  if (pages.some((page) => page.visibilityState === "visible" && page.focused)) return; // he sees it there
  const renotify = Boolean(tag) && pages.length === 0; // a page that is open has called already
  const options = { body, icon, tag, renotify, badge: "/client/icons/badge-96.png", data: { url } };
  await worker.registration.showNotification(title, options);
}

/**
 * Show a place of the messenger in a page that is open, or in a new one.
 * @param {string} url
 */
async function open(url) {
  const target = new URL(url, worker.location.origin);
  if (target.origin !== worker.location.origin) return;
  const pages = await worker.clients.matchAll({ type: "window" });
  const page = pages.find((one) => /^\/(im\/|$)/.test(new URL(one.url).pathname));
  if (!page) return void (await worker.clients.openWindow(target.href));
  await page.focus();
  page.postMessage({ kind: "open", url: target.pathname + target.search });
}

/** The push service has given the browser a new address: tell the server. */
async function renew() {
  const session = await answer("/api/session");
  const { publicKey } = await answer("/api/web-push");
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  const subscription = await worker.registration.pushManager.subscribe(options);
  await fetch("/api/web-push/subscription", {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": session.csrfToken },
    body: JSON.stringify(subscription),
  });
}

/** @param {string} path */
async function answer(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}
