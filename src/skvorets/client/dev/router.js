// Where one is: the address says it, links change it without loading the page anew.

import { html, signal } from "../ui.js";

const ROOT = "/dev";

/** What stands behind /dev in the address, e.g. ["events", "12"]. */
export const place = signal(read());

addEventListener("popstate", () => { place.value = read(); });

/** @param {...(string | number)} parts */
export function pathTo(...parts) {
  return [ROOT, ...parts].join("/");
}

/** @param {string} path */
export function go(path) {
  if (path !== location.pathname) history.pushState(null, "", path);
  place.value = read();
}

/**
 * A link within the page.
 * @param {{ to: string, class?: string, current?: boolean | "page" | "true", onGo?: () => void, children?: unknown,
 *   "data-id"?: number, "aria-label"?: string }} props
 */
export function Link({ to, current, onGo, children, ...more }) {
  /** @param {MouseEvent} event */
  function follow(event) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
    onGo?.();
  }
  return html`<a href=${to} aria-current=${current || undefined} onClick=${follow} ...${more}>${children}</a>`;
}

function read() {
  return location.pathname.slice(ROOT.length).split("/").filter(Boolean);
}
