// Short news at the lower edge, for a few seconds: what was done, what did not work, perhaps how to take it back.

import { Icon } from "../../icon.js";
import { ApiError } from "../../api.js";
import { t } from "../../i18n.js";
import { html, signal, useEffect, useRef } from "../../ui.js";

/**
 * @typedef {{ text: string, run: () => unknown }} Action
 * @typedef {{ number: number, text: string, isBad: boolean, action: Action | null }} Toast
 */
/** Milliseconds that a toast stays: good news, and such as is to be read or pressed. */
const [SHORT, LONG] = [4_000, 8_000];
/** More at once nobody reads. */
const MOST = 3;

/** @type {import("../../ui.js").Signal<Toast[]>} */
const toasts = signal([]);
let last = 0;

/**
 * @param {string} text
 * @param {{ isBad?: boolean, action?: Action }} [more]
 */
export function toast(text, { isBad = false, action } = {}) {
  last += 1;
  const kept = toasts.peek().filter((one) => one.text !== text);
  toasts.value = [...kept, { number: last, text, isBad, action: action ?? null }].slice(-MOST);
}

/**
 * Do something that may be refused; the refusal is told. Gives undefined then.
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T | undefined>}
 */
export async function attempt(act) {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(refusalWords(error), { isBad: true });
    return undefined;
  }
}

/**
 * A refusal in the person's language.
 * @param {ApiError} error
 */
export function refusalWords(error) {
  const key = `refusal.${error.code}`;
  const known = t(key);
  return known === key ? t("refusal", { message: error.message }) : known;
}

/**
 * Why something did not work, in the person's language.
 * @param {unknown} error
 */
export function refusalOf(error) {
  return error instanceof ApiError ? refusalWords(error) : t("refusal.failure");
}

/** The place of the toasts; the page has one. @param {{ label: string }} props */
export function Toasts({ label }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (box.current?.matches(":popover-open")) box.current.hidePopover();
    if (toasts.value.length) box.current?.showPopover();  // above dialogs that were opened before
  }, [toasts.value]);
  return html`<section class="toasts" popover="manual" ref=${box} role="status" aria-live="polite" aria-label=${label}>
    ${toasts.value.map((one) => html`<${OneToast} key=${one.number} shown=${one} />`)}
  </section>`;
}

/** @param {{ shown: Toast }} props */
function OneToast({ shown }) {
  const { number, text, isBad, action } = shown;
  useEffect(() => {
    const timer = setTimeout(() => drop(number), isBad || action ? LONG : SHORT);
    return () => clearTimeout(timer);
  }, []);
  function act() {
    drop(number);
    action?.run();
  }
  return html`<p class=${isBad ? "toast bad" : "toast"}>
    ${isBad && html`<${Icon} name="circle-alert" />`}<span>${text}</span>
    ${action && html`<button type="button" class="toast-action" onClick=${act}>${action.text}</button>`}
  </p>`;
}

/** @param {number} number */
function drop(number) {
  toasts.value = toasts.peek().filter((one) => one.number !== number);
}
