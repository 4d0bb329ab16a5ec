// The frame of pages for people who are not logged in: a card in the middle, another language below.

import { currentLanguage, preferredLanguage, speak, t } from "../i18n.js";
import { html, render, signal } from "../ui.js";
import { accountWords } from "./words.js";

const language = signal(preferredLanguage());

/** @param {import("../i18n.js").Language} wanted */
function talk(wanted) {
  speak(wanted, accountWords);
  language.value = wanted;
}

/**
 * Show the page.
 * @param {string} title key of its title
 * @param {(props: { spoken: string }) => unknown} Content
 */
export function showPage(title, Content) {
  talk(language.value);
  keepTheme();
  function Page() {
    document.title = `${t(title)} · Skvorets`;
    return html`<main class="login">
      <div class="login-place">
        <div class="card login-card"><img src="/client/icons/starling.svg" width="56" height="56" alt="" />
          <${Content} spoken=${language.value} /></div>
        <${OtherLanguage} spoken=${language.value} />
      </div>
    </main>`;
  }
  render(html`<${Page} />`, /** @type {HTMLElement} */ (document.getElementById("page")));
}

/** @param {{ spoken: string }} _props */
function OtherLanguage(_props) {
  const other = currentLanguage() === "ru" ? "en" : "ru";
  function choose() {
    localStorage.setItem("language", other);
    talk(other);
  }
  return html`<button type="button" class="button quiet small" lang=${other} onClick=${choose}>
    ${t("entrance.other_language")}</button>`;
}

/** As the person had it on this machine. */
function keepTheme() {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}
