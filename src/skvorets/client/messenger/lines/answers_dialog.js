// One's own canned answers, and those of everybody: to be read, and changed by whom they belong to.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { answersOf, keepAnswer, removeAnswer } from "../../state/lines.js";
import { html, useEffect, useState } from "../../ui.js";
import { Dialog } from "../parts/dialog.js";
import { Field } from "../parts/field.js";
import { Spinner } from "../parts/spinner.js";
import { attempt } from "../parts/toast.js";

/** @typedef {import("../../state/lines.js").Answer} Answer */
/** @typedef {{ id: number, title: string, text: string }} Edited id 0 = a new one */

/** @param {{ lineId: number, close: () => void }} props */
export function AnswersDialog({ lineId, close }) {
  const [answers, setAnswers] = useState(/** @type {Answer[] | null} */ (null));
  const [edited, setEdited] = useState(/** @type {Edited | null} */ (null));
  const load = async () => setAnswers((await attempt(() => answersOf(lineId))) ?? []);
  useEffect(() => void load(), []);
  /** @param {Edited} given */
  async function keep(given) {
    const isDone = await attempt(async () => {
      await keepAnswer(lineId, given);
      return true;
    });
    if (!isDone) return;
    setEdited(null);
    await load();
  }
  /** @param {number} id */
  async function remove(id) {
    await attempt(() => removeAnswer(lineId, id));
    await load();
  }
  return html`<${Dialog} title=${t("answers")} close=${close} class="answers-dialog" actions=${!edited && html`
    <button type="button" class="button primary" onClick=${() => setEdited({ id: 0, title: "", text: "" })}><${Icon} name="plus" />${t("answers.add")}</button>`}>
    ${edited ? html`<${Form} given=${edited} keep=${keep} cancel=${() => setEdited(null)} />` : html`
      ${!answers && html`<${Spinner} label=${t("loading")} />`}
      ${answers?.length === 0 && html`<p class="soft line-none">${t("answers.none")}</p>`}
      <ul class="answers-all">${answers?.map((one) => html`<${One} key=${one.id} answer=${one} edit=${() => setEdited(one)} remove=${() => void remove(one.id)} />`)}</ul>`}
  <//>`;
}

/** @param {{ answer: Answer, edit: () => void, remove: () => void }} props */
function One({ answer, edit, remove }) {
  return html`<li class="answers-kept">
    <span class="answers-words"><strong dir="auto">${answer.title}</strong><span dir="auto">${answer.text}</span>
      ${!answer.isOwn && html`<small>${t("answers.shared")}</small>`}</span>
    ${answer.canEdit && html`<button type="button" class="icon-button" aria-label=${t("answers.edit", { title: answer.title })} onClick=${edit}><${Icon} name="pencil" /></button>
      <button type="button" class="icon-button" aria-label=${t("answers.remove", { title: answer.title })} onClick=${remove}><${Icon} name="trash-2" /></button>`}
  </li>`;
}

/** @param {{ given: Edited, keep: (given: Edited) => Promise<void>, cancel: () => void }} props */
function Form({ given, keep, cancel }) {
  const [title, setTitle] = useState(given.title);
  const [text, setText] = useState(given.text);
  const [isBusy, setBusy] = useState(false);
  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    setBusy(true);
    await keep({ id: given.id, title: title.trim(), text });
    setBusy(false);
  }
  return html`<form class="answers-form" onSubmit=${submit}>
    <${Field} label=${t("answers.title")} value=${title} onInput=${setTitle} maxlength="100" autofocus autocomplete="off" hint=${t("answers.title_hint")} />
    <${Field} label=${t("answers.text")} value=${text} onInput=${setText} isLong maxlength="4000" required hint=${t("answers.text_hint")} />
    <div class="answers-buttons"><button type="button" class="button" onClick=${cancel}>${t("cancel")}</button>
      <button type="submit" class="button primary" disabled=${isBusy || !text.trim()}>${t("save")}</button></div>
  </form>`;
}
