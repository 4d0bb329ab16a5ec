// What sort of chat it is, as the table and a chat's own page show it.

import { Badge } from "../dev/parts.js";
import { t } from "../i18n.js";
import { html } from "../ui.js";

/** @param {{ one: import("../shapes.js").ChatLine }} props */
export function Kind({ one }) {
  return html`<${Badge} kind="plain">${t(`chats.kind.${one.isGeneral ? "general" : one.kind}`)}<//>
    ${one.isOutside && html`<${Badge} kind="soon">${t("chats.outside")}<//>`}
    ${one.entity && html`<${Badge} kind="plain">${one.entity}<//>`}
    ${!one.members && html`<${Badge} kind="bad">${t("chats.closed")}<//>`}`;
}
