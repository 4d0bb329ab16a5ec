// The one place from which components take their library: Preact with htm templates and signals, without a build step.

import { h, render, Fragment } from "./vendor/preact.js";
import htm from "./vendor/htm.js";

export { render, Fragment };
export { useEffect, useRef, useState, useMemo, useCallback, useLayoutEffect, useId } from "./vendor/hooks.js";
export { signal, computed, effect, batch, untracked, useSignal, useComputed } from "./vendor/signals.js";

/**
 * @template T
 * @typedef {import("./vendor/signals.js").Signal<T>} Signal
 */

/** Template of elements: html`<p class="note">${text}</p>`; text is always text, never markup. */
export const html = htm.bind(h);
