// The administrators' pages: people, departments, chats, bots, what is stored, settings, who did what, how it works.

import { call, loadSession } from "../api.js";
import { chosenTheme, nextTheme } from "../dev/theme.js";
import { currentLanguage, preferredLanguage, speak, t } from "../i18n.js";
import { Icon } from "../icon.js";
import { Login } from "../login.js";
import { session, tell } from "../state/developer.js";
import { html, render, signal, useEffect, useState } from "../ui.js";
import { Audit } from "./audit.js";
import { Bots } from "./bots.js";
import { Chats } from "./chats.js";
import { Departments } from "./departments.js";
import { Health } from "./health.js";
import { Lines } from "./lines.js";
import { Note } from "./note.js";
import { People } from "./people.js";
import { Link, go, pathTo, place } from "./router.js";
import { Settings } from "./settings.js";
import { Stored } from "./stored.js";
import { words } from "./words.js";

/** @type {Record<string, { show: () => unknown, icon: string }>} */
const SECTIONS = {
  people: { show: People, icon: "users" },
  departments: { show: Departments, icon: "hash" },
  chats: { show: Chats, icon: "message-square" },
  lines: { show: Lines, icon: "headphones" },
  bots: { show: Bots, icon: "bot" },
  storage: { show: Stored, icon: "file-archive" },
  audit: { show: Audit, icon: "shield" },
  health: { show: Health, icon: "monitor" },
  settings: { show: Settings, icon: "settings" },
};
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
  if (!session.value.me.isAdmin) return html`<${NotYours} spoken=${language.value} />`;
  const name = place.value[0] in SECTIONS ? place.value[0] : "people";
  return html`<a class="skip" href="#main">${t("skip")}</a>
    <div class="admin"><${Side} section=${name} spoken=${language.value} />
      <main id="main" class="admin-main" tabindex="-1"><${SECTIONS[name].show} key=${`${name} ${language.value}`} /></main>
    </div>
    <${Note} />`;
}

/** @param {{ section: string, spoken: string }} props */
function Side({ section }) {
  useEffect(() => {
    document.querySelector(".side-nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [section]);
  return html`<header class="side">
    <${Link} to=${pathTo()} class="brand"><img src="/client/icons/starling.svg" width="28" height="28" alt="" />
      <span>${t("title")}</span><//>
    <nav class="side-nav" aria-label=${t("nav")}>${Object.entries(SECTIONS).map(([name, { icon }]) => html`
      <${Link} key=${name} to=${pathTo(name)} class="side-link" current=${name === section && "page"}>
        <${Icon} name=${icon} /><span>${t(`nav.${name}`)}</span><//>`)}
    </nav>
    <${Mine} spoken=${language.value} />
  </header>`;
}

/** @param {{ spoken: string }} _props its words change with the language */
function Mine(_props) {
  const [theme, setTheme] = useState(chosenTheme());
  function speakOther() {
    const other = currentLanguage() === "ru" ? "en" : "ru";
    localStorage.setItem("language", other);
    talk(other);
  }
  const themeWords = t("theme", { name: t(`theme.${theme}`) });
  return html`<div class="side-mine">
    <a class="side-link" href="/"><${Icon} name="arrow-left" /><span>${t("to_messenger")}</span></a>
    <div class="side-buttons">
      <button type="button" class="button quiet small" lang=${currentLanguage() === "ru" ? "en" : "ru"} onClick=${speakOther}>${t("language")}</button>
      <button type="button" class="button quiet small" title=${themeWords} aria-label=${themeWords}
        onClick=${() => setTheme(nextTheme())}><span class="theme-sign" aria-hidden="true"></span></button>
      <button type="button" class="button quiet small" title=${t("log_out")} aria-label=${t("log_out")} onClick=${logOut}>
        <${Icon} name="log-out" /></button>
    </div>
  </div>`;
}

/** @param {{ spoken: string }} _props */
function NotYours(_props) {
  return html`<main class="login"><div class="card login-card"><img src="/client/icons/starling.svg" width="56" height="56" alt="" />
    <h1>${t("not_yours")}</h1><p>${t("not_yours_hint")}</p>
    <a class="button primary" href="/">${t("to_messenger")}</a>
    <button type="button" class="button quiet" onClick=${logOut}>${t("log_out")}</button></div></main>`;
}

async function logOut() {
  await call("DELETE", "/api/session");
  location.assign(pathTo());
}

/** @param {import("../api.js").Session | null} entered */
async function enter(entered) {
  if (entered === null) return;
  if (!localStorage.getItem("language")) talk(preferredLanguage(entered.me.language));
  session.value = entered;
}

if (place.value.length === 0) go(pathTo("people"));
talk(language.value);
nextTheme(chosenTheme());
render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("page")));
