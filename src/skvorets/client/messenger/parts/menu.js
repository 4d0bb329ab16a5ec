// A list of things to do: by click, by arrows, by first letters. On a phone it comes from the lower edge.

import { Icon } from "../../icon.js";
import { html, render, useEffect, useRef } from "../../ui.js";
import { Popover } from "./popover.js";

/**
 * A line between groups is `null`. `isChecked` makes it one of several choices.
 * @typedef {{ id: string, text: string, icon?: string, run: () => unknown, isDanger?: boolean, isDisabled?: boolean,
 *   isChecked?: boolean, hint?: string, picture?: unknown } | null} Item
 */
/** Milliseconds after which letters begin another word. */
const PAUSE = 700;

/**
 * @param {{ anchor?: Element | null, at?: import("./popover.js").Point, items: Item[], close: () => void, label?: string,
 *   side?: "below" | "above" }} props
 */
export function Menu({ anchor, at, items, close, label, side }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const typed = useRef({ text: "", at: 0 });
  useEffect(() => focusable(box.current)[0]?.focus({ preventScroll: true }), []);

  /** @param {KeyboardEvent} event */
  function steer(event) {
    const choices = focusable(box.current);
    const now = choices.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = { ArrowDown: now + 1, ArrowUp: now - 1 + choices.length, Home: 0, End: choices.length - 1 }[event.key];
    event.stopPropagation();
    if (next !== undefined) choices[next % choices.length]?.focus();
    else if (event.key === "Tab") close();
    else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) jump(choices, event.key);
    else return;
    event.preventDefault();
  }

  /**
   * @param {HTMLElement[]} choices
   * @param {string} letter
   */
  function jump(choices, letter) {
    const isNew = Date.now() - typed.current.at > PAUSE;
    typed.current = { text: (isNew ? "" : typed.current.text) + letter.toLowerCase(), at: Date.now() };
    choices.find((one) => one.innerText.trim().toLowerCase().startsWith(typed.current.text))?.focus();
  }

  /** @param {NonNullable<Item>} item */
  function choose(item) {
    box.current?.hidePopover();
    close();
    item.run();
  }

  return html`<${Popover} anchor=${anchor} at=${at} close=${close} class="menu" role="menu" label=${label} side=${side}
      popoverRef=${box} onKeyDown=${steer}>
    ${items.map((item, number) => (item === null
      ? html`<hr key=${number} />`
      : html`<button key=${item.id} type="button" class=${item.isDanger ? "menu-item danger" : "menu-item"} tabindex="-1"
          role=${item.isChecked === undefined ? "menuitem" : "menuitemradio"} aria-checked=${item.isChecked}
          disabled=${item.isDisabled} onClick=${() => choose(item)} onPointerMove=${follow}>
          ${item.picture ?? (item.icon && html`<${Icon} name=${item.icon} />`)}
          <span class="menu-text">${item.text}</span>
          ${item.hint && html`<kbd class="menu-hint">${item.hint}</kbd>`}
          ${item.isChecked && html`<${Icon} name="check" />`}
        </button>`))}
  <//>`;
}

/**
 * Show a menu; it takes itself away.
 * @param {{ anchor?: Element | null, at?: import("./popover.js").Point, items: Item[], label?: string,
 *   side?: "below" | "above", onClose?: () => void }} shown
 */
export function openMenu({ onClose, ...shown }) {
  const place = document.createElement("div");
  // Inside a dialog only what is inside it can be clicked.
  (shown.anchor?.closest("dialog") ?? [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body).append(place);
  let isOpen = true;
  function close() {
    if (!isOpen) return;
    isOpen = false;
    render(null, place);
    place.remove();
    onClose?.();
  }
  render(html`<${Menu} ...${shown} close=${close} />`, place);
  return close;
}

/** The focus goes with the mouse, so that there is one marked item and not two. @param {PointerEvent} event */
function follow(event) {
  const item = /** @type {HTMLElement} */ (event.currentTarget);
  if (event.pointerType === "mouse" && document.activeElement !== item) item.focus({ preventScroll: true });
}

/** @param {HTMLElement | null} box */
function focusable(box) {
  return /** @type {HTMLElement[]} */ ([...(box?.querySelectorAll(".menu-item:not(:disabled)") ?? [])]);
}
