// Finding messages: in the open chat, or everywhere; with conditions, which are shown while nothing is typed.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { chats } from "../../state/directory.js";
import { html, useEffect, useRef } from "../../ui.js";
import { titleOf } from "../chat/titles.js";
import { place } from "../router.js";
import { Found } from "./found.js";
import { PanelHead } from "./head.js";
import { More } from "./more.js";
import { searching, wanted } from "./search_state.js";
import { Chips } from "./tabs.js";

/** Conditions that a click puts into the field. */
const CONDITIONS = ["from", "me", "in", "before", "after", "file", "link"];

/** @param {{ spoken: string }} props */
export function SearchPanel({ spoken }) {
  const { chatId } = place.value;
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const results = useRef(/** @type {HTMLElement | null} */ (null));
  const turn = wanted.value;
  const within = searching.chatId.value;
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [turn]);
  useEffect(() => {
    // Opened by its address: what is open is meant.
    if (turn === 0 && chatId && !searching.text.peek()) searching.within(chatId);
  }, []);
  // Who goes to another chat while looking into one, looks into that one.
  useEffect(() => {
    if (searching.chatId.peek() && chatId && searching.chatId.peek() !== chatId) searching.within(chatId);
    else if (searching.chatId.peek() && !chatId) searching.within(0);
  }, [chatId]);
  const chat = chats.get(chatId);
  /** @param {string} where */
  const choose = (where) => {
    searching.within(where === "here" ? chatId : 0);
    field.current?.focus();
  };
  const text = searching.text.value;
  return html`
    <${PanelHead} title=${t("search.title")} />
    <div class="search-top">
      <${Field} field=${field} results=${results} />
      ${chat && html`<${Chips} label=${t("search.where")} choices=${[{ id: "here", text: t("search.here") }, { id: "all", text: t("search.everywhere") }]}
        chosen=${within ? "here" : "all"} choose=${choose} />`}
      ${chat && within > 0 && html`<p class="search-where" dir="auto">${titleOf(chat)}</p>`}
    </div>
    <div class="panel-body" ref=${results} onKeyDown=${(/** @type {KeyboardEvent} */ event) => walk(event, field.current)}>
      ${text.trim() ? html`<${Results} spoken=${spoken} />` : html`<${Conditions} field=${field} />`}
    </div>`;
}

/** @param {{ field: { current: HTMLInputElement | null }, results: { current: HTMLElement | null } }} props */
function Field({ field, results }) {
  const text = searching.text.value;
  /** @param {KeyboardEvent} event */
  function steer(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") searching.look(searching.text.peek(), true);
    else if (event.key === "ArrowDown") /** @type {HTMLElement | null | undefined} */ (results.current?.querySelector("[data-found], .search-condition"))?.focus();
    else if (event.key === "Escape" && text) clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function clear() {
    searching.look("");
    field.current?.focus();
  }
  return html`<div class="finder-field"><${Icon} name="search" />
    <input class="input" type="search" ref=${field} value=${text} placeholder=${t("search.words")} aria-label=${t("search.words")} maxlength="500"
      autocomplete="off" spellcheck=${false} enterkeyhint="search" onKeyDown=${steer}
      onInput=${(/** @type {InputEvent} */ event) => searching.look(/** @type {HTMLInputElement} */ (event.currentTarget).value)} />
    ${text && html`<button type="button" class="icon-button" aria-label=${t("find.clear")} onClick=${clear}><${Icon} name="x" /></button>`}</div>`;
}

/** @param {{ spoken: string }} _props */
function Results(_props) {
  const { found, words } = searching;
  const messages = found.items.value;
  const isHere = searching.chatId.value > 0;
  return html`
    <p class="hidden-visually" role="status">${found.isReady.value && !found.isLoading.value ? t("search.found", { count: messages.length }) : ""}</p>
    <ul class="found-list" aria-busy=${found.isLoading.value}>${messages.map((message) => html`<${Found} key=${message.id} message=${message} words=${words.value} isHere=${isHere} />`)}</ul>
    <${More} pages=${found} empty=${{ icon: "search-x", title: t("search.nothing"), hint: t(isHere ? "search.nothing.here" : "search.nothing.hint") }} />`;
}

/** @param {{ field: { current: HTMLInputElement | null } }} props */
function Conditions({ field }) {
  /** @param {string} words */
  function put(words) {
    searching.look(words);
    const input = field.current;
    if (!input) return;
    input.focus();
    requestAnimationFrame(() => input.setSelectionRange(words.length, words.length));
  }
  return html`<div class="search-hints"><p>${t("search.hint")}</p>
    <ul>${CONDITIONS.map((name) => html`<li key=${name}><button type="button" class="search-condition" onClick=${() => put(t(`search.${name}`))}>
      <code>${t(`search.${name}`)}</code><span>${t(`search.${name}.means`)}</span></button></li>`)}</ul></div>`;
}

/** Arrows go through what was found; from the first one back into the field. @param {KeyboardEvent} event @param {HTMLElement | null} field */
function walk(event, field) {
  const all = /** @type {HTMLElement[]} */ ([...(/** @type {HTMLElement} */ (event.currentTarget)).querySelectorAll("[data-found], .search-condition")]);
  const now = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || now < 0) return;
  event.preventDefault();
  if (now + step < 0) field?.focus();
  else all[Math.min(all.length - 1, now + step)].focus();
}
