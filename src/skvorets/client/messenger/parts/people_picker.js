// Choosing people: a field, who is chosen, and whom one can choose.

import { Icon } from "../../icon.js";
import { call } from "../../api.js";
import { t } from "../../i18n.js";
import { folded, rank } from "../../lib/fuzzy.js";
import { otherLayout } from "../../lib/keyboard_layouts.js";
import { inBackground } from "../../state/background.js";
import { myId, people, take } from "../../state/directory.js";
import { html, useEffect, useId, useState } from "../../ui.js";
import { Avatar } from "./avatar.js";
import { Marked } from "./marked.js";

/** Milliseconds without a stroke after which the server is asked. */
const PAUSE = 150;
/** More are not shown at once. */
const MOST = 50;

/**
 * @param {{ chosen: number[], onChange: (ids: number[]) => void, exclude?: number[], hasBots?: boolean, isFirst?: boolean,
 *   label?: string }} props ids of people
 */
export function PeoplePicker({ chosen, onChange, exclude = [], hasBots = true, isFirst, label = t("picker.find") }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  useEffect(() => {
    const timer = setTimeout(() => inBackground(load(text.trim(), hasBots)), text ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [text]);
  const shown = fitting(text, hasBots).filter((one) => !exclude.includes(one.id)).slice(0, MOST);
  const active = Math.min(at, shown.length - 1);

  /** @param {number} personId */
  function toggle(personId) {
    onChange(chosen.includes(personId) ? chosen.filter((one) => one !== personId) : [...chosen, personId]);
    setText("");
    setAt(0);
  }

  /** @param {KeyboardEvent} event */
  function steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) setAt((active + step + shown.length) % shown.length);
    else if (event.key === "Enter" && shown[active] && !event.ctrlKey && !event.metaKey) toggle(shown[active].id);
    else if (event.key === "Backspace" && !text && chosen.length) onChange(chosen.slice(0, -1));
    else return;
    event.preventDefault();
  }

  return html`<div class="picker">
    ${chosen.length > 0 && html`<${Chosen} chosen=${chosen} drop=${toggle} />`}
    <div class="finder-field"><${Icon} name="search" />
      <input class="input" type="search" value=${text} placeholder=${label} aria-label=${label} autocomplete="off" role="combobox"
        aria-expanded="true" aria-controls=${`${id}-list`} aria-activedescendant=${active >= 0 ? `${id}-${active}` : undefined}
        autofocus=${isFirst} onKeyDown=${steer} onInput=${(/** @type {InputEvent} */ event) => {
          setText(/** @type {HTMLInputElement} */ (event.currentTarget).value);
          setAt(0);
        }} /></div>
    <div class="picker-list" role="listbox" aria-multiselectable="true" id=${`${id}-list`} aria-label=${label}>
      ${shown.map((person, number) => html`<${Choice} key=${person.id} id=${`${id}-${number}`} person=${person} wanted=${text}
        isActive=${number === active} isChosen=${chosen.includes(person.id)} toggle=${toggle} />`)}
      ${shown.length === 0 && html`<p class="finder-nothing">${t("picker.nobody")}</p>`}
    </div>
  </div>`;
}

/** @param {{ chosen: number[], drop: (id: number) => void }} props */
function Chosen({ chosen, drop }) {
  return html`<ul class="picker-chosen" aria-label=${t("picker.chosen")}>${chosen.map((personId) => {
    const person = people.get(personId);
    return html`<li key=${personId}><button type="button" class="chip" aria-label=${t("picker.remove", { name: person?.name ?? "" })}
      onClick=${() => drop(personId)}>
      <${Avatar} person=${person} size="xs" hasDot=${false} /><span class="chip-text">${person?.name}</span><${Icon} name="x" /></button></li>`;
  })}</ul>`;
}

/**
 * @param {{ id: string, person: import("../../state/directory.js").Person, wanted: string, isActive: boolean,
 *   isChosen: boolean, toggle: (id: number) => void }} props
 */
function Choice({ id, person, wanted, isActive, isChosen, toggle }) {
  return html`<div class=${isActive ? "finder-result active" : "finder-result"} role="option" id=${id} aria-selected=${isChosen}
      ref=${(/** @type {HTMLElement | null} */ row) => isActive && row?.scrollIntoView({ block: "nearest" })}
      onPointerDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => toggle(person.id)}>
    <${Avatar} person=${person} />
    <span class="finder-words"><span class="finder-name"><${Marked} text=${person.name} wanted=${wanted} /></span>
      <span class="finder-about">${person.kind === "bot" ? t("bot") : person.position}</span></span>
    <span class="picker-tick">${isChosen && html`<${Icon} name="check" />`}</span>
  </div>`;
}

/**
 * @param {string} text
 * @param {boolean} hasBots
 */
async function load(text, hasBots) {
  if (text.length === 1) return;
  take(await call("GET", "/api/people", { find: text, limit: MOST, withBots: hasBots || undefined }));
}

/**
 * People who are known and fit, by name.
 * @param {string} text
 * @param {boolean} hasBots
 */
function fitting(text, hasBots) {
  const wanted = folded(text.trim());
  const other = folded(otherLayout(wanted));
  const fits = people.all()
    .filter((one) => one.isActive && one.id !== myId.value && (one.kind === "human" || (hasBots && one.kind === "bot")))
    .map((one) => ({ one, rank: Math.max(rank(folded(one.name), wanted), rank(folded(one.name), other),
      rank(folded(one.position), wanted) ? 1 : 0) }))
    .filter((each) => each.rank > 0);
  return fits.sort((a, b) => b.rank - a.rank || a.one.name.localeCompare(b.one.name)).map((each) => each.one);
}
