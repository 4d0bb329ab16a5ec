// How a conversation ends: by whom, with which words, whether the customer is asked to rate it.

import { Switch } from "../account/fields.js";
import { t } from "../i18n.js";
import { html } from "../ui.js";
import { Duration, Form, LongText, settingsOf, useDraft } from "./line-parts.js";

/** @param {import("./line-parts.js").SectionProps} props */
export function End({ card, save }) {
  const { closingText, asksRating, fullCloseS, autoCloseS, autoCloseText } = settingsOf(card);
  const { draft, put, isChanged } = useDraft({ closingText, asksRating, fullCloseS, autoCloseS, autoCloseText });
  return html`<${Form} title=${t("lines.end")} isChanged=${isChanged} onSave=${() => save({ settings: { ...settingsOf(card), ...draft } })}>
    <${LongText} label=${t("lines.closing_text")} hint=${t("lines.closing_text_hint")} value=${draft.closingText}
      onText=${(/** @type {string} */ text) => put({ closingText: text })} />
    <${Switch} label=${t("lines.asks_rating")} value=${draft.asksRating} onChange=${(/** @type {boolean} */ isOn) => put({ asksRating: isOn })} />
    <${Duration} label=${t("lines.full_close_s")} hint=${t("lines.full_close_s_hint")} seconds=${draft.fullCloseS}
      onSeconds=${(/** @type {number} */ seconds) => put({ fullCloseS: seconds })} />
    <hr class="rule" />
    <${Duration} label=${t("lines.auto_close_s")} hint=${t("lines.auto_close_s_hint")} seconds=${draft.autoCloseS}
      onSeconds=${(/** @type {number} */ seconds) => put({ autoCloseS: seconds })} />
    <${LongText} label=${t("lines.auto_close_text")} value=${draft.autoCloseText} onText=${(/** @type {string} */ text) => put({ autoCloseText: text })} />
  <//>`;
}
