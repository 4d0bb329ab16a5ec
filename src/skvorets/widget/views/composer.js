// Where the visitor writes: Enter sends, files come by the button, by dropping and by pasting.

import { t } from "../../client/i18n.js";
import { edit, types } from "../state/deeds.js";
import { MAX_TEXT } from "../state/talk.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../ui.js";
import { Icon } from "./icon.js";
import { Quote } from "./message.js";

/** @typedef {import("../state/talk.js").Talk} Talk
 * @typedef {import("../state/types.js").Message} Message
 * @typedef {{ kind: "reply" | "edit", message: Message }} About */

/** Files of one choice. */
const MAX_FILES = 10;

/** @param {Talk} talk @param {Iterable<File>} files */
export function addFiles(talk, files) {
  for (const file of [...files].slice(0, MAX_FILES)) {
    talk.files.add(file, /^image\/(?:png|jpeg|gif|webp)$/.test(file.type) ? URL.createObjectURL(file) : undefined);
  }
}

/** @param {Message} message @returns {import("../state/types.js").Quoted} */
function quoteOf({ id, author, authorId, text, files, isDeleted }) {
  return { id, author, authorId, text, files: files.length, isDeleted };
}

/**
 * @param {{ talk: Talk, about: About | null, onAbout: (about: About | null) => void,
 *   field: { current: HTMLTextAreaElement | null }, given: { text: string, at: number } }} props `given`: put it into the field
 */
export function Composer({ talk, about, onAbout, field, given }) {
  const { memory } = talk.parts;
  const [text, setText] = useState(() => String(memory.get("draft") ?? ""));
  const [problem, setProblem] = useState("");
  const picker = /** @type {{ current: HTMLInputElement | null }} */ (useRef(null));
  useEffect(() => {
    if (about?.kind === "edit") setText(about.message.text);
    if (about) field.current?.focus();
  }, [about]);
  useEffect(() => {
    if (!given.at) return;
    setText(given.text);
    field.current?.focus();
  }, [given.at]);
  useLayoutEffect(() => {
    const it = field.current;
    if (!it) return;
    it.style.height = "auto";
    it.style.height = `${Math.min(it.scrollHeight, 132)}px`;
  }, [text]);

  /** @param {string} words */
  function write(words) {
    setText(words);
    setProblem("");
    if (about?.kind !== "edit") memory.set("draft", words || null);
    if (words) types(talk);
  }
  async function submit() {
    const words = text.trim();
    if (!words) return;
    write("");
    onAbout(null);
    field.current?.focus();
    if (about?.kind !== "edit") {
      const quoted = about?.message;
      return talk.send(words, quoted ? quoteOf(quoted) : null);
    }
    memory.set("draft", null);
    if (words !== about.message.text) await edit(talk, about.message.id, words).catch(() => setProblem(t("try_later")));
  }
  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    } else if (event.key === "Escape" && about) {
      event.stopPropagation();
      leave();
    }
  }
  function leave() {
    if (about?.kind === "edit") setText("");
    onAbout(null);
  }
  /** @param {ClipboardEvent} event */
  function paste(event) {
    const files = event.clipboardData?.files;
    if (!files || files.length === 0) return;
    event.preventDefault();
    addFiles(talk, files);
  }
  /** @param {Event} event */
  function picked(event) {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    addFiles(talk, input.files ?? []);
    input.value = "";
    field.current?.focus();
  }

  return html`<form class="composer" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); void submit(); }}>
    ${about && html`<div class="about">
      ${about.kind === "edit" ? html`<span><${Icon} name="edit" /> ${t("editing")}</span>` : html`<${Quote} talk=${talk} quoted=${quoteOf(about.message)} />`}
      <button type="button" class="tool" aria-label=${t("cancel")} title=${t("cancel")} onClick=${leave}><${Icon} name="close" /></button>
    </div>`}
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    <div class="composer-line">
      <button type="button" class="composer-button" aria-label=${t("attach")} title=${t("attach")}
        onClick=${() => picker.current?.click()}><${Icon} name="clip" /></button>
      <input type="file" multiple hidden ref=${picker} onChange=${picked} tabindex="-1" aria-label=${t("attach")} />
      <textarea class="field" rows="1" ref=${field} value=${text} maxlength=${MAX_TEXT} placeholder=${t("write")}
        aria-label=${t("message")} dir="auto" enterkeyhint="send" onKeyDown=${key} onPaste=${paste}
        onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}></textarea>
      <button type="submit" class="send" disabled=${!text.trim()} aria-label=${t(about?.kind === "edit" ? "save" : "send")}
        title=${t(about?.kind === "edit" ? "save" : "send")}><${Icon} name=${about?.kind === "edit" ? "check" : "send"} /></button>
    </div>
  </form>`;
}
