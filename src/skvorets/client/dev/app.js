// The developer's page: applications, webhooks, and everything that was sent to bots.

import { call, loadSession } from "../api.js";
import { currentLanguage, preferredLanguage, speak, t } from "../i18n.js";
import { Login } from "../login.js";
import { loadApps, note, session, tell } from "../state/developer.js";
import { html, render, signal, useEffect, useState } from "../ui.js";
import { Applications } from "./applications.js";
import { Events } from "./events.js";
import { Inspectors } from "./inspectors.js";
import { Link, go, pathTo, place } from "./router.js";
import { chosenTheme, nextTheme } from "./theme.js";
import { Webhooks } from "./webhooks.js";
import { words } from "./words.js";

const SECTIONS = { events: Events, apps: Applications, webhooks: Webhooks, inspectors: Inspectors };
const language = signal(preferredLanguage());

/** @param {import("../i18n.js").Language} wanted */
function talk(wanted) {
  speak(wanted, words);
  document.title = `${t("title")} · Skvorets`;
  language.value = wanted;
}

function App() {
  const [isKnown, setKnown] = useState(false);
  language.value; // everything is written anew in another language
  useEffect(() => {
    loadSession().then(enter, () => tell(t("offline"), true)).finally(() => setKnown(true));
  }, []);
  if (!isKnown) return html`<p class="loading" role="status">${t("loading")}</p>`;
  if (session.value === null) return html`<${Login} onEnter=${enter} />`;
  const name = /** @type {keyof typeof SECTIONS} */ (place.value[0] in SECTIONS ? place.value[0] : "events");
  return html`
    <a class="skip" href="#main">${t("skip")}</a>
    <${Header} section=${name} />
    <main id="main" class="main" tabindex="-1"><${SECTIONS[name]} key=${`${name} ${language.value}`} /></main>
    <${Note} />
  `;
}

/** @param {{ section: string }} props */
function Header({ section }) {
  return html`<header class="top">
    <${Link} to=${pathTo()} class="brand"><img src="/client/icons/starling.svg" width="28" height="28" alt="" />
      <span>${t("title")}</span><//>
    <nav class="tabs" aria-label=${t("nav")}>${Object.keys(SECTIONS).map((name) => html`
      <${Link} key=${name} to=${pathTo(name)} class="tab" current=${name === section && "page"}>${t(`nav.${name}`)}<//>`)}
    </nav>
    <${Mine} spoken=${language.value} />
  </header>`;
}

/** @param {{ spoken: string }} _props its words change with the language */
function Mine(_props) {
  const [theme, setTheme] = useState(chosenTheme());
  async function logOut() {
    await call("DELETE", "/api/session");
    location.assign(pathTo());
  }
  function speakOther() {
    const other = currentLanguage() === "ru" ? "en" : "ru";
    localStorage.setItem("language", other);
    talk(other);
  }
  return html`<div class="mine">
    <span class="me">${session.value?.me.name}</span>
    <button type="button" class="button quiet small" lang=${currentLanguage() === "ru" ? "en" : "ru"} onClick=${speakOther}>${t("language")}</button>
    <button type="button" class="button quiet small" title=${t("theme", { name: t(`theme.${theme}`) })}
      aria-label=${t("theme", { name: t(`theme.${theme}`) })} onClick=${() => setTheme(nextTheme())}>
      <span class="theme-sign" aria-hidden="true"></span></button>
    <button type="button" class="button quiet small" onClick=${logOut}>${t("log_out")}</button>
  </div>`;
}

/** What was just done, for a few seconds. */
function Note() {
  const { text, isBad, number } = note.value;
  const [gone, setGone] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setGone(number), isBad ? 8000 : 4000);
    return () => clearTimeout(timer);
  }, [number]);
  const isShown = text !== "" && gone !== number;
  return html`<div class="note-place" role="status" aria-live="polite">
    ${isShown && html`<p key=${number} class=${isBad ? "note bad" : "note"}>${text}</p>`}
  </div>`;
}

/** @param {import("../api.js").Session | null} entered */
async function enter(entered) {
  if (entered === null) return;
  if (!localStorage.getItem("language")) talk(preferredLanguage(entered.me.language));
  await loadApps();
  session.value = entered;
}

if (place.value.length === 0) go(pathTo("events"));
talk(language.value);
nextTheme(chosenTheme());
render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("page")));
