// How a line stands, as the table and its own page show it.

import { Badge } from "../dev/parts.js";
import { t } from "../i18n.js";
import { html } from "../ui.js";

/** @param {{ one: import("../shapes.js").LineRow }} props */
export function States({ one }) {
  if (!one.isActive) return html`<${Badge} kind="bad">${t("lines.inactive")}<//>`;
  return html`<${Badge} kind=${one.isOpenNow ? "good" : "plain"}>${t(one.isOpenNow ? "lines.open_now" : "lines.closed_now")}<//>
    ${one.botName && html`<${Badge} kind="plain">${t("lines.with_bot", { name: one.botName })}<//>`}`;
}
