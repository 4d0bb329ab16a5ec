// The field itself: it grows with the text, knows its keys, completes, takes files from the clipboard.

import { t } from "../../i18n.js";
import { inserted, linked, quotedLines, wrapped } from "../../lib/formatting.js";
import { settings } from "../../state/preferences.js";
import { lastEditable } from "../../state/messages.js";
import { effect, html, useEffect, useLayoutEffect, useRef } from "../../ui.js";
import { edit, reply } from "../chat/actions.js";
import { isMac, means } from "../keys.js";
import { isWhispering } from "../lines/whisper.js";
import { attachFiles } from "./attaching.js";
import { LIST_ID } from "./suggestions.js";

/** @typedef {import("../chat/desk.js").Desk} Desk */
/** @typedef {import("./completion.js").Completion} Completion */

/** Can the browser make fields as high as their text? Otherwise it is done here. */
const GROWS = CSS.supports("field-sizing", "content");
const CODES = /** @type {const} */ ({ bold: "B", italic: "I", underline: "U", strike: "S" });

/** @param {{ desk: Desk, completion: Completion, send: () => void, pick: () => void, label: string }} props */
export function Field({ desk, completion, send, pick, label }) {
  const { composing } = desk;
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useLayoutEffect(() => {
    desk.field = field.current;
    return () => { desk.field = null; };
  }, [desk]);
  useEffect(() => effect(() => composing.follow()), [composing]);
  // Words that did not come by typing: a draft, a quote, nothing after sending.
  useEffect(() => effect(() => {
    const text = composing.text.value;
    if (field.current && field.current.value !== text) field.current.value = text;
    if (field.current) grow(field.current);
  }), [composing]);
  useEffect(() => { if (matchMedia("(pointer: fine)").matches) desk.focusField(); }, [desk]);

  function write() {
    const { value, selectionStart } = /** @type {HTMLTextAreaElement} */ (field.current);
    composing.write(value);
    void completion.look(value, selectionStart);
  }
  const isListed = completion.shown.value.length > 0;
  return html`<textarea class="composer-field" ref=${field} rows="1" dir="auto" data-first placeholder=${t(isWhispering(desk) ? "line.write_whisper" : "composer.write")} aria-label=${label}
    autocomplete="off" maxlength="20000" enterkeyhint=${settings.value.sendKey === "enter" ? "send" : "enter"}
    aria-autocomplete="list" aria-controls=${isListed ? LIST_ID : undefined} aria-expanded=${isListed ? "true" : undefined}
    aria-activedescendant=${isListed ? `${LIST_ID}-${completion.at.value}` : undefined} role=${isListed ? "combobox" : undefined}
    onInput=${write} onClick=${() => void completion.look(field.current?.value ?? "", field.current?.selectionStart ?? 0)}
    onBlur=${() => completion.close()}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => press(event, { desk, completion, send, pick })}
    onPaste=${(/** @type {ClipboardEvent} */ event) => paste(event, desk)}></textarea>`;
}

/**
 * @param {KeyboardEvent} event
 * @param {{ desk: Desk, completion: Completion, send: () => void, pick: () => void }} given
 */
