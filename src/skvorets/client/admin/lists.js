// What all lists of these pages are made of: pages that follow each other, a search field, filters, faces.

import { attempt } from "../dev/parts.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { html, useEffect, useRef, useState } from "../ui.js";

// So long is waited for the next letter before the server is asked, milliseconds.
const PAUSE_MS = 200;

/**
 * A list that comes page by page; when what is `wanted` changes, it begins anew. Late answers are dropped.
 * @template T
 * @template {{ next: number }} P
 * @param {(cursor: number) => Promise<P>} load
 * @param {(page: P) => T[]} items
 * @param {string} wanted
 */
export function usePages(load, items, wanted) {
  const [state, setState] = useState(/** @type {{ items: T[], first: P | null, next: number }} */ ({ items: [], first: null, next: 0 }));
  const [isBusy, setBusy] = useState(true);
  const turn = useRef(0);

  /** @param {number} cursor */
  async function ask(cursor) {
    const mine = (turn.current += 1);
    setBusy(true);
    const page = await attempt(() => load(cursor));
    if (mine !== turn.current) return;
    setBusy(false);
    if (!page) return;
    setState((before) => ({
      items: cursor ? [...before.items, ...items(page)] : items(page),
      first: cursor ? before.first : page,
      next: page.next,
    }));
  }
  useEffect(() => {
    const timer = setTimeout(() => ask(0), state.first ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [wanted]);
  return { ...state, isBusy, more: () => ask(state.next), reload: () => ask(0) };
}

/** @param {{ label: string, value: string, onText: (text: string) => void }} props */
export function Search({ label, value, onText }) {
  return html`<div class="search"><${Icon} name="search" />
    <input class="input" type="search" aria-label=${label} placeholder=${label} value=${value} maxlength="200"
      autocomplete="off" spellcheck=${false} onInput=${(/** @type {Event} */ event) => onText(textOf(event))} /></div>`;
}

/**
 * @param {{ name: string, options: [value: string, words: string, count?: number][], value: string,
 *   onChoose: (value: string) => void }} props
 */
export function Filters({ name, options, value, onChoose }) {
  return html`<div class="filter-tabs" role="group" aria-label=${name}>${options.map(([one, words, count]) => html`
    <button key=${one} type="button" class="filter-tab" aria-pressed=${one === value} onClick=${() => onChoose(one)}>
      ${words}${count !== undefined && html` <span class="count">${t("number", { value: count })}</span>`}</button>`)}
  </div>`;
}

/** @param {{ pages: { next: number, isBusy: boolean, more: () => void, items: unknown[] } }} props */
export function More({ pages }) {
  if (pages.isBusy && pages.items.length === 0) return html`<p class="loading" role="status">${t("loading")}</p>`;
  if (!pages.next) return null;
  return html`<div class="more"><button type="button" class="button" disabled=${pages.isBusy} onClick=${pages.more}>${t("more")}</button></div>`;
}

/** The picture of somebody or something, or its first letter. @param {{ src: string, name: string }} props */
export function Face({ src, name }) {
  const [isBroken, setBroken] = useState(false);
  if (src && !isBroken) return html`<img class="face" src=${src} alt="" width="36" height="36" loading="lazy" onError=${() => setBroken(true)} />`;
  const letters = name.split(/\s+/u).filter(Boolean).slice(0, 2).map((word) => Array.from(word)[0]);
  return html`<span class="face" aria-hidden="true">${letters.join("").toUpperCase() || "?"}</span>`;
}

/** The head of a section. @param {{ title: string, hint?: string, children?: unknown }} props */
export function Head({ title, hint, children }) {
  return html`<header class="section-head"><div><h1>${title}</h1>${hint && html`<p class="hint">${hint}</p>`}</div>
    <div class="actions">${children}</div></header>`;
}

/** @param {Event} event */
export function textOf(event) {
  return /** @type {HTMLInputElement} */ (event.currentTarget).value;
}
