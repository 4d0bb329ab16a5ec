// A window over the page: the browser keeps the focus in it; Esc, the cross and the veil close it.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { html, useId, useLayoutEffect, useRef } from "../../ui.js";

/**
 * @param {{ title: string, close: () => void, children?: unknown, actions?: unknown, isWide?: boolean, class?: string,
 *   hasHead?: boolean }} props `actions` stand at the foot; without a head the title is only read out
 */
export function Dialog({ title, close, children, actions, isWide, hasHead = true, ...more }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  useLayoutEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    const shown = dialog.current;
    shown?.showModal();
    /** @type {HTMLElement | null | undefined} */ (shown?.querySelector("[autofocus]"))?.focus();
    return () => {
      // First: what is outside an open dialog takes no focus.
      shown?.close();
      if (before?.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  /** @param {PointerEvent} event */
  function pressVeil(event) {
    if (event.target === dialog.current) close();
  }
  /** @param {Event} event */
  function cancel(event) {
    if (event.target !== dialog.current) return;
    event.preventDefault();
    close();
  }
  return html`<dialog class=${["dialog", isWide && "wide", more.class].filter(Boolean).join(" ")} ref=${dialog}
      aria-labelledby=${id} onCancel=${cancel} onPointerDown=${pressVeil}>
    <div class="dialog-box">
      <header class=${hasHead ? "dialog-head" : "hidden-visually"}><h2 id=${id}>${title}</h2>
        ${hasHead && html`<button type="button" class="icon-button" aria-label=${t("close")} onClick=${close}>
          <${Icon} name="x" /></button>`}
      </header>
      <div class="dialog-body">${children}</div>
      ${actions && html`<footer class="dialog-actions">${actions}</footer>`}
    </div>
  </dialog>`;
}

/**
 * A question before something that cannot be taken back: `showOverlay(Question, { … })`.
 * @param {{ title: string, text?: string, yes: string, isDanger?: boolean, run: () => unknown, close: () => void }} props
 */
export function Question({ title, text, yes, isDanger, run, close }) {
  function accept() {
    close();
    run();
  }
  return html`<${Dialog} title=${title} close=${close} class="narrow" actions=${html`
    <button type="button" class="button" onClick=${close}>${t("cancel")}</button>
    <button type="button" class=${`button ${isDanger ? "danger" : "primary"}`} autofocus onClick=${accept}>${yes}</button>`}>
    ${text && html`<p>${text}</p>`}
  <//>`;
}
