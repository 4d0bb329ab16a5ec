// Where one writes: the field, what goes with it, and the buttons around.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { chats } from "../../state/directory.js";
import { html, useMemo, useRef, useState } from "../../ui.js";
import { ChatAppBar } from "../apps/bar.js";
import { titleOf } from "../chat/titles.js";
import { keyHint, useKey } from "../keys.js";
import { AnswersButton } from "../lines/answers.js";
import { WhisperSign, WhisperSwitch, isWhispering } from "../lines/whisper.js";
import { attempt } from "../parts/toast.js";
import { attachFiles } from "./attaching.js";
import { Bars } from "./bars.js";
import { ChosenFiles } from "./chosen_files.js";
import { Completion } from "./completion.js";
import { EmojiButton } from "./emoji_picker.js";
import { Field, complete } from "./field.js";
import { GifButton } from "./gifs.js";
import { Suggestions } from "./suggestions.js";
import { Toolbar } from "./toolbar.js";

/** @typedef {import("../chat/desk.js").Desk} Desk */

/** @param {{ desk: Desk }} props */
export function Composer({ desk }) {
  const { composing } = desk;
  const files = useRef(/** @type {HTMLInputElement | null} */ (null));
  const completion = useMemo(() => new Completion(composing), [composing]);
  const [hasToolbar, setToolbar] = useState(wantsToolbar());
  const chat = chats.get(desk.chatId);
  const pick = () => files.current?.click();
  useKey("attach", pick);
  function send() {
    completion.close();
    const isEdited = Boolean(composing.edited.peek());
    if (!composing.text.peek().trim() && composing.files.peek().length === 0) return;
    void attempt(() => composing.finish());
    if (!isEdited) desk.sent();
    desk.focusField();
  }
  function toggle() {
    localStorage.setItem(TOOLBAR, hasToolbar ? "" : "1");
    setToolbar(!hasToolbar);
    desk.focusField();
  }
  return html`<div class=${isWhispering(desk) ? "composer is-whisper" : "composer"}>
    <${ChatAppBar} chatId=${desk.chatId} />
    <${Suggestions} completion=${completion} choose=${(/** @type {number} */ at) => complete(desk, completion, at)} />
    <${Bars} desk=${desk} />
    <${WhisperSign} desk=${desk} />
    <${ChosenFiles} desk=${desk} />
    ${hasToolbar && html`<${Toolbar} desk=${desk} />`}
    <div class="composer-line">
      <button type="button" class="icon-button" aria-label=${t("composer.attach")} title=${`${t("composer.attach")} (${keyHint("attach")})`}
        onClick=${pick}><${Icon} name="paperclip" /></button>
      <input type="file" multiple hidden tabindex="-1" ref=${files} aria-label=${t("composer.attach")} onChange=${() => take(desk, files.current)} />
      <${Field} desk=${desk} completion=${completion} send=${send} pick=${pick} label=${t("composer.to", { title: chat ? titleOf(chat) : "" })} />
      <button type="button" class=${hasToolbar ? "icon-button composer-format is-on" : "icon-button composer-format"} aria-pressed=${hasToolbar ? "true" : "false"}
        aria-label=${t("composer.formatting")} title=${t("composer.formatting")} onClick=${toggle}><${Icon} name="type" /></button>
      <${WhisperSwitch} desk=${desk} />
      <${AnswersButton} desk=${desk} />
      <${GifButton} desk=${desk} />
      <${EmojiButton} desk=${desk} />
      <${SendButton} composing=${composing} send=${send} />
    </div>
  </div>`;
}

/** @param {{ composing: Desk["composing"], send: () => void }} props */
function SendButton({ composing, send }) {
  const isEdited = Boolean(composing.edited.value);
  const words = t(isEdited ? "composer.keep" : "composer.send");
  return html`<button type="button" class="icon-button composer-send" aria-label=${words} title=${words} disabled=${!composing.isReady}
    onPointerDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${send}><${Icon} name=${isEdited ? "check" : "send"} /></button>`;
}

const TOOLBAR = "composer-toolbar";

function wantsToolbar() {
  return localStorage.getItem(TOOLBAR) === "1";
}

/** @param {Desk} desk @param {HTMLInputElement | null} input */
function take(desk, input) {
  if (!input) return;
  attachFiles(desk, [...(input.files ?? [])]);
  input.value = "";
  desk.focusField();
}
