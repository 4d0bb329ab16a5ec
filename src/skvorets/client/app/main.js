// The page of one application: /app/ID, or /app/ID?placement=…&dialog=…&message=… for what it has bound to a place.

import { ApiError, call, loadSession } from "../api.js";
import { AppFrame } from "../frames/host.js";
import { selectAccess, selectUsers } from "../frames/picker.js";
import { openSlider } from "../frames/slider.js";
import { preferredLanguage, speak, t } from "../i18n.js";
import { Login } from "../login.js";
import { html, render, useEffect, useRef, useState } from "../ui.js";
import { words } from "./words.js";

/** @typedef {import("../frames/host.js").Opened} Opened */

const REFUSALS = new Set(["not_found", "not_installed", "offline"]);

/** Open what the address names. */
function openNamed() {
  const id = Number(/^\/app\/(\d+)\/?$/.exec(location.pathname)?.[1] ?? 0);
  const query = new URLSearchParams(location.search);
  const placement = query.get("placement");
  if (!id || (placement && !/^\d+$/.test(placement))) throw new ApiError(404, "not_found", "");
  if (!placement) return call("POST", `/api/applications/${id}/open`, {});
  const messageId = Number(query.get("message")) || undefined;
  return call("POST", `/api/placements/${placement}/open`, { dialogId: query.get("dialog") ?? undefined, messageId });
}

function Page() {
  const [session, setSession] = useState(/** @type {import("../api.js").Session | null | undefined} */ (undefined));
  const [opened, setOpened] = useState(/** @type {Opened | null} */ (null));
  const [refusal, setRefusal] = useState("");
  const [round, setRound] = useState(0);

  useEffect(() => {
    loadSession().then((found) => enter(found), () => setRefusal("offline"));
  }, []);
  useEffect(() => {
    if (!session) return;
    setOpened(null);
    setRefusal("");
    Promise.resolve().then(openNamed).then(setOpened, (error) => setRefusal(refusalOf(error)));
  }, [session, round]);

  /** @param {import("../api.js").Session | null} found */
  function enter(found) {
    speak(preferredLanguage(found?.me.language), words);
    setSession(found);
  }

  if (session === null) return html`<${Login} onEnter=${enter} />`;
  const again = () => setRound(round + 1);
  if (refusal) return html`<${Notice} text=${t(`wrong.${refusal}`)} onAgain=${refusal === "not_found" ? null : again} />`;
  if (!opened) return html`<p class="app-notice" role="status">${t("loading")}</p>`;
  return html`<${Stage} key=${opened.appSid} opened=${opened} onReload=${again} onClose=${() => setRefusal("closed")} />`;
}

/** @param {{ text: string, onAgain: (() => void) | null }} props */
function Notice({ text, onAgain }) {
  return html`<main class="app-notice" role="status">
    <img src="/client/icons/starling.svg" width="48" height="48" alt="" />
    <p>${text}</p>
    ${onAgain && html`<button class="button" onClick=${onAgain}>${t("again")}</button>`}
  </main>`;
}

/** @param {{ opened: Opened, onReload: () => void, onClose: () => void }} props */
function Stage({ opened, onReload, onClose }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const [title, setTitle] = useState(opened.title);
  useEffect(() => {
    document.title = `${title} · Skvorets`;
  }, [title]);
  useEffect(() => {
    const surroundings = surroundingsOf({ setTitle, reload: onReload, close: onClose });
    const frame = new AppFrame(/** @type {HTMLElement} */ (place.current), opened, surroundings);
    frame.open();
    return () => frame.close();
  }, []);
  return html`
    <header class="app-top">
      <img src="/client/icons/starling.svg" width="24" height="24" alt="" />
      <h1>${title}</h1>
      ${opened.isInstaller && html`<span class="app-mark">${t("installer")}</span>`}
      <button class="button quiet small" onClick=${onReload}>${t("reload")}</button>
    </header>
    <main class="app-stage" ref=${place}></main>
  `;
}

/**
 * What this page can do for a frame.
 * @param {{ setTitle: (title: string) => void, reload: () => void, close: () => void }} page
 * @returns {import("../frames/host.js").Surroundings}
 */
function surroundingsOf(page) {
  return {
    ...page,
    scroll: (top) => window.scrollTo({ top }),
    openPath,
    phone: (number) => window.open(`tel:${encodeURIComponent(number)}`, "_self"),
    selectUsers,
    selectAccess,
    selectCrm: () => ({}),
    openFrame: openOver,
  };
}

/**
 * Open a frame of the same application over this one; done when it is closed.
 * @param {Opened} opened
 * @param {Record<string, any>} settings width, title
 */
function openOver(opened, settings) {
  const slider = openSlider(String(settings.title ?? opened.title), Number(settings.width) || 0);
  const page = { setTitle: slider.setTitle, reload: () => location.reload(), close: slider.close };
  const frame = new AppFrame(slider.element, opened, surroundingsOf(page));
  frame.open();
  return slider.closed.then(() => frame.close());
}

/**
 * Pages of the portal open beside this one.
 * @param {string} path
 */
function openPath(path) {
  const target = new URL(path, location.origin);
  if (!path.startsWith("/") || target.origin !== location.origin) {
    return { result: "error", errorCode: "PATH_NOT_AVAILABLE" };
  }
  window.open(target, "_blank", "noopener");
  return { result: "close" };
}

/** @param {unknown} error */
function refusalOf(error) {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "malformed" || code.startsWith("no_such_")) return "not_found";
  return REFUSALS.has(code) ? code : "failure";
}

speak(preferredLanguage(), words);
render(html`<${Page} />`, /** @type {HTMLElement} */ (document.getElementById("page")));
