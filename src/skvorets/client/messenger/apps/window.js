// A window of a chat application over the messenger: it can be moved, and stays when one goes to another chat.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { html, useId, useLayoutEffect, useRef } from "../../ui.js";
import { ChatAppView } from "./frame.js";
import { actionsOf } from "./actions.js";

/** An arrow moves it so far, px; so much of it always stays in sight. */
const [STEP, IN_SIGHT] = [16, 80];

/**
 * @param {{ opened: import("../../shapes.js").Opened, hands: import("./open.js").Hands, close: () => void }} props
 */
export function AppWindow({ opened, hands, close }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const drag = useRef({ x: 0, y: 0 });
  const id = useId();
  const { app } = opened;
  useLayoutEffect(() => {
    const shown = /** @type {HTMLElement} */ (box.current);
    const { width, height } = shown.getBoundingClientRect();
    put(shown, innerWidth - width - IN_SIGHT / 2, innerHeight - height - IN_SIGHT * 2);
    /** @type {HTMLElement | null} */ (shown.querySelector("header"))?.focus();
  }, []);
  /** @param {PointerEvent} event */
  function grip(event) {
    const head = /** @type {HTMLElement} */ (event.currentTarget);
    if (/** @type {Element} */ (event.target).closest("button")) return;
    const { left, top } = /** @type {HTMLElement} */ (box.current).getBoundingClientRect();
    drag.current = { x: event.clientX - left, y: event.clientY - top };
    head.setPointerCapture(event.pointerId);
  }
  /** @param {PointerEvent} event */
  function move(event) {
    if (!/** @type {HTMLElement} */ (event.currentTarget).hasPointerCapture(event.pointerId) || !box.current) return;
    put(box.current, event.clientX - drag.current.x, event.clientY - drag.current.y);
  }
  /** @param {KeyboardEvent} event */
  function steer(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Escape") close();
    else if (step && box.current) put(box.current, box.current.offsetLeft + step[0] * STEP, box.current.offsetTop + step[1] * STEP);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return html`<section class="app-window" role="dialog" aria-labelledby=${id} ref=${box} style=${{ width: app.width }}>
    <header class="app-window-head" tabindex="0" title=${t("apps.move")} onPointerDown=${grip} onPointerMove=${move} onKeyDown=${steer}>
      <h2 id=${id}>${calmName(app.title)}</h2>
      <button type="button" class="icon-button" aria-label=${t("close")} title=${app.copyright || undefined} onClick=${close}><${Icon} name="x" /></button>
    </header>
    <div class="app-window-body" style=${{ height: app.height }}>
      <${ChatAppView} opened=${opened} actions=${actionsOf(hands, close)} /></div>
  </section>`;
}

/**
 * @param {HTMLElement} box
 * @param {number} left
 * @param {number} top
 */
function put(box, left, top) {
  box.style.left = `${Math.max(IN_SIGHT - box.offsetWidth, Math.min(left, innerWidth - IN_SIGHT))}px`;
  box.style.top = `${Math.max(0, Math.min(top, innerHeight - IN_SIGHT / 2))}px`;
}
