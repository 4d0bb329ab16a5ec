// Pictures: their place is kept before they come, a click shows them large, and without them there are still words.

import { Icon } from "../icon.js";
import { t } from "../i18n.js";
import { calmName } from "../lib/calm.js";
import { PICTURE_ROOM, UNKNOWN, fitted, knownSize, rememberSize } from "../lib/sizes.js";
import { html, useState } from "../ui.js";
import { OutLink } from "./links.js";

/** @typedef {import("./types.js").Context} Context */

/**
 * @param {{ address: string, preview?: string, label?: string, width?: number, height?: number,
 *   room?: { width: number, height: number }, context: Context, isPlain?: boolean, all?: import("./types.js").Shown[],
 *   isTile?: boolean }} props `isPlain`: within something that is clicked itself; `all`: the pictures it stands among;
 *   `isTile`: as wide as its place, cut to its proportions
 */
export function Picture({ address, preview, label, width, height, room = PICTURE_ROOM, context, isPlain, all, isTile }) {
  const shown = preview || address;
  const [isBroken, setBroken] = useState(false);
  const [, setLoaded] = useState(0);
  const own = width && height ? { width, height } : knownSize(shown);
  const place = fitted(own ?? UNKNOWN, room);
  const name = calmName(label ?? "") || t("rich.picture");
  if (isBroken) return html`<${Broken} address=${address} name=${name} context=${context} isPlain=${isPlain} />`;
  /** @param {Event} event */
  function loaded(event) {
    const { naturalWidth, naturalHeight } = /** @type {HTMLImageElement} */ (event.currentTarget);
    rememberSize(shown, { width: naturalWidth, height: naturalHeight });
    if (!own) setLoaded((count) => count + 1);
  }
  const picture = html`<img src=${shown} alt=${name} width=${place.width} height=${place.height} loading="lazy"
    decoding="async" referrerpolicy="no-referrer" onLoad=${loaded} onError=${() => setBroken(true)} />`;
  // The proportions hold the place, also where it is narrower than the picture would be.
  const style = { width: isTile ? undefined : `${place.width}px`, aspectRatio: `${place.width} / ${place.height}` };
  const look = isTile ? "rich-picture is-tile" : "rich-picture";
  if (isPlain || !context.openImage) return html`<span class=${look} style=${style}>${picture}</span>`;
  return html`<button type="button" class=${look} style=${style} title=${name} aria-label=${t("rich.enlarge", { name })}
    onClick=${() => context.openImage?.(address, name, all)}>${picture}</button>`;
}

/** @param {{ address: string, name: string, context: Context, isPlain?: boolean }} props */
function Broken({ address, name, context, isPlain }) {
  const words = html`<${Icon} name="image-off" /> <span>${name}</span>`;
  if (isPlain) return html`<span class="rich-broken">${words}</span>`;
  return html`<${OutLink} address=${address} context=${context} class="rich-broken">${words}<//>`;
}

/** The size of an icon that names none, px. */
const ICON_PX = 20;

/**
 * `[ICON=…]`: a small picture within the line.
 * @param {{ address: string, width: number | null, height: number | null, title: string }} props
 */
export function InlineIcon({ address, width, height, title }) {
  const [isBroken, setBroken] = useState(false);
  const words = calmName(title);
  if (isBroken) return html`<span>${words}</span>`;
  return html`<img class="rich-icon" src=${address} alt=${words} title=${words} width=${width ?? height ?? ICON_PX}
    height=${height ?? width ?? ICON_PX} loading="lazy" decoding="async" referrerpolicy="no-referrer"
    onError=${() => setBroken(true)} />`;
}
