// A line's name, picture and state, what its customers see of those who answer, and its end.

import { call } from "../api.js";
import { Field, Switch } from "../account/fields.js";
import { pictureOf } from "../account/picture.js";
import { Asking, attempt } from "../dev/parts.js";
import { t } from "../i18n.js";
import { tell } from "../state/developer.js";
import { html, useRef, useState } from "../ui.js";
import { Form, LongText, settingsOf, useDraft } from "./line-parts.js";
import { Face, textOf } from "./lists.js";
import { go, pathTo } from "./router.js";

/** @param {import("./line-parts.js").SectionProps} props */
export function General({ card, save, onCard }) {
  const { showsOperators, showsTyping } = settingsOf(card);
  const { name, description } = card.line;
  const { draft, put, isChanged } = useDraft({ name, description, showsOperators, showsTyping });
  async function keep() {
    const settings = { ...settingsOf(card), showsOperators: draft.showsOperators, showsTyping: draft.showsTyping };
    await save({ name: draft.name, description: draft.description, settings });
  }
  return html`<section class="card panel"><${Switch} label=${t("lines.active")} value=${card.line.isActive}
        onChange=${(/** @type {boolean} */ isActive) => save({ isActive })} />
      <p class="hint">${t(card.line.isActive ? "lines.active_hint" : "lines.inactive_hint")}</p></section>
    <${Form} title=${t("lines.general")} isChanged=${isChanged} onSave=${keep}>
      <${Picture} card=${card} onCard=${onCard} />
      <${Field} label=${t("lines.name")} maxlength="100" required value=${draft.name} autocomplete="off"
        onInput=${(/** @type {Event} */ event) => put({ name: textOf(event) })} hint=${t("lines.name_hint")} />
      <${LongText} label=${t("lines.description")} rows=${2} most=${500} value=${draft.description} hint=${t("lines.description_hint")}
        onText=${(/** @type {string} */ text) => put({ description: text })} />
      <div class="switches"><${Switch} label=${t("lines.shows_operators")} value=${draft.showsOperators}
          onChange=${(/** @type {boolean} */ isOn) => put({ showsOperators: isOn })} />
        <${Switch} label=${t("lines.shows_typing")} value=${draft.showsTyping}
          onChange=${(/** @type {boolean} */ isOn) => put({ showsTyping: isOn })} /></div>
    <//>
    <${End} card=${card} />`;
}

/** @param {{ card: import("./line-parts.js").Card, onCard: (card: import("./line-parts.js").Card) => void }} props */
function Picture({ card, onCard }) {
  const [isBusy, setBusy] = useState(false);
  const chooser = useRef(/** @type {HTMLInputElement | null} */ (null));
  const path = `/api/admin/lines/${card.line.id}/avatar`;
  /** @param {() => Promise<import("./line-parts.js").Card>} act */
  async function change(act) {
    setBusy(true);
    const changed = await attempt(act);
    setBusy(false);
    if (!changed) return;
    onCard(changed);
    tell(t("saved"));
  }
  /** @param {Event} event */
  async function take(event) {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    const file = input.files?.[0];
    input.value = "";
    if (file) await change(async () => call("PUT", path, { data: await pictureOf(file) }));
  }
  return html`<div class="line-picture"><${Face} src=${card.line.avatar} name=${card.line.name} />
    <div class="actions"><button type="button" class="button" disabled=${isBusy} onClick=${() => chooser.current?.click()}>
        ${t(card.line.avatar ? "lines.picture_change" : "lines.picture")}</button>
      ${card.line.avatar && html`<button type="button" class="button quiet" disabled=${isBusy}
        onClick=${() => change(() => call("DELETE", path))}>${t("lines.picture_remove")}</button>`}</div>
    <input type="file" class="hidden-visually" tabindex="-1" aria-label=${t("lines.picture")} ref=${chooser}
      accept="image/png,image/jpeg,image/gif,image/webp" onChange=${take} /></div>`;
}

/** @param {{ card: import("./line-parts.js").Card }} props */
function End({ card }) {
  async function remove() {
    const answer = await attempt(() => call("DELETE", `/api/admin/lines/${card.line.id}`));
    if (answer === null) go(pathTo("lines"));
  }
  return html`<section class="card panel"><div class="deed"><div><h2>${t("lines.remove")}</h2><p class="hint">${t("lines.remove_hint")}</p></div>
    <${Asking} label=${t("lines.remove")} question=${t("lines.remove_ask", { name: card.line.name })} isDanger=${true} class="danger-text" onYes=${remove} /></div></section>`;
}
