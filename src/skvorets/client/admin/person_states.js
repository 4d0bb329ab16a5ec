// What a person is, as the table and his own page show it.

import { Badge } from "../dev/parts.js";
import { t } from "../i18n.js";
import { html } from "../ui.js";

/** @param {{ one: import("../shapes.js").PersonLine }} props */
export function States({ one }) {
  return html`${one.kind === "bot" && html`<${Badge} kind="plain">${t("people.bot")}<//>`}
    ${one.isAdmin && html`<${Badge} kind="soon">${t("people.admin")}<//>`}
    ${one.isOutside && html`<${Badge} kind="plain">${t("people.outside")}<//>`}
    ${one.isActive ? !one.isAdmin && !one.isOutside && one.kind === "human" && html`<${Badge} kind="good">${t("people.active")}<//>`
      : html`<${Badge} kind="bad">${t("people.disabled")}<//>`}`;
}
