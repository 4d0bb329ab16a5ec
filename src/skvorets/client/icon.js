// Icons of one kept set (Lucide, ISC): files in icons/lucide, drawn in the colour of the text around.

import { html } from "./ui.js";

/**
 * An icon beside words that say what it means; alone it needs a name on the button around it.
 * @param {{ name: string, class?: string }} props
 */
export function Icon({ name, ...more }) {
  const picture = `url("/client/icons/lucide/${name}.svg")`;
  return html`<span class=${`icon ${more.class ?? ""}`} style=${{ maskImage: picture, WebkitMaskImage: picture }}
    aria-hidden="true"></span>`;
}
