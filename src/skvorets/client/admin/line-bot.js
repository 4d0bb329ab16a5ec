// The bot that answers customers first, and when people take over.

import { Choice } from "../account/fields.js";
import { t } from "../i18n.js";
import { html } from "../ui.js";
import { Duration, Form, settingsOf, useDraft } from "./line-parts.js";
import { textOf } from "./lists.js";

/** @param {import("./line-parts.js").SectionProps} props */
export function Bot({ card, save }) {
  const { botId, botJoins, botS, botLeaves } = settingsOf(card);
  const { draft, put, isChanged } = useDraft({ botId, botJoins, botS, botLeaves });
  const isGone = botId !== 0 && !card.bots.some((one) => one.id === botId);
  return html`<${Form} title=${t("lines.bot")} hint=${t("lines.bot_hint")} isChanged=${isChanged}
      onSave=${() => save({ settings: { ...settingsOf(card), ...draft } })}>
    <label class="field"><span class="label">${t("lines.bot_first")}</span><select class="input" value=${String(draft.botId)}
      onChange=${(/** @type {Event} */ event) => put({ botId: Number(textOf(event)) })}>
      <option value="0">${t("lines.no_bot")}</option>
      ${isGone && html`<option value=${botId}>${t("lines.bot_gone", { id: botId })}</option>`}
      ${card.bots.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select></label>
    ${card.bots.length === 0 && html`<p class="hint">${t("lines.no_bots")} <a href="/dev">${t("bots.dev")}</a></p>`}
    ${draft.botId !== 0 && html`
      <${Choice} label=${t("lines.bot_joins")} options=${["always", "first"].map((one) => [one, t(`lines.bot_joins.${one}`)])} value=${draft.botJoins}
        onChoose=${(/** @type {"always" | "first"} */ one) => put({ botJoins: one })} />
      <${Duration} label=${t("lines.bot_s")} hint=${t("lines.bot_s_hint")} seconds=${draft.botS} onSeconds=${(/** @type {number} */ seconds) => put({ botS: seconds })} />
      <${Choice} label=${t("lines.bot_leaves")} options=${["queue", "close"].map((one) => [one, t(`lines.bot_leaves.${one}`)])} value=${draft.botLeaves}
        onChoose=${(/** @type {"queue" | "close"} */ one) => put({ botLeaves: one })} />`}
  <//>`;
}
