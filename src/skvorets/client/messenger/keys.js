// Shortcuts at work: who can do what a shortcut means says so; the newest who can is asked.

import { comboWords, isPressed, isWriting } from "../lib/combos.js";
import { useEffect, useRef } from "../ui.js";
import { SHORTCUTS } from "./keys_table.js";

/** @typedef {(event: KeyboardEvent) => unknown} Run false = not now, ask another one */

/** @type {{ id: string, run: Run }[]} newest last */
const listeners = [];

/** Does the machine have a ⌘? */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/**
 * Do something at a shortcut of the table, as long as the component is there.
 * @param {string} id
 * @param {Run} run
 */
export function useKey(id, run) {
  const kept = useRef(run);
  kept.current = run;
  useEffect(() => onKey(id, (event) => kept.current(event)), [id]);
}

/**
 * Do something at a shortcut of the table.
 * @param {string} id
 * @param {Run} run
 * @returns {() => void} ends it
 */
export function onKey(id, run) {
  const listener = { id, run };
  listeners.push(listener);
  return () => void listeners.splice(listeners.indexOf(listener), 1);
}

/**
 * Does the event mean this shortcut? For keys that count only in one place.
 * @param {KeyboardEvent} event
 * @param {string} id
 */
export function means(event, id) {
  return SHORTCUTS.find((one) => one.id === id)?.combos.some((combo) => isPressed(event, combo)) ?? false;
}

/**
 * The first combination of a shortcut as people write it: for hints beside buttons.
 * @param {string} id
 */
export function keyHint(id) {
  const combo = SHORTCUTS.find((one) => one.id === id)?.combos[0];
  return combo ? comboWords(combo, isMac) : "";
}

/** Listen to the keyboard; the page does it once. */
export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open], [popover=auto]:popover-open")) return;
    const isInField = isTextField(event.target);
    for (const { id, run } of listeners.toReversed()) {
      const combos = SHORTCUTS.find((one) => one.id === id)?.combos ?? [];
      if (!combos.some((combo) => isPressed(event, combo) && !(isInField && isWriting(combo)))) continue;
      if (run(event) === false) continue;
      event.preventDefault();
      return;
    }
  });
}

/** @param {EventTarget | null} target */
export function isTextField(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}
