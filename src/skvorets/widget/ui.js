// The one place from which views take their library: Preact with htm templates; small enough for somebody's page.

import { h, render, Fragment } from "../client/vendor/preact.js";
import htm from "../client/vendor/htm.js";

export { render, Fragment };
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from "../client/vendor/hooks.js";

/** Template of elements: html`<p class="note">${text}</p>`; text is always text, never markup. */
export const html = htm.bind(h);
