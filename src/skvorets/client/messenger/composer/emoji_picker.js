// Emoji by groups and by words; those used last come first.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { findEmoji } from "../../lib/emoji.js";
import { inserted } from "../../lib/formatting.js";
import { calmName } from "../../lib/calm.js";
import { emojiGroups } from "../../state/completing.js";
import { entriesAt } from "../../state/places.js";
import { html, useEffect, useRef, useState } from "../../ui.js";
import { fieldCommands } from "../apps/bar.js";
import { EntryView } from "../apps/frame.js";
import { handsOf } from "../apps/open.js";
import { EntrySign } from "../apps/sign.js";
import { surroundingsOf } from "../apps/surroundings.js";
import { Popover } from "../parts/popover.js";
import { Spinner } from "../parts/spinner.js";
import { change } from "./field.js";

/** @typedef {import("../../lib/emoji.js").EmojiGroup} EmojiGroup */
/** @typedef {import("../chat/desk.js").Desk} Desk */

const LAST = "emoji-last";
/** So many are remembered, so many found. */
const [REMEMBERED, FOUND] = [24, 80];
/** Signs of the groups, which the tabs show. @type {Record<string, string>} */
const SIGNS = { last: "🕘", smileys: "😀", people: "👋", nature: "🐻", food: "🍏", travel: "🚗", activities: "⚽", objects: "💡", symbols: "❤️", flags: "🏁" };

/** @param {{ desk: Desk }} props */
export function EmojiButton({ desk }) {
  const button = useRef(null);
  const [isOpen, setOpen] = useState(false);
  return html`<button type="button" class="icon-button" ref=${button} aria-label=${t("composer.emoji")} title=${t("composer.emoji")}
      aria-haspopup="dialog" aria-expanded=${isOpen ? "true" : "false"} onClick=${() => setOpen(!isOpen)}><${Icon} name="smile" /></button>
    ${isOpen && html`<${Popover} anchor=${button.current} side="above" class="emoji-picker" role="dialog" label=${t("composer.emoji")}
      close=${() => setOpen(false)}><${Picker} desk=${desk} close=${() => setOpen(false)} /><//>`}`;
}

/** @param {{ desk: Desk, close: () => void }} props */
function Picker({ desk, close }) {
  const [groups, setGroups] = useState(/** @type {EmojiGroup[] | null} */ (null));
  const [words, setWords] = useState("");
  const [group, setGroup] = useState(used().length > 0 ? "last" : "smileys");
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    field.current?.focus();
    emojiGroups().then(setGroups, close);
  }, []);
  if (!groups) return html`<div class="emoji-waiting"><${Spinner} label=${t("loading")} /></div>`;
  const entries = entriesAt(desk.chatId, "IM_SMILES_SELECTOR");
  const app = entries.find((one) => group === `app ${one.id}`);
  const hands = handsOf(desk.chatId);
  const shown = words.trim() ? findEmoji(groups, words, FOUND).map((one) => one.sign) : inGroup(groups, group);
  const titles = new Map(groups.flatMap((one) => one.emoji).map((one) => [one.sign, one.name.replaceAll("_", " ")]));
  /** @param {string} sign @param {boolean} goesOn */
  function choose(sign, goesOn) {
    localStorage.setItem(LAST, JSON.stringify([sign, ...used().filter((one) => one !== sign)].slice(0, REMEMBERED)));
    if (!goesOn) close();
    change(desk, (selected) => inserted(selected, sign));
    if (goesOn) field.current?.focus();
  }
  return html`
    <input class="input" type="search" ref=${field} value=${words} placeholder=${t("composer.find_emoji")} aria-label=${t("composer.find_emoji")}
      onInput=${(/** @type {InputEvent} */ event) => setWords(/** @type {HTMLInputElement} */ (event.target).value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && shown[0] && choose(shown[0], event.shiftKey)} />
    ${!words.trim() && html`<div class="emoji-tabs" role="tablist" aria-label=${t("composer.emoji_groups")}>
      ${Object.entries(SIGNS).filter(([name]) => name !== "last" || used().length > 0).map(([name, sign]) => html`
        <button key=${name} type="button" role="tab" aria-selected=${name === group ? "true" : "false"} aria-label=${t(`emoji.${name}`)}
          title=${t(`emoji.${name}`)} onClick=${() => setGroup(name)}>${sign}</button>`)}
      ${entries.map((entry) => html`<button key=${entry.id} type="button" role="tab" aria-selected=${group === `app ${entry.id}` ? "true" : "false"}
        aria-label=${calmName(entry.title)} title=${calmName(entry.title)} onClick=${() => setGroup(`app ${entry.id}`)}><${EntrySign} entry=${entry} /></button>`)}</div>`}
    ${app && !words.trim() && html`<div class="emoji-app"><${EntryView} key=${app.id} id=${app.id} where=${{ dialogId: hands.dialogId }}
      around=${(/** @type {() => void} */ reload) => surroundingsOf({ close, reload, placementCommands: fieldCommands(hands) })} /></div>`}
    <div class="emoji-grid" onKeyDown=${steer} hidden=${Boolean(app) && !words.trim()}>
      ${shown.map((sign) => html`<button key=${sign} type="button" title=${titles.get(sign)} aria-label=${titles.get(sign) ?? sign}
        onClick=${(/** @type {MouseEvent} */ event) => choose(sign, event.shiftKey)}>${sign}</button>`)}
      ${shown.length === 0 && html`<p>${t("composer.no_emoji")}</p>`}
    </div>`;
}

/** Arrows go through the grid. @param {KeyboardEvent} event */
function steer(event) {
  const grid = /** @type {HTMLElement} */ (event.currentTarget);
  const all = /** @type {HTMLElement[]} */ ([...grid.querySelectorAll("button")]);
  const now = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const columns = Math.max(1, all.findIndex((one) => one.offsetTop > all[0].offsetTop));
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
  if (!step || now < 0) return;
  event.preventDefault();
  all[Math.max(0, Math.min(all.length - 1, now + step))]?.focus();
}

/** @param {EmojiGroup[]} groups @param {string} name */
function inGroup(groups, name) {
  return name === "last" ? used() : (groups.find((one) => one.name === name)?.emoji.map((one) => one.sign) ?? []);
}

/** @returns {string[]} */
function used() {
  try {
    return JSON.parse(localStorage.getItem(LAST) ?? "[]");
  } catch {
    return [];
  }
}
