// A text in which the words that were looked for stand out, also when they were typed with the other keyboard layout.

import { pieces } from "../../lib/highlight.js";
import { otherLayout } from "../../lib/keyboard_layouts.js";
import { html } from "../../ui.js";

/** @param {{ text: string, wanted: string }} props */
export function Marked({ text, wanted }) {
  const words = [wanted, otherLayout(wanted)].flatMap((way) => way.trim().split(/\s+/u)).filter(Boolean);
  return html`${pieces(text, words).map(({ text: part, isFound }) => (isFound ? html`<mark>${part}</mark>` : part))}`;
}
