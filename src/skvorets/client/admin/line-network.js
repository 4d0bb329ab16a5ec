// Reaching a line from other servers: by its code, or by its name in their search.

import { Switch } from "../account/fields.js";
import { Code } from "../dev/parts.js";
import { t } from "../i18n.js";
import { html } from "../ui.js";

/** @param {import("./line-parts.js").SectionProps} props */
export function Network({ card, save }) {
  return html`<section class="card panel"><div><h2>${t("lines.network")}</h2><p class="hint">${t("lines.network_hint")}</p></div>
    <${Switch} label=${t("lines.networked")} value=${card.isNetworked} onChange=${(/** @type {boolean} */ isNetworked) => save({ isNetworked })} />
    ${card.isNetworked && html`<div><${Switch} label=${t("lines.searchable")} value=${card.isSearchable}
        onChange=${(/** @type {boolean} */ isSearchable) => save({ isSearchable })} />
      <p class="hint">${t(card.isSearchable ? "lines.searchable_hint" : "lines.not_searchable_hint")}</p></div>
      <div class="field"><span class="label">${t("lines.code")}</span><${Code} text=${card.code} label=${t("lines.code")} />
        <p class="hint">${t("lines.code_hint")}</p></div>
      <div class="field"><span class="label">${t("lines.code_elsewhere")}</span>
        <${Code} text=${`${card.code}@${location.origin}`} label=${t("lines.code_elsewhere")} /></div>`}
  </section>`;
}
