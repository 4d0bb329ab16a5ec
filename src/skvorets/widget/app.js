// The window: made when somebody wants to see it, fed by the talk, opened and closed by the page around.

import { speak } from "../client/i18n.js";
import { textColor } from "../client/lib/contrast.js";
import { wordOf } from "./host.js";
import { inkOn } from "./looks.js";
import { pushBy } from "./push.js";
import { identify, moveTo, setOpen } from "./state/deeds.js";
import { Talk } from "./state/talk.js";
import { html, render } from "./ui.js";
import { Window } from "./views/window.js";
import { makeSound } from "./sound.js";

/** @typedef {import("./state/types.js").Page} Page
 * @typedef {{ code: string, memory: import("./state/types.js").Memory, call: import("./state/types.js").Call,
 *   sendFile: import("./state/types.js").SendFile, host: import("./host.js").Host, page: Page, language: "ru" | "en",
 *   hello: import("./state/types.js").Hello | null }} Given
 * @typedef {{ hear: (word: import("./host.js").Word) => void }} App */

/** To where one writes, as soon as there is a window. */
const focus = {
  isWanted: false,
  go: () => {
    focus.isWanted = true;
  },
};

/** @param {Given} given @returns {Promise<App>} */
export async function startApp(given) {
  const { host, language, memory, hello, code } = given;
  const words = (language === "ru" ? await import("./words-ru.js") : await import("./words-en.js")).default;
  speak(language, /** @type {any} */ ({ [language]: words }));
  const talk = makeTalk(given);
  const sound = makeSound(memory);
  let said = 0;
  talk.subscribe(() => {
    if (said !== talk.unread) host.say("unread", { count: talk.unread });
    if (talk.unread > said) sound.play();
    said = talk.unread;
    if (talk.isGone) host.say("gone");
  });
  if (hello) talk.greeted(hello);
  dress(talk);
  const close = () => host.say("close");
  render(html`<${Window} talk=${talk} isFramed=${host.isFramed} sound=${sound} focus=${focus} onClose=${close} />`,
    /** @type {HTMLElement} */ (document.querySelector("#page")));
  addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && close());
  // Another tab of the site has become a visitor, or has sent what waited here.
  addEventListener("storage", (event) => {
    if (event.key === `skvorets.${code}.token` && event.newValue && !talk.visitor) void returned(talk);
  });
  if (!host.isFramed) show(talk, code, true, false);
  void talk.resume().catch(() => {});
  return { hear: (word) => hear(word, talk, code) };
}

/** @param {Given} given */
function makeTalk({ code, memory, call, sendFile, page, language }) {
  const talk = new Talk({ code, memory, call, sendFile, newId, now: Date.now, openPush: pushBy(call),
    later: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    } });
  Object.assign(talk, { page: { ...page }, language });
  return talk;
}

/** @param {import("./host.js").Word} word @param {Talk} talk @param {string} code */
function hear(word, talk, code) {
  if (word.skvorets === "open") show(talk, code, true, word.keepsFocus === true);
  else if (word.skvorets === "close") show(talk, code, false, false);
  else if (word.skvorets === "page") moveTo(talk, { url: wordOf(word.url), title: wordOf(word.title, 300) });
  else if (word.skvorets === "identify") void identify(talk, { name: wordOf(word.name), email: wordOf(word.email) });
}

/** @param {Talk} talk @param {string} code @param {boolean} isOpen @param {boolean} keepsFocus */
function show(talk, code, isOpen, keepsFocus) {
  try {
    sessionStorage.setItem(`skvorets.${code}.open`, isOpen ? "1" : "0");
  } catch {
    // the window then opens closed on the next page
  }
  setOpen(talk, isOpen);
  if (isOpen && !keepsFocus) focus.go();
}

/** @param {Talk} talk */
async function returned(talk) {
  await talk.hello().catch(() => {});
  await talk.resume().catch(() => {});
}

/** The line's colour for everything that is ours. @param {Talk} talk */
function dress(talk) {
  const color = talk.line?.color ?? "#1f6feb";
  const { style } = document.documentElement;
  style.setProperty("--brand", color);
  style.setProperty("--on-brand", inkOn(color));
  if (CSS.supports("color", "light-dark(red, red)")) style.setProperty("--link", textColor(color) ?? color);
  document.title = talk.line?.name ?? "";
}

function newId() {
  // randomUUID exists on secure pages only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
