// Canned answers: a list with a search beside the field; what is chosen comes into it, {name} is the customer's.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { filledAnswer, fittingAnswers } from "../../lib/canned.js";
import { answersOf } from "../../state/lines.js";
import { chats } from "../../state/directory.js";
import { html, useEffect, useId, useRef, useState } from "../../ui.js";
import { putWords } from "../chat/context.js";
import { keyHint, useKey } from "../keys.js";
import { showOverlay } from "../overlays.js";
import { Popover } from "../parts/popover.js";
import { Spinner } from "../parts/spinner.js";
import { refusalOf, toast } from "../parts/toast.js";
import { AnswersDialog } from "./answers_dialog.js";

/** @typedef {import("../../state/lines.js").Answer} Answer */
/** @typedef {import("../chat/desk.js").Desk} Desk */

/**
 * What comes into the field.
 * @param {Answer} answer
 * @param {number} chatId
 */
export function textOf(answer, chatId) {
  return filledAnswer(answer.text, chats.peek(chatId)?.line?.client.name ?? "");
}

/** @param {{ desk: Desk }} props */
export function AnswersButton({ desk }) {
  const button = useRef(null);
  const [isOpen, setOpen] = useState(false);
  const lineId = chats.get(desk.chatId)?.line?.lineId ?? 0;
  useKey("line_answers", () => (lineId ? setOpen(true) : false));
  if (!lineId) return null;
  return html`<button type="button" class="icon-button" ref=${button} aria-label=${t("answers")} title=${`${t("answers")} (${keyHint("line_answers")}, //)`}
      aria-haspopup="dialog" aria-expanded=${isOpen ? "true" : "false"} onClick=${() => setOpen(!isOpen)}><${Icon} name="zap" /></button>
    ${isOpen && html`<${Popover} anchor=${button.current} side="above" class="answers-picker" role="dialog" label=${t("answers")} close=${() => setOpen(false)}>
      <${Picker} desk=${desk} lineId=${lineId} close=${() => setOpen(false)} /><//>`}`;
}

/** @param {{ desk: Desk, lineId: number, close: () => void }} props */
function Picker({ desk, lineId, close }) {
  const [answers, setAnswers] = useState(/** @type {Answer[] | null} */ (null));
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const id = useId();
  useEffect(() => {
    field.current?.focus();
    answersOf(lineId).then(setAnswers, (error) => {
      close();
      toast(refusalOf(error), { isBad: true });
    });
  }, []);
  const shown = fittingAnswers(answers ?? [], text);
  const active = Math.min(at, shown.length - 1);
  /** @param {Answer | undefined} answer */
  function choose(answer) {
    if (!answer) return;
    close();
    putWords(desk, textOf(answer, desk.chatId));
  }
  /** @param {KeyboardEvent} event */
  function steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) setAt((active + step + shown.length) % shown.length);
    else if (event.key === "Enter") choose(shown[active]);
    else return;
    event.preventDefault();
  }
  function manage() {
    close();
    showOverlay(AnswersDialog, { lineId });
  }
  return html`<input class="input" type="search" ref=${field} value=${text} placeholder=${t("answers.find")} aria-label=${t("answers.find")} autocomplete="off"
      role="combobox" aria-expanded="true" aria-controls=${id} aria-activedescendant=${active >= 0 ? `${id}-${active}` : undefined} onKeyDown=${steer}
      onInput=${(/** @type {InputEvent} */ event) => {
        setText(/** @type {HTMLInputElement} */ (event.currentTarget).value);
        setAt(0);
      }} />
    <div class="answers-list" role="listbox" id=${id} aria-label=${t("answers")}>
      ${!answers && html`<${Spinner} label=${t("loading")} />`}
      ${shown.map((one, number) => html`<div key=${one.id} id=${`${id}-${number}`} role="option" class=${number === active ? "answers-one active" : "answers-one"}
          aria-selected=${number === active ? "true" : "false"} onClick=${() => choose(one)}
          ref=${(/** @type {HTMLElement | null} */ row) => number === active && row?.scrollIntoView({ block: "nearest" })}>
        <strong dir="auto">${one.title}</strong><span dir="auto">${one.text}</span></div>`)}
    </div>
    ${answers && shown.length === 0 && html`<p class="soft line-none">${t(answers.length ? "answers.not_found" : "answers.none")}</p>`}
    <button type="button" class="button small quiet" onClick=${manage}><${Icon} name="pencil" />${t("answers.manage")}</button>`;
}
