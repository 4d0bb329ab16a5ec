// What lies over the page: dialogs, the switcher, the lightbox. The newest is on top; Esc closes it.

import { signal } from "../ui.js";

/**
 * @typedef {{ key: number, component: (props: any) => any, props: Record<string, unknown>, onClose?: () => void }} Overlay
 */

/** @type {import("../ui.js").Signal<Overlay[]>} */
export const overlays = signal([]);
let last = 0;

/**
 * Show a component over the page. It gets `close` among its props.
 * @param {(props: any) => any} component
 * @param {Record<string, unknown>} [props]
 * @param {() => void} [onClose] however it is closed
 * @returns {() => void} closes it
 */
export function showOverlay(component, props = {}, onClose) {
  last += 1;
  const key = last;
  overlays.value = [...overlays.peek(), { key, component, props, onClose }];
  return () => closeOverlay(key);
}

/** @param {number} key */
export function closeOverlay(key) {
  const found = overlays.peek().find((one) => one.key === key);
  overlays.value = overlays.peek().filter((one) => one.key !== key);
  found?.onClose?.();
}
