// Pictures over the whole window: arrows, zoom, download, Esc. The dialog of the browser keeps the focus within and gives
// it back.

import { Icon } from "../icon.js";
import { t } from "../i18n.js";
import { calmName } from "../lib/calm.js";
import { html, useEffect, useRef, useState } from "../ui.js";

/** @typedef {import("./types.js").Shown} Shown */

const ZOOMS = [1, 1.5, 2, 3, 5];
/** A finger that moved so far, px, wants the next picture. */
const SWIPE_PX = 60;
/** An arrow moves an enlarged picture so far, px. */
const PAN_PX = 80;

/**
 * @param {{ images: Shown[], at: number, onClose: () => void }} props
 */
export function Lightbox({ images, at: first, onClose }) {
  const [at, setAt] = useState(Math.min(Math.max(first, 0), images.length - 1));
  const [zoom, setZoom] = useState(0);
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const image = images[at];
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  /** @param {number} step */
  function go(step) {
    const next = at + step;
    if (next < 0 || next >= images.length) return;
    setAt(next);
    setZoom(0);
  }
  /** @param {number} step */
  function scale(step) {
    setZoom((now) => Math.min(Math.max(now + step, 0), ZOOMS.length - 1));
  }
  /** Arrows go to the next picture; within an enlarged one they move it. @param {number} x @param {number} y */
  function move(x, y) {
    if (zoom) dialog.current?.querySelector(".lightbox-stage")?.scrollBy(x * PAN_PX, y * PAN_PX);
    else go(x);
  }
  const acts = /** @type {Record<string, () => void>} */ ({
    ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1), "+": () => scale(1), "=": () => scale(1), "-": () => scale(-1),
    0: () => setZoom(0),
  });
  /** @param {KeyboardEvent} event */
  function key(event) {
    event.stopPropagation(); // the keys of the page around rest meanwhile
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  return html`<dialog class="lightbox" ref=${dialog} aria-label=${t("rich.viewer")} onClose=${onClose} onKeyDown=${key}>
    <${Bar} image=${image} place=${{ at, total: images.length, zoom }} scale=${scale}
      close=${() => dialog.current?.close()} />
    <${Stage} key=${at} image=${image} zoom=${ZOOMS[zoom]} go=${go} toggle=${() => setZoom(zoom ? 0 : 2)}
      close=${() => dialog.current?.close()} />
    ${images.length > 1 && html`
      <button type="button" class="lightbox-step is-previous" aria-disabled=${off(at === 0)} aria-label=${t("rich.previous")}
        onClick=${() => go(-1)}><${Icon} name="chevron-left" /></button>
      <button type="button" class="lightbox-step is-next" aria-disabled=${off(at === images.length - 1)} aria-label=${t("rich.next")}
        onClick=${() => go(1)}><${Icon} name="chevron-right" /></button>`}
  </dialog>`;
}

/**
 * @param {{ image: Shown, place: { at: number, total: number, zoom: number }, scale: (step: number) => void,
 *   close: () => void }} props
 */
function Bar({ image, place, scale, close }) {
  const { at, total, zoom } = place;
  const name = calmName(image.label);
  return html`<header class="lightbox-bar">
    <p class="lightbox-name" aria-live="polite"><span dir="auto">${name}</span>
      ${total > 1 && html`<span class="lightbox-count">${t("rich.position", { at: at + 1, total })}</span>`}</p>
    <button type="button" class="lightbox-act" aria-label=${t("rich.smaller")} title=${t("rich.smaller")}
      aria-disabled=${off(zoom === 0)} onClick=${() => scale(-1)}><${Icon} name="zoom-out" /></button>
    <button type="button" class="lightbox-act" aria-label=${t("rich.larger")} title=${t("rich.larger")}
      aria-disabled=${off(zoom === ZOOMS.length - 1)} onClick=${() => scale(1)}><${Icon} name="zoom-in" /></button>
    <a class="lightbox-act" href=${image.downloadUrl ?? image.address} download=${name} target="_blank" rel="noopener noreferrer"
      aria-label=${t("rich.download_name", { name })} title=${t("rich.download")}><${Icon} name="download" /></a>
    <button type="button" class="lightbox-act" aria-label=${t("rich.close")} title=${t("rich.close")} onClick=${close}>
      <${Icon} name="x" /></button>
  </header>`;
}

/**
 * @param {{ image: Shown, zoom: number, go: (step: number) => void, toggle: () => void, close: () => void }} props
 */
function Stage({ image, zoom, go, toggle, close }) {
  const [isBroken, setBroken] = useState(false);
  const start = useRef(/** @type {number | undefined} */ (undefined));
  /** @param {PointerEvent} event */
  function lift(event) {
    const moved = start.current === undefined ? 0 : event.clientX - start.current;
    start.current = undefined;
    if (zoom === 1 && event.pointerType === "touch" && Math.abs(moved) > SWIPE_PX) go(moved > 0 ? -1 : 1);
  }
  if (isBroken) return html`<div class="lightbox-stage"><p class="lightbox-broken"><${Icon} name="image-off" />
    ${t("rich.broken")}</p></div>`;
  const size = zoom === 1 ? {} : { maxWidth: "none", maxHeight: "none", width: `${zoom * 100}%` };
  return html`<div class=${zoom === 1 ? "lightbox-stage" : "lightbox-stage is-zoomed"} tabindex=${zoom === 1 ? undefined : 0}
      onClick=${(/** @type {MouseEvent} */ event) => event.target === event.currentTarget && close()}
      onPointerDown=${(/** @type {PointerEvent} */ event) => (start.current = event.clientX)} onPointerUp=${lift}>
    <img src=${image.address} alt=${calmName(image.label)} style=${size} referrerpolicy="no-referrer" draggable=${false}
      onDblClick=${toggle} onError=${() => setBroken(true)} />
  </div>`;
}

/** A button that can do nothing now keeps the focus: it is told to be off, not made so. @param {boolean} isOff */
function off(isOff) {
  return isOff ? "true" : undefined;
}
