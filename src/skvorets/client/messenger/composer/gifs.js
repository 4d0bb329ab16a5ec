// Animations of the company's service, when there is one.

import { t } from "../../i18n.js";
import { findGifs, hasGifs } from "../../state/completing.js";
import { send } from "../../state/outbox.js";
import { html, useEffect, useRef, useState } from "../../ui.js";
import { Popover } from "../parts/popover.js";
import { Spinner } from "../parts/spinner.js";

/** @typedef {import("../chat/desk.js").Desk} Desk */

/** A moment after the last stroke it is looked for, ms. */
const PAUSE = 300;

/** @param {{ desk: Desk }} props */
export function GifButton({ desk }) {
  const button = useRef(null);
  const [isThere, setThere] = useState(false);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => void hasGifs().then(setThere), []);
  if (!isThere) return null;
  return html`<button type="button" class="icon-button composer-gif" ref=${button} aria-label=${t("composer.gifs")} title=${t("composer.gifs")}
      aria-haspopup="dialog" aria-expanded=${isOpen ? "true" : "false"} onClick=${() => setOpen(!isOpen)}>GIF</button>
    ${isOpen && html`<${Popover} anchor=${button.current} side="above" class="gif-picker" role="dialog" label=${t("composer.gifs")}
      close=${() => setOpen(false)}><${Picker} desk=${desk} close=${() => setOpen(false)} /><//>`}`;
}

/** @param {{ desk: Desk, close: () => void }} props */
function Picker({ desk, close }) {
  const [words, setWords] = useState("");
  const [found, setFound] = useState(/** @type {import("../../state/completing.js").Gif[] | null} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(() => {
      findGifs(words).then((gifs) => isOld || setFound(gifs), () => isOld || setFound([]));
    }, words ? PAUSE : 0);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [words]);
  /** @param {string} address */
  function choose(address) {
    close();
    const { replyToId, isWhisper } = desk.composing;
    void send(desk.chatId, { text: address, replyToId: replyToId.peek(), isWhisper: isWhisper.peek() });
    desk.composing.reply(0);
    desk.sent();
    desk.focusField();
  }
  return html`
    <input class="input" type="search" ref=${field} value=${words} placeholder=${t("composer.find_gifs")} aria-label=${t("composer.find_gifs")}
      onInput=${(/** @type {InputEvent} */ event) => setWords(/** @type {HTMLInputElement} */ (event.target).value)} />
    <div class="gif-grid">
      ${found === null && html`<${Spinner} label=${t("loading")} />`}
      ${found?.length === 0 && html`<p>${t("composer.no_gifs")}</p>`}
      ${found?.map((gif) => html`<button key=${gif.url} type="button" aria-label=${gif.name || "GIF"} onClick=${() => choose(gif.url)}>
        <img src=${gif.previewUrl || gif.url} alt=${gif.name} loading="lazy" /></button>`)}
    </div>`;
}
