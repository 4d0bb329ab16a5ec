// Where one is within a page: the address says it, links change it without loading the page anew.

import { html, signal } from "./ui.js";

/**
 * Make the router of a page.
 * @param {string} root the page's own address, e.g. "/dev"
 */
export function routerAt(root) {
  const place = signal(read());
  addEventListener("popstate", () => { place.value = read(); });

  /** @param {...(string | number)} parts */
  function pathTo(...parts) {
    return [root, ...parts].join("/");
  }

  /** @param {string} path */
  function go(path) {
    if (path !== location.pathname) history.pushState(null, "", path);
    place.value = read();
  }

  /**
   * A link within the page.
   * @param {{ to: string, class?: string, current?: boolean | "page" | "true", onGo?: () => void, children?: unknown,
   *   "data-id"?: number, "aria-label"?: string }} props
   */
  function Link({ to, current, onGo, children, ...more }) {
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
    return location.pathname.slice(root.length).split("/").filter(Boolean);
  }

  return { place, pathTo, go, Link };
}
