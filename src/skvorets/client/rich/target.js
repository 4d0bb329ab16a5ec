// Where a thing of an attachment leads: a person, a chat, an address; or nowhere, and it is words only.

import { t } from "../i18n.js";
import { html } from "../ui.js";
import { Inline, OutLink } from "./links.js";

/** @typedef {import("./types.js").Context} Context */

/**
 * @param {{ to: import("../lib/attach.js").Target | undefined, context: Context, name: string, class?: string,
 *   children?: unknown }} props
 */
export function Leading({ to, context, name, children, ...more }) {
  if (!to) return html`<span class=${more.class}>${children}</span>`;
  const look = `rich-link ${more.class ?? ""}`;
  if ("address" in to) return html`<${OutLink} address=${to.address} context=${context} class=${look}>${children}<//>`;
  if ("chatId" in to) {
    const open = context.openChat && (() => context.openChat?.(to.chatId));
    return html`<${Inline} act=${open} class=${look} title=${t("rich.open_chat")}>${children}<//>`;
  }
  const open = context.openPerson && (() => context.openPerson?.(to.personId));
  return html`<${Inline} act=${open} class=${look} title=${t("rich.open_person", { name })}>${children}<//>`;
}
