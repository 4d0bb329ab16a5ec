// Something small beside what opened it, over everything else: a click elsewhere and Esc close it.

import { html, useLayoutEffect, useRef } from "../../ui.js";

/** Pixels that stay free at the window's edges, and between the anchor and what belongs to it. */
const EDGE = 8;
const GAP = 4;

/** @typedef {{ x: number, y: number }} Point of the window */
/**
 * @param {{ anchor?: Element | null, at?: Point, close: () => void, children?: unknown, class?: string, role?: string,
 *   label?: string, side?: "below" | "above", popoverRef?: { current: HTMLElement | null },
 *   onKeyDown?: (event: KeyboardEvent) => void }} props beside an element, or at a point
 */
export function Popover({ anchor, at, close, children, role, label, side = "below", popoverRef, onKeyDown, ...more }) {
  const own = useRef(/** @type {HTMLElement | null} */ (null));
  const box = popoverRef ?? own;
  useLayoutEffect(() => {
    const shown = box.current;
    if (!shown) return undefined;
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    shown.showPopover();
    put(shown, anchor?.getBoundingClientRect() ?? new DOMRect(at?.x, at?.y, 0, 0), side);
    // Closed by the browser: a click elsewhere, Esc.
    const listen = (/** @type {Event} */ event) => /** @type {ToggleEvent} */ (event).newState === "closed" && close();
    shown.addEventListener("toggle", listen);
    return () => {
      shown.removeEventListener("toggle", listen);
      const isLost = shown.contains(document.activeElement) || document.activeElement === document.body;
      if (isLost && before?.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return html`<div class=${`popover ${more.class ?? ""}`} popover="auto" ref=${box} role=${role} aria-label=${label} tabindex="-1"
    onKeyDown=${onKeyDown}>${children}</div>`;
}

/**
 * @param {HTMLElement} shown
 * @param {DOMRect} from
 * @param {"below" | "above"} side where it goes when there is room
 */
function put(shown, from, side) {
  const { width, height } = shown.getBoundingClientRect();
  const below = from.bottom + GAP;
  const above = from.top - GAP - height;
  const isBelowBetter = side === "below" ? below + height <= innerHeight - EDGE || above < EDGE : above < EDGE;
  const left = from.left + width > innerWidth - EDGE ? from.right - width : from.left;
  shown.style.left = `${clamp(left, EDGE, innerWidth - EDGE - width)}px`;
  shown.style.top = `${clamp(isBelowBetter ? below : above, EDGE, innerHeight - EDGE - height)}px`;
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
function clamp(value, least, most) {
  return Math.max(least, Math.min(value, most));
}