function press(event, { desk, completion, send, pick }) {
  if (event.isComposing) return;
  const act = completing(event, desk, completion) ?? formatting(event, desk)
    ?? (means(event, "attach") ? pick : undefined) ?? writing(event, desk, send);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

/**
 * @param {KeyboardEvent} event
 * @param {Desk} desk
 * @param {Completion} completion
 */
function completing({ key, shiftKey }, desk, completion) {
  if (completion.shown.peek().length === 0) return undefined;
  if (key === "ArrowDown" || key === "ArrowUp") return () => completion.move(key === "ArrowDown" ? 1 : -1);
  if (key === "Tab" || (key === "Enter" && !shiftKey)) return () => complete(desk, completion, completion.at.peek());
  return key === "Escape" ? () => completion.refuse() : undefined;
}

/**
 * Take a suggestion.
 * @param {Desk} desk
 * @param {Completion} completion
 * @param {number} at
 */
export function complete(desk, completion, at) {
  const { beginning } = completion;
  const chosen = completion.shown.peek()[at];
  if (!beginning || !chosen || !desk.field) return;
  completion.close();
  change(desk, ({ text, end }) => inserted({ text, start: beginning.start, end }, `${chosen.insert()} `));
}

/** @param {KeyboardEvent} event @param {Desk} desk */
function formatting(event, desk) {
  for (const [id, code] of Object.entries(CODES)) if (means(event, id)) return () => format(desk, code);
  return undefined;
}

/**
 * @param {Desk} desk
 * @param {string} code B, I, U, S, CODE, URL, or >> for a quote
 */
export function format(desk, code) {
  change(desk, (selected) => {
    if (code === ">>") return quotedLines(selected);
    return code === "URL" ? linked(selected) : wrapped(selected, code);
  });
}

/** @param {KeyboardEvent} event @param {Desk} desk @param {() => void} send */
function writing(event, desk, send) {
  const { composing } = desk;
  const isEmpty = (desk.field?.value ?? "") === "";
  if (event.key === "Enter" && isSending(event)) return send;
  if (event.key === "ArrowUp" && isEmpty && !composing.edited.peek()) {
    const { messages } = desk.timeline;
    const last = event.shiftKey
      ? messages.peek().findLast((one) => !one.isSystem && !one.isDeleted)
      : lastEditable(desk.chatId);
    if (last && !event.altKey && !event.ctrlKey && !event.metaKey) return () => (event.shiftKey ? reply(desk, last) : edit(desk, last));
  }
  if (event.key !== "Escape") return undefined;
  if (composing.edited.peek()) return () => composing.stopEditing();
  return composing.replyToId.peek() ? () => composing.reply(0) : undefined;
}

/** @param {KeyboardEvent} event */
function isSending(event) {
  const isMod = isMac ? event.metaKey || event.ctrlKey : event.ctrlKey;
  if (settings.peek().sendKey === "ctrlEnter") return isMod;
  // On a touch keyboard there is no Shift+Enter: there Enter makes a line, and the button sends.
  return isMod || (!event.shiftKey && !event.altKey && !matchMedia("(pointer: coarse) and (hover: none)").matches);
}

/** @param {ClipboardEvent} event @param {Desk} desk */
function paste(event, desk) {
  const files = [...(event.clipboardData?.files ?? [])];
  // Tables and documents carry a picture of themselves beside the text that is meant.
  if (files.length === 0 || event.clipboardData?.types.includes("text/plain")) return;
  event.preventDefault();
  attachFiles(desk, files);
}

/**
 * Change the field's text as typing would, so that Ctrl+Z takes it back.
 * @param {Desk} desk
 * @param {(selected: import("../../lib/formatting.js").Selected) => import("../../lib/formatting.js").Selected} how
 */
export function change(desk, how) {
  const { field, composing } = desk;
  if (!field) return;
  const made = how({ text: field.value, start: field.selectionStart, end: field.selectionEnd });
  field.focus({ preventScroll: true });
  let [from, rest] = [0, 0];
  const most = Math.min(field.value.length, made.text.length);
  while (from < most && field.value[from] === made.text[from]) from += 1;
  while (rest < most - from && field.value.at(-1 - rest) === made.text.at(-1 - rest)) rest += 1;
  field.setSelectionRange(from, field.value.length - rest);
  const words = made.text.slice(from, made.text.length - rest);
  if (!document.execCommand(words ? "insertText" : "delete", false, words)) field.setRangeText(words);
  composing.write(field.value);
  field.setSelectionRange(made.start, made.end);
}

/** @param {HTMLTextAreaElement} field */
function grow(field) {
  if (GROWS) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
