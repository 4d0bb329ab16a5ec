// Small pieces that all sections use: buttons that copy, lines of facts, empty places, questions.

import { tell } from "../state/developer.js";
import { ApiError } from "../api.js";
import { t } from "../i18n.js";
import { html, useEffect, useId, useRef, useState } from "../ui.js";

/**
 * Put a text on the clipboard; also where the page was not loaded over https, as in a demonstration at home.
 * @param {string} text
 */
async function toClipboard(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "hidden-visually";
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  if (!isDone) throw new Error("copy");
}

/** @param {{ text?: string, load?: () => Promise<string>, label?: string, said?: string, class?: string }} props */
export function Copy({ text, load, label = t("copy"), said = t("copied"), ...more }) {
  const [isDone, setDone] = useState(false);
  async function copy() {
    const wanted = load ? await attempt(load) : text;
    if (wanted === undefined) return;
    try {
      await toClipboard(wanted);
    } catch {
      tell(t("copy_failed"), true);
      return;
    }
    tell(said);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  }
  return html`<button type="button" class=${`button small ${more.class ?? ""}`} onClick=${copy}>
    ${isDone ? t("copied") : label}</button>`;
}

/**
 * Do something that may be refused; the refusal is told.
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T | undefined>}
 */
export async function attempt(act) {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const known = error.status === 0 ? t("offline") : error.status === 404 ? t("not_found") : "";
    tell(known || t("failed", { message: error.message }), true);
    return undefined;
  }
}

/** A text to be copied, in a frame. @param {{ text: string, label?: string }} props */
export function Code({ text, label }) {
  return html`<div class="code">
    <pre tabindex="0" aria-label=${label}>${text}</pre>
    <${Copy} text=${text} class="code-copy" />
  </div>`;
}

/** @param {{ rows: [name: string, value: unknown][] }} props */
export function Facts({ rows }) {
  const shown = rows.filter(([, value]) => value !== "" && value !== undefined && value !== null);
  return html`<dl class="facts">${shown.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** @param {{ title: string, hint?: string, children?: unknown }} props */
export function Empty({ title, hint, children }) {
  return html`<div class="empty">
    <img src="/client/icons/starling.svg" width="48" height="48" alt="" />
    <p class="empty-title">${title}</p>
    ${hint && html`<p>${hint}</p>`}
    ${children}
  </div>`;
}

/**
 * How list and detail stand beside each other.
 * @param {boolean} hasChoice
 * @param {boolean} isEmpty
 */
export function splitClass(hasChoice, isEmpty) {
  return ["split", hasChoice && "has-choice", isEmpty && "is-empty"].filter(Boolean).join(" ");
}

/** @param {{ kind: string, children?: unknown }} props good, bad, soon or plain */
export function Badge({ kind, children }) {
  return html`<span class=${`badge ${kind}`}>${children}</span>`;
}

/**
 * A window over the page; Esc and the veil close it.
 * @param {{ title: string, onClose: () => void, children?: unknown, isWide?: boolean }} props
 */
export function Dialog({ title, onClose, children, isWide }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return html`<dialog class=${isWide ? "dialog wide" : "dialog"} ref=${dialog} aria-labelledby=${id} onClose=${onClose}>
    <header class="dialog-head"><h2 id=${id}>${title}</h2>
      <button type="button" class="button quiet small" onClick=${() => dialog.current?.close()}>${t("close")}</button>
    </header>
    ${children}
  </dialog>`;
}

/**
 * A button that asks before it acts.
 * @param {{ label: string, question: string, onYes: () => Promise<unknown>, class?: string, isDanger?: boolean }} props
 */
export function Asking({ label, question, onYes, isDanger, ...more }) {
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  async function act() {
    setBusy(true);
    await onYes();
    setBusy(false);
    setAsking(false);
  }
  return html`<button type="button" class=${`button small ${more.class ?? ""}`} onClick=${() => setAsking(true)}>${label}</button>
    ${isAsking && html`<${Dialog} title=${label} onClose=${() => setAsking(false)}>
      <p>${question}</p>
      <div class="actions">
        <button type="button" class=${`button ${isDanger ? "danger" : "primary"}`} disabled=${isBusy} onClick=${act}>${label}</button>
        <button type="button" class="button" onClick=${() => setAsking(false)}>${t("cancel")}</button>
      </div>
    <//>`}`;
}

/** A heading that takes the focus when what it names is opened. @param {{ name: string | number, children?: unknown }} props */
export function Heading({ name, children }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useEffect(() => heading.current?.focus({ preventScroll: true }), [name]);
  return html`<h1 class="heading" tabindex="-1" ref=${heading}>${children}</h1>`;
}
