// What a line says by itself while a conversation begins and waits.

import { Switch } from "../account/fields.js";
import { t } from "../i18n.js";
import { html } from "../ui.js";
import { Duration, Form, LongText, settingsOf, useDraft } from "./line-parts.js";

/** @param {import("./line-parts.js").SectionProps} props */
export function Texts({ card, save }) {
  const { welcomeText, welcomesEachSession, noAnswerText, noAnswerS } = settingsOf(card);
  const { draft, put, isChanged } = useDraft({ welcomeText, welcomesEachSession, noAnswerText, noAnswerS });
  return html`<${Form} title=${t("lines.texts")} hint=${t("lines.texts_hint")} isChanged=${isChanged}
      onSave=${() => save({ settings: { ...settingsOf(card), ...draft } })}>
    <${LongText} label=${t("lines.welcome_text")} value=${draft.welcomeText} onText=${(/** @type {string} */ text) => put({ welcomeText: text })} />
    <${Switch} label=${t("lines.welcomes_each")} value=${draft.welcomesEachSession}
      onChange=${(/** @type {boolean} */ isOn) => put({ welcomesEachSession: isOn })} />
    <hr class="rule" />
    <${LongText} label=${t("lines.no_answer_text")} value=${draft.noAnswerText} onText=${(/** @type {string} */ text) => put({ noAnswerText: text })} />
    <${Duration} label=${t("lines.no_answer_s")} hint=${t("lines.no_answer_s_hint")} seconds=${draft.noAnswerS}
      onSeconds=${(/** @type {number} */ seconds) => put({ noAnswerS: seconds })} />
  <//>`;
}
