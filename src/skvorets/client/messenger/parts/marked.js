// A text in which the words that were looked for stand out.

import { pieces } from "../../lib/highlight.js";
import { html } from "../../ui.js";

/** @param {{ text: string, wanted: string }} props */
export function Marked({ text, wanted }) {
  const words = wanted.trim().split(/\s+/u).filter(Boolean);
  return html`${pieces(text, words).map(({ text: part, isFound }) => (isFound ? html`<mark>${part}</mark>` : part))}`;
}
