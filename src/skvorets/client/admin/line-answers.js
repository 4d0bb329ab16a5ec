// Canned answers that all operators of a line may use.

import { call } from "../api.js";
import { Field, SmallForm } from "../account/fields.js";
import { Asking, attempt, Dialog, Empty } from "../dev/parts.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { html, useEffect, useState } from "../ui.js";
import { LongText } from "./line-parts.js";

/** @typedef {import("../shapes.js").SharedAnswer} Answer */

/** @param {import("./line-parts.js").SectionProps} props */
export function Answers({ card }) {
  const path = `/api/admin/lines/${card.line.id}/answers`;
  const [found, setFound] = useState(/** @type {Answer[] | null} */ (null));
  const [edited, setEdited] = useState(/** @type {Answer | "new" | null} */ (null));
  async function load() {
    setFound((await attempt(() => call("GET", path))) ?? []);
  }
  useEffect(() => {
    load();
  }, [path]);
  /** @param {Answer} one */
  async function remove(one) {
    await attempt(() => call("DELETE", `${path}/${one.id}`));
    await load();
  }
  const add = html`<button type="button" class="button" onClick=${() => setEdited("new")}><${Icon} name="plus" />${t("lines.answer_add")}</button>`;
  return html`<section class="card panel"><div class="block-head"><h2>${t("lines.answers")}</h2><span class="space"></span>${found?.length ? add : null}</div>
    <p class="hint">${t("lines.answers_hint")}</p>
    ${found === null && html`<p class="loading" role="status">${t("loading")}</p>`}
    ${found?.length === 0 && html`<${Empty} title=${t("lines.answers_none")}>${add}<//>`}
    <ul class="plain-list crew">${(found ?? []).map((one) => html`<li key=${one.id} class="crew-line answer-line">
      <span class="who"><strong>${one.title}</strong>${one.text !== one.title && html`<small class="answer-text">${one.text}</small>`}</span>
      <span class="actions"><button type="button" class="button small quiet" aria-label=${t("lines.answer_change_named", { name: one.title })}
          title=${t("lines.answer_change")} onClick=${() => setEdited(one)}><${Icon} name="pencil" /></button>
        <${Asking} label=${t("lines.answer_remove")} question=${t("lines.answer_remove_ask", { name: one.title })} isDanger=${true}
          class="quiet" onYes=${() => remove(one)} /></span></li>`)}</ul>
    ${edited && html`<${Editor} path=${path} one=${edited === "new" ? null : edited} onSaved=${load} onClose=${() => setEdited(null)} />`}
  </section>`;
}

/** @param {{ path: string, one: Answer | null, onSaved: () => Promise<void>, onClose: () => void }} props */
function Editor({ path, one, onSaved, onClose }) {
  const [text, setText] = useState(one?.text ?? "");
  /** @param {Record<string, string>} given */
  async function keep({ title }) {
    if (one) await call("PATCH", `${path}/${one.id}`, { title, text });
    else await call("POST", path, { title, text });
    onClose();
    await onSaved();
  }
  return html`<${Dialog} title=${t(one ? "lines.answer_change" : "lines.answer_add")} onClose=${onClose} isWide=${true}>
    <${SmallForm} send=${keep} button=${t("save")} onCancel=${onClose}>
      <${Field} label=${t("lines.answer_title")} name="title" maxlength="100" autocomplete="off" defaultValue=${one?.title ?? ""} hint=${t("lines.answer_title_hint")} />
      <${LongText} label=${t("lines.answer_text")} hint=${t("lines.answer_text_hint")} rows=${6} most=${4000} value=${text} onText=${setText} />
    <//><//>`;
}
